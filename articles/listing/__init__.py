"""What the lists can show, in the memory of each process: any page and every count of any combination of filters.

The database says what is public; this is a copy of its listed rows as compressed sets of ordinals (their
places by date), so that a page far down costs as much as the first and a count is an intersection. Who writes
articles says so in the `journal`, in the same transaction; every list looks there first. What a page shows is
read from the database by `live()` all the same: the archive only says which ids, and in which order.
"""

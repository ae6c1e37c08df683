"""The public lists: filters, pages and the number beside every choice, whatever the number of articles.

`filters` reads an address; `snapshot` keeps the lists of this process up to date, with an `index` in memory;
`selection` answers what they were asked for; `facet_counts` and `labels` make the menus of filters;
`cards` draws the articles.

The database decides what is public. The index only says which articles a list has, and in which order: what a page
shows of them is read by `live()`.
"""

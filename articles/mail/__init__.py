"""Mail to the people of the desk: who must know of what, and sending it once, by the worker."""

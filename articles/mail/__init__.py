"""Mail to the people of the desk: who is notified of what, and sending each mail once, by the worker."""

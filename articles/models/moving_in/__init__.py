"""The models of what comes from a former system: its old addresses, and how the columns of its tables are read."""

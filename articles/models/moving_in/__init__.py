"""What a newsroom brings along from a former system: its old addresses, how the columns of its tables are read."""

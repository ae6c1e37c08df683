"""The admin of what comes from a former system: old addresses, and tables of articles."""

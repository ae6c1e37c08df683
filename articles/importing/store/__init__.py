"""Stores checked records in batches: finds their rows by natural keys, creates or updates them, and fetches media."""

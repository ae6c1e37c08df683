"""Reads fixtures: JSON, JSON lines and YAML, packed or in folders, as a stream of records with file and line."""

"""The admin of articles."""

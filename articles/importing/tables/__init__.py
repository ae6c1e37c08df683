"""Tables as CSV or Excel files: read, and made into records of fixtures or into old addresses."""

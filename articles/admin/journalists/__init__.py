"""The admin of the log of enquiries and of coverage."""

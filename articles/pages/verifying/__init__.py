"""Whether a text or a file is ours, as it is public now: for readers who doubt what they were sent. Nothing is kept."""

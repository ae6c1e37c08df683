"""Publishing: the workflow, working copies, editions, locks, and everything that follows a save."""

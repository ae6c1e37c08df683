"""Taking articles from their readers and back, verifying their editions, the trail of what is deleted."""

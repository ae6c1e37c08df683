"""Taking articles from their readers and back, verifying their editions, copies of what is deleted, review dates."""

"""What is sent to the systems of others."""

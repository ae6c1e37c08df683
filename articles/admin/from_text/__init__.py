"""“New article from a text”: a press release is read, its fields are confirmed, and an ordinary draft is made."""

"""The app of articles: written, translated, reviewed, published, and shown to readers and programs."""

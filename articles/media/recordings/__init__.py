"""Video and audio: what a file is, whether browsers play it, and storing it without reading it into memory."""

"""What the public pages show: front pages, articles, earlier editions, press kits, the verify and the contact page."""

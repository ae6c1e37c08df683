"""What the public pages show: front pages, articles, earlier editions, press kits, the pages to verify and to contact."""

"""Contact blocks of press releases: where they are (`finding`), and what they say (`block`)."""

"""What other programs read of the newsroom: feeds, sitemaps, the news industry's formats, pictures for shared links."""

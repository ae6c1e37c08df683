"""What pages, feeds and the API put into cleaned HTML: dateline, pictures with credits, own links, table regions."""

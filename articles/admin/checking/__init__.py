"""What keeps articles right: the checks beside the form, links to own articles, texts to be looked at again."""

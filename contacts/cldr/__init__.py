"""What the Unicode CLDR says about each language, where Django does not know it: the order of names, joined lists."""

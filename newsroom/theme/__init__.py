"""How the site looks and what it calls itself, from the admin: emblem, names, colours, letters, footer, privacy.

`colours` computes contrasts and the style sheet, `models` holds the rows, `current` the one in use.
"""

"""Readers of exports of other systems. They touch no database and know nothing of fixtures: they yield `Story`s."""

"""Backups: the database and all media files into a folder (`manage.py backup`), and back (`manage.py restore`)."""

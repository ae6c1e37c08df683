from django.db import models

from .html import clean


class HTMLField(models.TextField):
    """Text whose HTML is cleaned on its way into the database, by whatever way it comes.

    Forms and the import clean it before; `loaddata`, bulk writes and scripts pass only here.
    """

    def get_db_prep_save(self, value, connection):
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs

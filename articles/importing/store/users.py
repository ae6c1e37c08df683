"""Finds the accounts of the user names in a fixture. Accounts themselves never travel: a file must not grant rights."""

from django.contrib.auth import get_user_model


class Users:
    def __init__(self):
        self.ids = {}  # {user name: id, or None if there is no such account}

    def set(self, record, field, importer=None):
        """Set who did something: the account if there is one, else the name. Nobody is named: the importer."""
        key, name_field = record.values.get(field), f"{field}_name"
        name = key[0] if key else record.values.get(name_field, "")
        user = self._id(name) if name else importer
        record.extra |= {field: user, name_field: "" if user else name}
        record.merged[name_field] = record.extra[name_field]

    def _id(self, name):
        if name not in self.ids:
            model = get_user_model()
            found = model.objects.filter(**{model.USERNAME_FIELD: name}).values_list("pk", flat=True)
            self.ids[name] = found.first()
        return self.ids[name]

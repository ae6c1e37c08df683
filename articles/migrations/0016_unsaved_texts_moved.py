"""Unsaved texts and open forms move to the app `contacts`, whose forms keep them, too."""

from django.db import migrations

MODELS = ("Scratch", "OpenForm")


def move(apps, origin, target):
    for model in MODELS:
        rows = apps.get_model(origin, model).objects
        moved = apps.get_model(target, model)
        moved.objects.bulk_create([moved(**{**row, "id": None}) for row in rows.values()], batch_size=100)
        rows.all().delete()


def forwards(apps, schema_editor):
    move(apps, "articles", "contacts")


def backwards(apps, schema_editor):
    move(apps, "contacts", "articles")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0015_desk_languages"),
        ("contacts", "0003_unsaved_texts"),
    ]

    operations = [
        migrations.RunPython(forwards, backwards),
        migrations.DeleteModel(name="OpenForm"),
        migrations.DeleteModel(name="Scratch"),
    ]

"""Exports that were asked for before the upgrade are written after it, by the function's name of today."""

from django.db import migrations

BEFORE, NOW = "accounts.office.exports.write_export", "backoffice.exports.lists.write_export"


def rename(apps, old, new):
    apps.get_model("django_tasks_database", "DBTaskResult").objects.filter(task_path=old).update(task_path=new)


def forwards(apps, schema_editor):
    rename(apps, BEFORE, NOW)


def backwards(apps, schema_editor):
    rename(apps, NOW, BEFORE)


class Migration(migrations.Migration):
    dependencies = [
        ("backoffice", "0002_roles"),
        ("django_tasks_database", "0021_conditional_partial_index_ordering"),
    ]
    operations = [migrations.RunPython(forwards, backwards)]

"""For migrations that move a model to another app and leave its table where it is."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython


def rename_content_type(model: str, *, old: str, new: str) -> RunPython:
    """Let the rights on a model, and Django's log of it, follow it from one app to another."""

    def rename(apps: Apps, here: str, there: str) -> None:
        types = apps.get_model("contenttypes", "ContentType").objects
        types.filter(app_label=here, model=model).update(app_label=there)

    def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        rename(apps, old, new)

    def backwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        rename(apps, new, old)

    return RunPython(forwards, backwards)

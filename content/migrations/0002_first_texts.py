from django.db import migrations

from content import first_texts


def load(apps, schema_editor):
    page, help_topic = apps.get_model("content", "Page"), apps.get_model("content", "HelpTopic")
    for text in first_texts.pages():
        page.objects.get_or_create(key=text["key"], defaults=text)
    for text in first_texts.help_topics():
        # Its other words come with the column that holds them.
        known = {name: value for name, value in text.items() if name != "keywords"}
        help_topic.objects.get_or_create(question=text["question"], defaults=known)


class Migration(migrations.Migration):
    dependencies = [("content", "0001_texts")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]

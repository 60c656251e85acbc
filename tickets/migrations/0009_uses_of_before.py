"""What agents had marked used, as uses: the counter and the payments read those."""

from django.db import migrations

KEYS = {"postgresql": "gen_random_uuid()", "sqlite": "lower(hex(randomblob(16)))"}


def tell_uses(apps, schema_editor):
    key = KEYS[schema_editor.connection.vendor]
    schema_editor.execute(
        "INSERT INTO tickets_use (ticket_id, offer_id, key, way, actor_id, used_at, undo_reason)"
        f" SELECT number, offer_id, {key}, 'agent', used_by_id, used_at, ''"
        " FROM tickets_ticket WHERE state = 'used'"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('tickets', '0008_uses'),
    ]

    operations = [
        migrations.RunPython(tell_uses, migrations.RunPython.noop),
    ]

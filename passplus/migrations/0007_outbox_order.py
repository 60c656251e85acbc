"""The order in which messages leave, as an index of those that wait: no round sorts a whole département."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("passplus", "0006_who_may_make_letters"), ("post_office", "0014_alter_email_recipient_delivery_status_and_more")]

    operations = [
        migrations.RunSQL(
            # 2 and 3 are post_office's « queued » and « requeued ».
            "CREATE INDEX passplus_outbox_order ON post_office_email (priority DESC, id) WHERE status IN (2, 3)",
            "DROP INDEX passplus_outbox_order",
        )
    ]

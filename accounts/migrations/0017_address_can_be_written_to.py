from django.db import migrations, models

import core.addresses


class Migration(migrations.Migration):
    dependencies = [("accounts", "0016_email_change")]

    operations = [
        migrations.AlterField(
            "user",
            "email",
            models.EmailField(
                "adresse e-mail", blank=True, validators=[core.addresses.validate_can_be_written_to]
            ),
        ),
    ]

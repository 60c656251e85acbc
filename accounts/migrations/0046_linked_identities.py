import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0045_sign_up_next_path")]

    operations = [
        migrations.CreateModel(
            name="LinkedIdentity",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "provider",
                    models.CharField(
                        choices=[("franceconnect", "FranceConnect"), ("proconnect", "ProConnect")],
                        max_length=13,
                        verbose_name="par",
                    ),
                ),
                ("subject", models.CharField(editable=False, max_length=255, verbose_name="sujet")),
                (
                    "account_state",
                    models.CharField(editable=False, max_length=64, verbose_name="état du compte"),
                ),
                (
                    "linked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="associé le"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="linked_identities",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="compte",
                    ),
                ),
            ],
            options={
                "verbose_name": "identité associée",
                "verbose_name_plural": "identités associées",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("provider", "subject"), name="accounts_linkedidentity_of_one_account"
                    ),
                    models.UniqueConstraint(
                        fields=("user", "provider"), name="accounts_linkedidentity_one_of_each_provider"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("provider__in", ["franceconnect", "proconnect"])),
                        name="accounts_linkedidentity_provider_is_known",
                    ),
                ],
            },
        ),
    ]

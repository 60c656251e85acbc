import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("applications", "0016_signatures_stay")]

    operations = [
        migrations.AlterModelOptions(
            name="signature",
            options={"default_permissions": ("view",), "verbose_name": "signature"},
        ),
        migrations.CreateModel(
            name="Attestation",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("content", models.BinaryField(verbose_name="PDF")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="faite le"
                    ),
                ),
                (
                    "signature",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attestation",
                        to="applications.signature",
                        verbose_name="signature",
                    ),
                ),
            ],
            options={
                "verbose_name": "attestation de signature",
                "verbose_name_plural": "attestations de signature",
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("sha256__regex", "^[0-9a-f]{64}$")),
                        name="applications_attestation_has_its_digest",
                    )
                ],
            },
        ),
    ]

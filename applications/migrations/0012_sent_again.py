"""When the last link of an invitation left: of those that are on their way, when they were accepted."""

from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery


def fill(apps, schema_editor):
    other_guardian = apps.get_model("applications", "OtherGuardian")
    application = apps.get_model("applications", "Application")
    decided = application.objects.filter(pk=OuterRef("application")).values("decided_at")
    other_guardian.objects.exclude(key="").update(invited_at=Subquery(decided))


class Migration(migrations.Migration):
    dependencies = [("applications", "0011_one_open_renewal")]
    operations = [
        migrations.AddField(
            model_name="otherguardian",
            name="invited_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="invitation envoyée le"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="otherguardian",
            constraint=models.CheckConstraint(
                condition=Q(invited_at=None) | ~Q(key=""),
                name="applications_otherguardian_dated_means_invited",
            ),
        ),
    ]

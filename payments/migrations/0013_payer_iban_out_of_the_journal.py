"""Lines of the journal that told the payer's IBAN whole are forgotten, and told again with its end alone.

Nothing else can be written over a line than that it is forgotten: who did it, and when, stays there.
"""

from django.apps.registry import Apps
from django.db import migrations
from django.utils import timezone
from stdnum import iban

NBSP = "\N{NO-BREAK SPACE}"
# What the trigger of PostgreSQL lets be written over a line.
FORGOTTEN = {"subject": "effacé", "reason": "effacé", "details": "", "concerns": "", "changes": []}


def masked(text: str) -> str:
    whole = iban.compact(text)
    return f"{whole[:2]} •••• {whole[-4:]}" if iban.is_valid(whole) else text


def forwards(apps: Apps, schema_editor: object) -> None:
    lines = apps.get_model("accounts", "AuditEntry").objects
    for line in lines.filter(subject_key="payments.payer 1").order_by("pk"):
        changes = [[label, *map(masked, told)] for label, *told in line.changes]
        if changes != line.changes:
            day = timezone.localtime(line.at)
            lines.create(
                action=line.action,
                subject=line.subject,
                subject_key=line.subject_key,
                reason=line.reason,
                details=f"Redit la ligne du {day:%d/%m/%Y à %H:%M}, qui disait l’IBAN entier{NBSP}: elle est effacée.",
                changes=changes,
            )
            lines.filter(pk=line.pk).update(**FORGOTTEN)


class Migration(migrations.Migration):
    dependencies = [("payments", "0012_returns_related"), ("accounts", "0043_application_acts")]

    operations = [migrations.RunPython(forwards, migrations.RunPython.noop)]

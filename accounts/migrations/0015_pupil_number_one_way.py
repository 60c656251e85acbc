"""Pupil numbers are written one way: in capitals, without spaces. Two that become one stop the migration."""

from collections import defaultdict

from django.apps.registry import Apps
from django.core.management import CommandError
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Replace, Upper

import accounts.identity
import accounts.models

COLLIDE = (
    "Des numéros d’élève ne diffèrent que par leurs majuscules ou leurs espaces : "
    "{who}.\n"
    "Rien n’est changé. Si c’est le même enfant deux fois, gardez la fiche qui a des tickets ; donnez à "
    "l’autre, avec la version d’avant, un numéro qui n’est celui de personne (« DOUBLE0001 »), et décochez "
    "« inscrit ». Si ce sont deux enfants, corrigez le numéro de l’un. Puis relancez « migrate »."
)


def forwards(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    children = apps.get_model("accounts", "Beneficiary").objects.using(schema_editor.connection.alias)
    same: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for pk, number in children.order_by("pk").values_list("pk", "pupil_number").iterator():
        same[accounts.identity.pupil_number(number)].append((pk, number))
    if doubled := [rows for rows in same.values() if len(rows) > 1]:
        who = " ; ".join(" et ".join(f"« {number} » (n° {pk})" for pk, number in rows) for rows in doubled)
        raise CommandError(COLLIDE.format(who=who))
    for number, [(pk, former)] in same.items():
        if number != former:
            children.filter(pk=pk).update(pupil_number=number)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0014_stolen_accounts")]

    operations = [
        migrations.RunPython(forwards, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name="beneficiary",
            name="pupil_number",
            field=accounts.models.PupilNumberField(
                max_length=20,
                validators=[accounts.identity.check_pupil_number],
                verbose_name="numéro d’élève",
            ),
        ),
        migrations.AddConstraint(
            model_name="beneficiary",
            constraint=models.CheckConstraint(
                condition=models.Q(pupil_number=Upper(Replace("pupil_number", models.Value(" ")))),
                name="accounts_beneficiary_pupil_number_is_written_one_way",
            ),
        ),
    ]

"""The roster of a new school year, as the collèges send it: everybody a class higher, the eldest gone."""

import csv
import io
from collections.abc import Iterator

from django.utils import timezone
from openpyxl import Workbook

from accounts.models import Beneficiary, Grade, User
from backoffice.imports import choices
from backoffice.imports import jobs as imports
from backoffice.models import Import, Sort, Stage, Verdict
from partners.models import Commune

COLUMNS = (
    *("Numéro d’élève", "Nom", "Prénom", "Naissance", "Niveau", "UAI", "Commune"),
    *("Responsable 1 nom", "Responsable 1 prénom", "Responsable 1 e-mail"),
)
# What else a school's list says of a pupil.
OTHERS = 20
# Of the class above; a new pupil takes the place of each one who leaves.
NEXT = {Grade.SIXIEME: Grade.CINQUIEME, Grade.CINQUIEME: Grade.QUATRIEME, Grade.QUATRIEME: Grade.TROISIEME}


def main(act: str) -> int:
    """`csv` or `xlsx` brings it, `confirm` it, or `check` that it is done; `undo` it, or `check_undone`;
    return how many lines it has."""
    acts = {"csv": _bring_csv, "xlsx": _bring_xlsx, "confirm": confirm, "check": check}
    return (acts | {"undo": undo, "check_undone": check_undone})[act]()


def _bring_csv() -> int:
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows([COLUMNS, *_lines()])
    return _bring("rentree.csv", file.getvalue().encode())


def _bring_xlsx() -> int:
    """As Excel saves it: thirty cells a line."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Liste")
    sheet.append([*COLUMNS, *(f"Autre {number}" for number in range(OTHERS))])
    for line in _lines():
        sheet.append([*line, *(f"{line[0]}-{number}" for number in range(OTHERS))])
    file = io.BytesIO()
    book.save(file)
    return _bring("rentree.xlsx", file.getvalue())


def _bring(name: str, content: bytes) -> int:
    imports.receive(Import(sort=Sort.ROSTER, is_complete=True, name=name, content=content, owner=_agent()))
    return 0


def confirm() -> int:
    """By two agents: a quarter of the pupils leave."""
    job = _the_import(Stage.READY)
    every = choices.PageChoices(create_the_rest=True)
    read = choices.take(import_id=job.pk, chosen=every, mark=choices.as_read(job))
    imports.confirm(import_id=job.pk, as_read=read, reason="Rentrée", actor=_agent())
    second, _ = User.objects.get_or_create(username="second.test", defaults={"is_staff": True})
    imports.confirm_second(import_id=job.pk, as_read=read, actor=second)
    return job.rows


def check() -> int:
    return _the_import(Stage.DONE).rows


def undo() -> int:
    job = _the_import(Stage.DONE)
    if not imports.undo(import_id=job.pk, reason="Mauvais fichier", actor=_agent()):
        raise RuntimeError("it is taken back already")
    return job.rows


def check_undone() -> int:
    """Nothing was built on it: all of it is taken back."""
    return _the_import(Stage.UNDONE).rows


def _the_import(stage: Stage) -> Import:
    job = Import.objects.filter(sort=Sort.ROSTER).latest("pk")
    if job.stage != stage or job.report["counts"][Verdict.REFUSED]:
        raise RuntimeError(f"{job.get_stage_display()} : {job.report}")
    return job


def _agent() -> User:
    return User.objects.get(username="agent.test")


def _lines() -> Iterator[list[str]]:
    towns = dict(Commune.objects.values_list("insee_code", "name"))
    year = Import.objects.filter(sort=Sort.ROSTER).count()
    # Who left the year before is in no list.
    children = Beneficiary.objects.filter(is_enrolled=True).prefetch_related("guardians").order_by("pk")
    for child in children.iterator(chunk_size=2000):
        parent, place = child.guardians.all()[0], [child.school_id, towns[child.insee_code]]
        guardian = [parent.last_name, parent.first_name, parent.email]
        if above := NEXT.get(Grade(child.grade)):
            born = str(child.birth_year)
            yield [child.pupil_number, child.last_name, child.first_name, born, above, *place, *guardian]
        else:
            born, guardian[2] = str(timezone.localdate().year - 11), f"nouveau.{child.pk}@famille.example"
            number = f"{child.pupil_number}N{year}"
            yield [number, child.last_name, child.first_name, born, Grade.SIXIEME, *place, *guardian]

"""What imports keep of people, forgotten with them and with time: `privacy` asks for it."""

import datetime as dt

from django.conf import settings
from django.db.models import QuerySet

from accounts.audit import FORGOTTEN
from accounts.models import Beneficiary
from backoffice.models import Import, ImportLine, Stage, WrittenRows
from core.keyed_rows import of_those
from privacy.free_texts import PAGE_OF_REPORTS, Search, pages
from privacy.retention.sweeps import Sweep, delete


def in_reports(search: Search) -> None:
    """The lines that name one of them, what the file is called, and why it was done."""
    for page in pages(Import.objects.exclude(name=FORGOTTEN["subject"]), "name", "reason"):
        naming = [pk for pk, *texts in page if search.in_a_file_name(*texts) or search.worded(*texts)]
        Import.objects.filter(pk__in=naming).update(name=FORGOTTEN["subject"], reason=FORGOTTEN["reason"])
    for page in pages(Import.objects.exclude(report={}), "report", at_once=PAGE_OF_REPORTS):
        for pk, report in page:
            rest = {name: search.without(told) for name, told in report.items()}
            if rest != report:
                Import.objects.filter(pk=pk).update(report=rest)
    # One by one: no statement reads more than the lines of one file.
    for job in Import.objects.order_by("pk").values_list("pk", flat=True):
        _in_lines(job, search)
    for page in pages(Import.objects.exclude(refused_lines=b""), "refused_lines", at_once=PAGE_OF_REPORTS):
        naming = [pk for pk, lines in page if search.worded(bytes(lines).decode())]
        Import.objects.filter(pk__in=naming).update(refused_lines=b"")
    _in_written_rows()


def _in_written_rows() -> None:
    """What an erased child was called before an import changed it."""
    nobody = Beneficiary.objects.exclude(anonymised_at=None)
    written = WrittenRows.objects.filter(model=Beneficiary._meta.label_lower).exclude(changed={})
    for page in pages(written, "changed", at_once=PAGE_OF_REPORTS):
        for pk, changed in page:
            if erased := {*map(str, of_those(nobody, [*map(int, changed)], "pk"))}:
                rest = {key: columns for key, columns in changed.items() if key not in erased}
                WrittenRows.objects.filter(pk=pk).update(changed=rest)


def _in_lines(job: int, search: Search) -> None:
    """How many there were stays."""
    columns = ("name", "told", "said")
    told = ImportLine.objects.filter(job=job).exclude(name=FORGOTTEN["subject"])
    for naming in search.naming(search.likely(told, *columns), *columns):
        ImportLine.objects.filter(pk__in=naming).update(name=FORGOTTEN["subject"], told="", said={})


def due(now: dt.datetime) -> QuerySet[Import]:
    """But not one that is about to be done."""
    busy = [Stage.CONFIRMED, Stage.RUNNING, Stage.UNDOING]
    old = Import.objects.filter(created_at__lt=now - settings.KEEP_IMPORTS)
    return old.exclude(stage__in=busy).defer("content", "report", "refused_lines")


SWEEP = Sweep("Imports oubliés", due, delete)

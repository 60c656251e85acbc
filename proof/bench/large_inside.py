"""What row 11 prepares, in a process that has Django."""

import datetime as dt

from django.utils import timezone

from accounts.models import Beneficiary, User
from backoffice.exports.lists import write_export
from core import prepared
from core.models import Piece, PreparedFile, Stage
from core.spreadsheets import KINDS
from wallets.models import Campaign

# Of children whose time is over: a tenth of the largest year there may be.
LEAVERS = 8_000


def main(act: str) -> int:
    return {"csv": csv, "xlsx": xlsx, "size": size, "end": end, "leave": leave}[act]()


def csv() -> int:
    return _ask("csv")


def xlsx() -> int:
    return _ask("xlsx")


def _ask(kind: str) -> int:
    """An export of all tickets, by a superuser; returns its key."""
    owner, _ = User.objects.get_or_create(
        username="bench.export", defaults={"is_staff": True, "is_superuser": True}
    )
    return prepared.ask(
        owner_id=owner.pk,
        name=f"tickets.{kind}",
        about="",
        content_type=KINDS[kind],
        task=write_export,
        model="tickets.ticket",
        kind=kind,
        query="",
    ).pk


def size() -> int:
    """How many rows the last one has. Raises if it is not ready."""
    file = PreparedFile.objects.latest("pk")
    if file.stage != Stage.READY:
        raise AssertionError(file.trouble)
    Piece.objects.all().delete()
    return file.rows


def end() -> int:
    """The last day of every campaign has passed."""
    today = timezone.localdate()
    ago = {name: today - dt.timedelta(days=days) for name, days in ENDED.items()}
    return Campaign.objects.update(**ago)


ENDED = {"opens_on": 20, "last_ticket_on": 10, "last_cancellation_on": 10, "last_validation_on": 3}


def leave() -> int:
    """So many children are no longer enrolled; with KEEP_FAMILIES=1 they are due."""
    some = Beneficiary.objects.filter(is_enrolled=True, wallets__isnull=False).order_by("pk")
    return Beneficiary.objects.filter(pk__in=some.values("pk")[:LEAVERS]).update(is_enrolled=False)

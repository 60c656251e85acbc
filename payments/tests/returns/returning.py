"""Returns of the finance service, for tests."""

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from core.tests.queue import work
from payments.models import Batch, Payment, ReturnFile, Verdict
from payments.returns import confirming, receiving
from payments.returns.titles import AMOUNT, BORDEREAU, DATE, MANDAT, REASON, REFERENCE, STATUS, TITLES

__all__ = ["AMOUNT", "BORDEREAU", "DATE", "MANDAT", "REASON", "REFERENCE", "STATUS", "work"]


def today() -> str:
    return f"{timezone.localdate():%d/%m/%Y}"


def line(payment: Payment, status: str = "payé", **cells: str) -> dict[str, str]:
    """Its cells, by our titles."""
    return {REFERENCE: payment.reference, STATUS: status, DATE: today()} | cells


def as_file(*lines: dict[str, str]) -> bytes:
    rows = [";".join(it.get(title, "") for title in TITLES.columns) for it in lines]
    return "\n".join([";".join(TITLES.columns), *rows]).encode()


def bring(batch: Batch, *lines: dict[str, str]) -> ReturnFile:
    return receive(batch, as_file(*lines))


def receive(batch: Batch, content: bytes) -> ReturnFile:
    return receiving.receive(batch_id=batch.pk, name="retour.csv", content=content, actor=make_user())


def confirm(file: ReturnFile, *, count: int | None = None, actor: User | None = None) -> None:
    waiting = file.lines.filter(verdict=Verdict.TO_TELL).count()
    confirming.confirm(file_id=file.pk, count=waiting if count is None else count, actor=actor or make_user())


def told(file: ReturnFile) -> ReturnFile:
    """Confirmed, and written by the worker."""
    confirm(file)
    work()
    file.refresh_from_db()
    return file


def verdicts(file: ReturnFile) -> list[Verdict]:
    return [Verdict(it) for it in file.lines.order_by("number").values_list("verdict", flat=True)]


def why(file: ReturnFile) -> str:
    """Of its only line."""
    return file.lines.get().why

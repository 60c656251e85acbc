"""What comes of each line of a return: to tell, nothing to do, or refused with its true reason."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from django.utils import timezone

from core.batches import in_batches
from core.money import NBSP, euros
from core.spreadsheet_files.rows import Row, RowRefused
from payments.models import Batch, Fate, Outcome, Payment, ReturnLine, Verdict

from .said import Said, said_by
from .several_lines import Gathered, gathered
from .titles import REASON

AT_ONCE = 2_000


class Judged(NamedTuple):
    verdict: Verdict
    why: str = ""
    # Where it is to tell.
    fate: Fate | None = None


def judge(rows: Iterable[Row], batch: Batch) -> list[ReturnLine]:
    """Unsaved. Reads only, in as many queries for one line as for two thousand."""
    read = [_read(row) for row in rows]
    payments = {it.pk: it for it in batch.payments.prefetch_related("outcomes").order_by("pk")}
    said = {line.number: it for line, it in read if isinstance(it, Said)}
    amounts = {pk: payment.amount for pk, payment in payments.items()}
    beside = _Beside(batch, payments, gathered(said, amounts), _elsewhere(said.values(), batch))
    for line, it in read:
        if isinstance(it, Said):
            beside.judge(line, it)
        else:
            line.verdict, line.why = Verdict.REFUSED, it
    return [line for line, _ in read]


class _Beside(NamedTuple):
    """What the lines of a file are judged beside."""

    batch: Batch
    payments: Mapping[int, Payment]
    lines: Gathered
    elsewhere: Collection[tuple[int, int]]

    def judge(self, line: ReturnLine, said: Said) -> None:
        said = self.lines.whole.get(line.number, said)
        line.payment = self.payments.get(said.of[1]) if said.of[0] == self.batch.pk else None
        line.fate, line.on = said.fate, said.on
        line.reason, line.mandat, line.bordereau = said.reason, said.mandat, said.bordereau
        found = self._found(line, said)
        line.verdict, line.why, line.fate = found.verdict, found.why, found.fate or line.fate

    def _found(self, line: ReturnLine, said: Said) -> Judged:
        if why := self.lines.against.get(line.number):
            return Judged(Verdict.REFUSED, why)
        if why := self.lines.same.get(line.number):
            return Judged(Verdict.NOTHING, why)
        if line.payment is None:
            return _of_another(said, self.batch, self.elsewhere)
        found = _of_payment(said, line.payment, self.batch)
        if found.fate == Fate.PAID and (reason := line.cells.get(REASON)):
            return found._replace(why=f"D’un payé, ce motif n’est pas gardé{NBSP}: {reason}")
        return found


def again(line: ReturnLine, told: Collection[Outcome]) -> Judged:
    """Of a line that was to tell, as its payment has become known since."""
    fate = Fate.PAID if line.fate == Fate.PAID else Fate.REJECTED
    return _beside(fate, line, told)


def _read(row: Row) -> tuple[ReturnLine, Said | str]:
    """And what it says, or why nobody can say it."""
    line = ReturnLine(number=row.number, cells={**row.cells})
    try:
        return line, said_by(row)
    except RowRefused as why:
        return line, str(why)


def _elsewhere(said: Iterable[Said], batch: Batch) -> set[tuple[int, int]]:
    """Of the payments of other batches that it names, those that there are."""
    others = sorted({it.of[1] for it in said if it.of[0] != batch.pk})
    found: set[tuple[int, int]] = set()
    for some in in_batches(others, AT_ONCE):
        found.update(Payment.objects.filter(pk__in=some).order_by().values_list("batch", "pk"))
    return found


def _of_another(said: Said, batch: Batch, elsewhere: Collection[tuple[int, int]]) -> Judged:
    if said.of in elsewhere:
        why = f"Ce paiement est du lot n°{NBSP}{said.of[0]}, et ce retour du lot n°{NBSP}{batch.pk}."
        return Judged(Verdict.REFUSED, f"{why} Importez-le sur la page de son lot.")
    return Judged(Verdict.REFUSED, f"Aucun paiement n’a la référence PASS-{said.of[0]}-{said.of[1]}.")


def _of_payment(said: Said, payment: Payment, batch: Batch) -> Judged:
    if payment.released_at:
        return Judged(
            Verdict.REFUSED, "Ce paiement a été retiré du lot avant son approbation. Rien n’a été transmis."
        )
    if said.amount is not None and said.amount != payment.amount:
        why = f"Le fichier dit {euros(said.amount)}, le paiement est de {euros(payment.amount)}."
        return Judged(Verdict.REFUSED, why)
    if batch.approved_at and said.on < (approved := timezone.localdate(batch.approved_at)):
        why = f"Le {said.on:%d/%m/%Y} est avant l’approbation du lot, le {approved:%d/%m/%Y}."
        return Judged(Verdict.REFUSED, why)
    if not payment.amount and said.fate == Fate.REJECTED:
        return Judged(
            Verdict.REFUSED, f"Ce paiement est réglé par compensation{NBSP}: aucun virement n’est parti."
        )
    return _beside(said.fate, said, payment.outcomes.all())


def _beside(fate: Fate, said: Said | ReturnLine, told: Iterable[Outcome]) -> Judged:
    """What `outcomes.tell` would take of it, beside what was told already. `fate`: paid or rejected."""
    known = {Fate(outcome.fate): outcome for outcome in told}
    if not known:
        return Judged(Verdict.TO_TELL, fate=fate)
    if fate == Fate.PAID:
        if paid := known.get(Fate.PAID):
            return Judged(Verdict.NOTHING, _already(paid, said))
        why = (
            f"Déjà {known[Fate.REJECTED]}{NBSP}: ses tickets attendent un autre lot. S’il a été payé tout de "
        )
        return Judged(Verdict.REFUSED, f"{why}même, corrigez ce qui est dû à l’organisme.")
    if refused := known.get(Fate.REJECTED) or known.get(Fate.RETURNED):
        return Judged(Verdict.NOTHING, _already(refused, said))
    # Paid, and given back since.
    return Judged(Verdict.TO_TELL, fate=Fate.RETURNED)


def _already(outcome: Outcome, said: Said | ReturnLine) -> str:
    """And what was told otherwise, which stays: an outcome is never edited."""
    papers = [f"mandat {outcome.mandat}"] * bool(outcome.mandat)
    papers += [f"bordereau {outcome.bordereau}"] * bool(outcome.bordereau)
    told = f"Déjà {', '.join([str(outcome), *papers])}."
    words = ("on", "mandat", "bordereau")
    if all(getattr(outcome, name) == getattr(said, name) for name in words):
        return told
    return f"{told} Le fichier a une autre date ou un autre mandat{NBSP}: rien ne change."

"""What an agent chooses for the lines of an import, before it is confirmed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from backoffice.models import Choice, Contacts, Import, ImportLine, Stage
from core.batches import in_batches
from core.exceptions import Refusal

from .plans import Chosen

AT_ONCE = 2_000


class NotToBeChosenNow(Refusal):
    sentence = "Cet import n’est plus à relire\N{NO-BREAK SPACE}: rien n’est changé à vos choix."


class LikenessWaits(Refusal):
    sentence = (
        "Des ressemblances attendent votre choix\N{NO-BREAK SPACE}: dites de chacune si c’est quelqu’un "
        "d’autre, ou le même."
    )


class SameTwice(Refusal):
    sentence = (
        "Deux lignes ne peuvent mettre à jour le même organisme\N{NO-BREAK SPACE}: laissez l’une des deux. "
        "Rien n’est changé à vos choix."
    )


class ChosenElsewhere(Refusal):
    sentence = (
        "D’autres choix ont été faits entre-temps, par un autre agent ou dans une autre fenêtre. Ceux que "
        "vous venez de faire ne sont pas gardés\N{NO-BREAK SPACE}: relisez, et choisissez de nouveau."
    )


@dataclass(frozen=True, slots=True)
class PageChoices:
    """What a page says of its lines, by their numbers, and of all lines at once."""

    create: Collection[int] = ()
    leave: Collection[int] = ()
    # Of which organisme each is, that it brings up to date.
    update: Mapping[int, int] = field(default_factory=dict)
    # The new e-mail addresses and telephones of these are written, or not.
    asked: Collection[int] = ()
    not_asked: Collection[int] = ()
    create_the_rest: bool = False
    ask_all: bool = False
    ask_none: bool = False

    @property
    def is_empty(self) -> bool:
        numbers = (self.create, self.leave, self.update, self.asked, self.not_asked)
        return not (any(numbers) or self.create_the_rest or self.ask_all or self.ask_none)


@transaction.atomic
def take(*, import_id: int, chosen: PageChoices, mark: str, reason: str = "") -> str:
    """Keep what is chosen on a page that shows what `mark` is of (`as_read`); return the mark to confirm by.

    A page that is out of date chooses nothing, unless all it says is so already: then it came twice. The
    reason is kept for the agent to go on with. Locks the import. Raises NotToBeChosenNow, ChosenElsewhere,
    SameTwice.
    """
    job = _lock(import_id)
    if reason:
        Import.objects.filter(pk=job.pk).update(reason=reason)
    if not _write(job, chosen):
        return mark
    if mark != as_read(job):
        raise ChosenElsewhere
    Import.objects.filter(pk=job.pk).update(choices_made=F("choices_made") + 1, seen_at=timezone.now())
    job.choices_made += 1
    return as_read(job)


def _write(job: Import, chosen: PageChoices) -> int:
    """Of how many lines something else is chosen than was."""
    changed = 0
    for choice, numbers in ((Choice.CREATE, chosen.create), (Choice.LEAVE, chosen.leave)):
        changed += (
            alike(job).filter(number__in=numbers).exclude(choice=choice).update(choice=choice, same_as=None)
        )
    changed += _update(job, chosen.update) if chosen.update else 0
    if chosen.create_the_rest:
        changed += waiting(job).update(choice=Choice.CREATE)
    offered = with_contacts(job)
    if chosen.ask_none:
        return changed + offered.exclude(contacts=Contacts.OFFERED).update(contacts=Contacts.OFFERED)
    for numbers in in_batches([*chosen.asked, *(_free(job) if chosen.ask_all else ())], AT_ONCE):
        asked = offered.filter(number__in=numbers).exclude(contacts=Contacts.ASKED)
        changed += asked.update(contacts=Contacts.ASKED)
    if not chosen.ask_all:
        not_asked = offered.filter(number__in=chosen.not_asked).exclude(contacts=Contacts.OFFERED)
        changed += not_asked.update(contacts=Contacts.OFFERED)
    return changed


def _update(job: Import, update: Mapping[int, int]) -> int:
    """Of how many lines another organisme is meant than was. Raises SameTwice."""
    lines = alike(job).filter(number__in=update).order_by("number").only("number", "said", "same_as")
    wanted = ((line, update[line.number]) for line in lines)
    same = {line.pk: key for line, key in wanted if key in may_be_updated(line) and key != line.same_as}
    # Two lines may exchange theirs.
    alike(job).filter(pk__in=same).update(choice=Choice.WAITING, same_as=None)
    taken = {*updating(job).values_list("same_as", flat=True)}
    for pk, key in same.items():
        if key in taken:
            raise SameTwice
        taken.add(key)
        alike(job).filter(pk=pk).update(choice=Choice.UPDATE, same_as=key)
    return len(same)


def may_be_updated(line: ImportLine) -> dict[int, dict[str, Any]]:
    """Of those whom it is like, by their keys, those whom it may bring up to date."""
    return {it["pk"]: it for it in line.said.get("alike", ()) if it["pk"] and it.get("edits") is not None}


def _free(job: Import) -> Iterator[int]:
    """All that are asked for at once: an address that its owner confirmed is asked for by its line alone."""
    lines = with_contacts(job).order_by("number").values_list("number", "said")
    return (number for number, said in lines.iterator(chunk_size=AT_ONCE) if not _is_confirmed(said))


def _is_confirmed(said: dict[str, Any]) -> bool:
    return any(contact.get("is_confirmed") for contact in said.get("contacts", ()))


def with_contacts(job: Import) -> QuerySet[ImportLine]:
    return job.lines.filter(is_to_check=True).exclude(contacts=Contacts.NONE)


def alike(job: Import) -> QuerySet[ImportLine]:
    return job.lines.filter(is_to_check=True).exclude(choice=Choice.NONE)


def waiting(job: Import) -> QuerySet[ImportLine]:
    return job.lines.filter(is_to_check=True, choice=Choice.WAITING)


def left(job: Import) -> QuerySet[ImportLine]:
    return job.lines.filter(is_to_check=True, choice=Choice.LEAVE)


def updating(job: Import) -> QuerySet[ImportLine]:
    """The lines of somebody who is there and whom they bring up to date."""
    return job.lines.filter(is_to_check=True, choice=Choice.UPDATE)


def chosen(job: Import) -> Chosen:
    same = updating(job).values_list("number", "same_as")
    return Chosen(
        left={*left(job).values_list("number", flat=True)},
        same={number: key for number, key in same if key is not None},
    )


def staying(job: Import) -> set[int]:
    """Of those whom it would strike off, who stays: an agent said that a line is of them."""
    kept: dict[str, list[int]] = job.report.get("leaving", {}).get("kept_if_left", {})
    if not kept:
        return set()
    numbers = left(job).values_list("number", flat=True)
    return {child for number in numbers for child in kept.get(str(number), ())}


def as_read(job: Import) -> str:
    """Of what is shown: another one after each choice."""
    return f"{job.choices_made}-{job.fingerprint}"


def _lock(import_id: int) -> Import:
    """Whoever confirms it meanwhile waits, and then confirms nothing that was not read."""
    jobs = Import.objects.select_for_update().only("pk", "choices_made", "fingerprint")
    job = jobs.filter(pk=import_id, stage=Stage.READY).first()
    if job is None:
        raise NotToBeChosenNow
    return job

"""What an agent chooses for the lines of an import, before it is confirmed."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from backoffice.models import Choice, Contacts, Import, ImportLine, Stage
from core.exceptions import Refusal

from .plans import Chosen

AT_ONCE = 2_000
NOTHING: Mapping[int, int] = {}


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


@transaction.atomic
def choose(
    *,
    import_id: int,
    create: Collection[int] = (),
    leave: Collection[int] = (),
    update: Mapping[int, int] = NOTHING,
) -> None:
    """Of the lines with these numbers; `update` says of which organisme each is. Locks the import. Raises
    NotToBeChosenNow, SameTwice.
    """
    job = _lock(import_id)
    for choice, numbers in ((Choice.CREATE, create), (Choice.LEAVE, leave)):
        alike(job).filter(number__in=numbers).update(choice=choice, same_as=None)
    if update:
        _update(job, update)
    _note_chosen(job)


def _update(job: Import, update: Mapping[int, int]) -> None:
    lines = alike(job).filter(number__in=update).order_by("number").only("number", "said")
    same = {line.pk: key for line in lines if (key := update[line.number]) in may_be_updated(line)}
    # Two lines may exchange theirs.
    alike(job).filter(pk__in=same).update(choice=Choice.WAITING, same_as=None)
    taken = {*updating(job).values_list("same_as", flat=True)}
    for pk, key in same.items():
        if key in taken:
            raise SameTwice
        taken.add(key)
        alike(job).filter(pk=pk).update(choice=Choice.UPDATE, same_as=key)


def may_be_updated(line: ImportLine) -> dict[int, dict[str, Any]]:
    """Of those whom it is like, by their keys, those whom it may bring up to date."""
    return {it["pk"]: it for it in line.said.get("alike", ()) if it["pk"] and it.get("edits") is not None}


@transaction.atomic
def create_all_that_wait(*, import_id: int) -> None:
    """Locks the import. Raises NotToBeChosenNow."""
    job = _lock(import_id)
    waiting(job).update(choice=Choice.CREATE)
    _note_chosen(job)


@transaction.atomic
def ask(*, import_id: int, asked: Collection[int] = (), not_asked: Collection[int] = ()) -> None:
    """Of these lines the new e-mail addresses and telephones are written, or not. Locks the import. Raises
    NotToBeChosenNow.
    """
    job = _lock(import_id)
    for state, numbers in ((Contacts.ASKED, asked), (Contacts.OFFERED, not_asked)):
        with_contacts(job).filter(number__in=numbers).update(contacts=state)
    _note_chosen(job)


@transaction.atomic
def ask_for_all(*, import_id: int) -> None:
    """But not against an address that its owner confirmed: that one is asked for by its line. Locks the
    import. Raises NotToBeChosenNow.
    """
    job = _lock(import_id)
    lines = with_contacts(job).order_by("number").values_list("number", "said")
    numbers = [number for number, said in lines.iterator(chunk_size=AT_ONCE) if not _is_confirmed(said)]
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        with_contacts(job).filter(number__in=some).update(contacts=Contacts.ASKED)
    _note_chosen(job)


def _is_confirmed(said: dict[str, Any]) -> bool:
    return any(contact.get("is_confirmed") for contact in said.get("contacts", ()))


@transaction.atomic
def ask_for_none(*, import_id: int) -> None:
    """Locks the import. Raises NotToBeChosenNow."""
    job = _lock(import_id)
    with_contacts(job).update(contacts=Contacts.OFFERED)
    _note_chosen(job)


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
    job = Import.objects.select_for_update().only("pk").filter(pk=import_id, stage=Stage.READY).first()
    if job is None:
        raise NotToBeChosenNow
    return job


def _note_chosen(job: Import) -> None:
    Import.objects.filter(pk=job.pk).update(choices_made=F("choices_made") + 1, seen_at=timezone.now())

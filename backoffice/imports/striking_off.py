"""Children whom a whole list struck off: who they are, and how they are enrolled again."""

import datetime as dt

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from backoffice.models import Import, Sort, Stage, StruckOff
from core.batches import in_batches
from core.exceptions import Refusal

from . import choices


class ListedSince(Refusal):
    sentence = (
        "Une autre liste complète a été importée depuis\N{NO-BREAK SPACE}: elle seule dit qui est inscrit. "
        "Corrigez les enfants un par un, ou importez la bonne liste."
    )


def of(job: Import) -> QuerySet[Beneficiary]:
    """Whom it would strike off, or did."""
    if job.stage == Stage.DONE:
        return Beneficiary.objects.filter(pk__in=job.struck_off.values("beneficiary"))
    leaving = set(job.report.get("leaving", {}).get("ids", []))
    return Beneficiary.objects.filter(pk__in=leaving - choices.staying(job))


def still_so(job: Import) -> QuerySet[Beneficiary]:
    """Of those whom it struck off, who is not enrolled still, and whom nobody has changed since."""
    key = Concat(Value("accounts.beneficiary "), Cast("beneficiary", CharField()))
    edited = AuditEntry.objects.filter(
        subject_key=OuterRef("key"), action=Action.CHANGED, at__gt=OuterRef("at")
    )
    again = StruckOff.objects.filter(beneficiary=OuterRef("beneficiary"), job__gt=job.pk)
    untouched = job.struck_off.alias(key=key).filter(~Exists(edited), ~Exists(again))
    return Beneficiary.objects.filter(
        pk__in=untouched.values("beneficiary"), is_enrolled=False, anonymised_at=None, merged_into=None
    )


def enrol_again(job: Import) -> int:
    """Those who are `still_so`; in a transaction that has locked them. Raises ListedSince."""
    if not job.struck_off.exists():
        return 0
    lists = Import.objects.filter(sort=Sort.ROSTER, is_complete=True, stage=Stage.DONE)
    if lists.filter(seen_at__gt=done_at(job)).exclude(pk=job.pk).exists():
        raise ListedSince
    children = list(still_so(job).order_by("pk").values_list("pk", flat=True))
    left = Beneficiary.objects.filter(is_enrolled=False, anonymised_at=None, merged_into=None)
    return sum(left.filter(pk__in=batch).update(is_enrolled=True) for batch in in_batches(children, 2_000))


def done_at(job: Import) -> dt.datetime:
    """When it was, of one that wrote anything."""
    first = job.written.first() or job.struck_off.first()
    return first.at if first else job.seen_at

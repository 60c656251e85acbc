"""Children whom a whole list struck off: who they are, and how they are enrolled again."""

from django.db.models import Exists, OuterRef, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, User
from backoffice.acts.act import AlreadyDone
from backoffice.facts.about import About
from backoffice.models import Import, Sort, Stage, StruckOff
from core.exceptions import Refusal
from core.formats import counted_in_french

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
        pk__in=untouched.values("beneficiary"), is_enrolled=False, anonymised_at=None
    )


def may_be_undone(job: Import) -> bool:
    return job.stage == Stage.DONE and still_so(job).exists()


def about(job: Import) -> About:
    struck_off, left = job.struck_off.count(), still_so(job).count()
    facts = [
        ("Fichier", job.name),
        ("Fait le", f"{job.seen_at:%d/%m/%Y}"),
        ("Désinscrits par lui", struck_off),
        ("Changés depuis, et laissés comme ils sont", struck_off - left),
    ]
    return About(facts=facts, outcome=f"{counted_in_french(left, 'enfant')} de nouveau inscrits.")


def undo(job: Import, agent: User, said: object) -> str:
    """In the transaction of the act. Raises ListedSince, AlreadyDone."""
    # Two agents at once, or an import that ends meanwhile: one after the other.
    Import.objects.select_for_update().get(pk=job.pk)
    lists = Import.objects.filter(sort=Sort.ROSTER, is_complete=True, stage=Stage.DONE)
    if lists.filter(seen_at__gt=job.seen_at).exists():
        raise ListedSince
    children = list(still_so(job).order_by("pk").values_list("pk", flat=True))
    enrolled = sum(
        Beneficiary.objects.filter(
            pk__in=children[start : start + 2_000], is_enrolled=False, anonymised_at=None
        ).update(is_enrolled=True)
        for start in range(0, len(children), 2_000)
    )
    if not enrolled:
        raise AlreadyDone
    return f"{counted_in_french(enrolled, 'enfant')} de nouveau inscrits"

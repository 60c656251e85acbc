"""Children whose last campaign is long over, and accounts that have no other child."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts import audit
from accounts.audit import Action
from accounts.erasure import ERASED, forget_erased_numbers
from accounts.models import AGES, Beneficiary, Guardianship, User
from core.formats import counted_in_french
from privacy import erasure
from wallets.models import Wallet


def children_due(now: dt.datetime) -> QuerySet[Beneficiary]:
    """Whose last campaign has been over for so long; whoever had none, whose accounts are no longer used.

    Who is enrolled stays, the next campaign is for it: but not who is too old to be in a collège.
    """
    wallets = Wallet.objects.filter(beneficiary=OuterRef("pk"))
    used = User.objects.filter(_in_use(now))
    unused = ~Exists(used.filter(guardianships__beneficiary=OuterRef("pk"))) & ~Exists(
        used.filter(beneficiary=OuterRef("pk"))
    )
    too_old = Q(birth_year__lte=timezone.localdate(now).year - AGES.stop)
    return Beneficiary.objects.filter(
        # Whose number a roster may still say is known for as long as the child is.
        Q(merged_into=None) | Q(merged_into__anonymised_at__isnull=False),
        ~Exists(_of_late(now)),
        Q(Exists(wallets)) | Q(unused),
        Q(is_enrolled=False) | too_old,
        anonymised_at=None,
    )


def accounts_due(now: dt.datetime) -> QuerySet[User]:
    """Families' accounts that have only children who are due; or none at all, and are no longer used."""
    due = children_due(now)
    guarded = Guardianship.objects.filter(user=OuterRef("pk"))
    itself = Beneficiary.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(
        # As for a child: the identifiant that a roster may still say.
        Q(merged_into=None) | Q(merged_into__anonymised_at__isnull=False),
        ~Exists(guarded.exclude(beneficiary__in=due.values("pk"))),
        ~Exists(itself.exclude(pk__in=due.values("pk"))),
        Q(Exists(guarded)) | Q(Exists(itself)) | ~_in_use(now),
        # Who acts for an organisme does so without a child: see `organismes`.
        is_member=False,
        **erasure.FAMILIES,
    )


def _of_late(now: dt.datetime) -> QuerySet[Wallet]:
    day = timezone.localdate(now) - settings.KEEP_FAMILIES
    return Wallet.objects.filter(beneficiary=OuterRef("pk"), campaign__last_validation_on__gte=day)


def _in_use(now: dt.datetime) -> Q:
    since = now - settings.KEEP_FAMILIES
    return Q(last_login__gte=since) | Q(date_joined__gte=since)


def anonymise_accounts(users: Collection[User]) -> int:
    erasure.anonymise_accounts(users)
    return _noted(counted_in_french(len(users), "compte"), len(users))


def anonymise_children(children: Collection[Beneficiary]) -> int:
    """Their accounts went before; of whom one was passed over, the child waits for it."""
    waited_for = accounts_due(timezone.now()).values("pk")
    guarded = Guardianship.objects.filter(beneficiary__in=children, user__in=waited_for)
    later = {*guarded.values_list("beneficiary", flat=True)}
    own = {*User.objects.filter(beneficiary__in=children, pk__in=waited_for).values_list("pk", flat=True)}
    gone = [child for child in children if child.pk not in later and child.user_id not in own]
    erasure.anonymise_children(gone)
    return _noted(counted_in_french(len(gone), "enfant"), len(gone))


def _noted(who: str, count: int) -> int:
    """In the journal, for whoever asks where they are."""
    if count:
        audit.record(
            action=Action.ERASED,
            subject=None,
            name=who,
            reason="Durée de conservation passée",
            actor=None,
        )
    return count


def erased_numbers_due(now: dt.datetime) -> QuerySet[Beneficiary]:
    erased = Beneficiary.objects.filter(pupil_number__startswith=ERASED, anonymised_at__isnull=False)
    return erased.filter(~Exists(_of_late(now)), anonymised_at__lt=now - settings.KEEP_FAMILIES)


def forget_numbers(children: Collection[Beneficiary]) -> int:
    forget_erased_numbers([child.pk for child in children])
    return len(children)

"""What is forgotten, and when: `manage.py purge`, by the KEEP_… settings.

Each sweep goes by batches, a transaction each, and takes only rows that nobody else has locked: it waits
for nobody, and what it passed over is for the next night.
"""

import datetime as dt
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.utils import timezone
from post_office.models import Email

from accounts import audit
from accounts.audit import FORGOTTEN, Action, AuditEntry
from accounts.email_change import REFUSED_WITHIN
from accounts.erasure import ERASED, forget_erased_numbers
from accounts.models import ADDRESS_IS_NEW, AGES, Beneficiary, EmailChange, Guardianship, SignIn, User
from accounts.proposals import Proposal
from accounts.security_log import Reading, SecurityEvent
from core.formats import counted_in_french
from partners.models import Suggestion
from privacy.models import KeptWords
from tickets.models import Reminder
from wallets.models import Wallet

from . import erasure, traces
from .texts import forget_log

# Of a transaction; and of a list of who is due, which for families takes seconds to make.
AT_ONCE, LISTED = 200, 10_000


class Step(Protocol):
    @property
    def what(self) -> str: ...

    def count(self, now: dt.datetime) -> int:
        """How many a run would do."""

    def run(self, now: dt.datetime) -> int:
        """Return how many it did."""


@dataclass(frozen=True)
class Sweep:
    """`due` are the rows, as of a moment; `do` gets those of a batch, locked, and returns how many it did."""

    what: str
    due: Callable[[dt.datetime], QuerySet[Any]]
    do: Callable[[Collection[Any]], int]

    def count(self, now: dt.datetime) -> int:
        return self.due(now).count()

    def run(self, now: dt.datetime) -> int:
        done, seen = 0, Q()
        while ids := list(self._due(now).filter(seen).values_list("pk", flat=True)[:LISTED]):
            batches = (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
            done += sum(self._batch(now, batch) for batch in batches)
            seen = Q(pk__gt=ids[-1])
        return done

    @transaction.atomic
    def _batch(self, now: dt.datetime, ids: Collection[Any]) -> int:
        rows = self.due(now).model._default_manager.filter(pk__in=ids).order_by("pk")
        locked = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
        # Asked again under the lock: somebody may have come back at this very instant.
        return self.do(list(self._due(now).filter(pk__in=locked)))

    def _due(self, now: dt.datetime) -> QuerySet[Any]:
        return self.due(now).order_by("pk")


# --- Families ---------------------------------------------------------------------------------


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
        ~Exists(guarded.exclude(beneficiary__in=due.values("pk"))),
        ~Exists(itself.exclude(pk__in=due.values("pk"))),
        Q(Exists(guarded)) | Q(Exists(itself)) | ~_in_use(now),
        **erasure.FAMILIES,
    )


def _of_late(now: dt.datetime) -> QuerySet[Wallet]:
    day = timezone.localdate(now) - settings.KEEP_FAMILIES
    return Wallet.objects.filter(beneficiary=OuterRef("pk"), campaign__last_validation_on__gte=day)


def _in_use(now: dt.datetime) -> Q:
    since = now - settings.KEEP_FAMILIES
    return Q(last_login__gte=since) | Q(date_joined__gte=since)


def _anonymise_accounts(users: Collection[User]) -> int:
    erasure.anonymise_accounts(users)
    return _noted(counted_in_french(len(users), "compte"), len(users))


def _anonymise_children(children: Collection[Beneficiary]) -> int:
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


def _erased_numbers_due(now: dt.datetime) -> QuerySet[Beneficiary]:
    erased = Beneficiary.objects.filter(pupil_number__startswith=ERASED, anonymised_at__isnull=False)
    return erased.filter(~Exists(_of_late(now)), anonymised_at__lt=now - settings.KEEP_FAMILIES)


def _forget_numbers(children: Collection[Beneficiary]) -> int:
    forget_erased_numbers([child.pk for child in children])
    return len(children)


# --- What lies around them --------------------------------------------------------------------


def delete(rows: Collection[Any]) -> int:
    if rows:
        model = type(next(iter(rows)))
        model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
    return len(rows)


def _forget_lines(lines: Collection[AuditEntry]) -> int:
    return AuditEntry.objects.filter(pk__in=[line.pk for line in lines]).forget()


def _forget_log(lines: Collection[LogEntry]) -> int:
    return forget_log(LogEntry.objects.filter(pk__in=[line.pk for line in lines]))


def _former_addresses_due(now: dt.datetime) -> QuerySet[User]:
    return User.objects.exclude(former_email="").filter(email_changed_at__lt=now - ADDRESS_IS_NEW)


def _forget_former_addresses(users: Collection[User]) -> int:
    return User.objects.filter(pk__in=[user.pk for user in users]).update(former_email="")


def _email_changes_due(now: dt.datetime) -> QuerySet[EmailChange]:
    """Whose links no longer do anything."""
    kept_since = now - REFUSED_WITHIN
    return EmailChange.objects.filter(Q(done_at=None) | Q(done_at__lt=kept_since), asked_at__lt=kept_since)


def _forget_email_changes(changes: Collection[EmailChange]) -> int:
    """With the messages to an address that was never confirmed: nothing else says by then whose it was."""
    never = [change.new for change in changes if not change.done_at]
    known = User.objects.filter(email__in=never).values_list("email", flat=True)
    Email.objects.filter(to__in={*never} - {*known}).delete()
    return delete(changes)


class Texts:
    """What is written of them elsewhere, read once: for all of this night, and of one that was stopped."""

    what = "Personnes cherchées dans les textes"

    def count(self, now: dt.datetime) -> int:
        left: int = KeptWords.objects.aggregate(people=Sum("people", default=0))["people"]
        return left + accounts_due(now).count() + children_due(now).count()

    def run(self, now: dt.datetime) -> int:
        return traces.forget_kept()


# Accounts before children: whose last child is gone would be due only when it is no longer used.
SWEEPS: list[Step] = [
    Sweep("Comptes de familles anonymisés", accounts_due, _anonymise_accounts),
    Sweep("Enfants anonymisés", children_due, _anonymise_children),
    Texts(),
    Sweep("Numéros d’enfants effacés à leur demande, oubliés", _erased_numbers_due, _forget_numbers),
    Sweep(
        "Lignes du journal sans nom ni motif désormais",
        lambda now: AuditEntry.objects.exclude(**FORGOTTEN).filter(at__lt=now - settings.KEEP_JOURNAL),
        _forget_lines,
    ),
    Sweep(
        "Actes proposés sans nom ni motif désormais",
        lambda now: Proposal.objects.exclude(subject=FORGOTTEN["subject"]).filter(
            proposed_at__lt=now - settings.KEEP_JOURNAL
        ),
        lambda proposals: Proposal.objects.filter(pk__in=[one.pk for one in proposals]).forget(),
    ),
    Sweep(
        "Modifications de fiches dont le nom est effacé",
        lambda now: LogEntry.objects.exclude(object_repr=FORGOTTEN["subject"]).filter(
            action_time__lt=now - settings.KEEP_JOURNAL
        ),
        _forget_log,
    ),
    Sweep(
        "Connexions oubliées",
        lambda now: SignIn.objects.filter(at__lt=now - settings.KEEP_SIGN_INS),
        delete,
    ),
    Sweep(
        "Refus oubliés",
        lambda now: SecurityEvent.objects.filter(last_at__lt=now - settings.KEEP_SECURITY_LOG),
        delete,
    ),
    Sweep(
        "Ouvertures de fiches oubliées",
        lambda now: Reading.objects.filter(at__lt=now - settings.KEEP_SECURITY_LOG),
        delete,
    ),
    Sweep("Adresses e-mail d’avant oubliées", _former_addresses_due, _forget_former_addresses),
    Sweep("Changements d’adresse e-mail oubliés", _email_changes_due, _forget_email_changes),
    Sweep(
        "E-mails oubliés", lambda now: Email.objects.filter(created__lt=now - settings.KEEP_EMAILS), delete
    ),
    Sweep(
        "Rappels oubliés",
        lambda now: Reminder.objects.filter(
            last_ticket_on__lt=timezone.localdate(now) - settings.KEEP_EMAILS
        ),
        delete,
    ),
    Sweep(
        "Organismes proposés oubliés",
        lambda now: Suggestion.objects.filter(created_at__lt=now - settings.KEEP_SUGGESTIONS),
        delete,
    ),
    Sweep("Sessions finies", lambda now: Session.objects.filter(expire_date__lt=now), delete),
]


def register(step: Step) -> None:
    """Let a room further right forget too; called as its app is ready."""
    SWEEPS.append(step)

"""Who acts for organismes: members who no longer come, who was invited, codes that did not do; and what was
signed and paid, which the archives are asked of.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from applications import archives as signed_conventions
from partners import absent_members, invitations
from partners.models import Invitation, Membership
from payments import archives
from payments.bank_accounts import retention
from payments.models import AccountReading, ReturnFile, ReturnState
from tickets.counter import tries
from tickets.models import FailedTry

from .sweeps import Step, Sweep, delete


@dataclass(frozen=True)
class ForTheArchives:
    """Counted, for whoever asks them; what they allow to go, a person takes out."""

    what: str
    due: Callable[[dt.datetime], QuerySet[Any]]

    def count(self, now: dt.datetime) -> int:
        return self.due(now).count()

    run = count


SWEEPS: list[Step] = [
    Sweep(
        "Membres d’organismes prévenus que leur accès va fermer",
        lambda now: Membership.objects.to_warn(timezone.localdate(now)).select_related("user", "partner"),
        absent_members.warn,
    ),
    Sweep(
        "Membres d’organismes fermés, sans visite depuis deux ans",
        lambda now: Membership.objects.unseen(timezone.localdate(now)).select_related("user", "partner"),
        absent_members.close_unseen,
    ),
    Sweep(
        "IBAN d’organismes oubliés",
        retention.due,
        retention.forget,
    ),
    Sweep(
        "Lectures d’IBAN oubliées",
        lambda now: AccountReading.objects.filter(read_at__lt=now - settings.KEEP_JOURNAL),
        delete,
    ),
    Sweep(
        "Retours de paiements oubliés",
        # What they told stays, with the payments.
        lambda now: ReturnFile.objects.filter(received_at__lt=now - settings.KEEP_IMPORTS).exclude(
            state=ReturnState.CONFIRMED
        ),
        delete,
    ),
    Sweep(
        "Invitations oubliées",
        lambda now: Invitation.objects.filter(sent_at__lt=now - invitations.KEPT_FOR),
        delete,
    ),
    Sweep(
        "Codes refusés au guichet, oubliés",
        lambda now: FailedTry.objects.filter(at__lt=now - tries.KEPT_FOR),
        delete,
    ),
    ForTheArchives("Lots de paiement à soumettre au visa des archives", archives.due),
    ForTheArchives("Conventions signées à soumettre au visa des archives", signed_conventions.due),
]

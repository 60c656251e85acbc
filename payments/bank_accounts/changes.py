"""What else changed around the day an account was asked for: who takes over an organisme changes both."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from accounts.audit import AuditEntry
from accounts.models import EmailChange
from core.money import NBSP
from partners.models import Membership, Partner, Role
from payments.models import BankAccount

AROUND = dt.timedelta(days=30)
CONTACTS = ("phone", "email")


def around(account: BankAccount) -> list[str]:
    """Sentences that an agent reads in red. Of a first account there are none: everything is new then."""
    if not account.partner.bank_accounts.filter(pk__lt=account.pk, confirmed_at__isnull=False).exists():
        return []
    return [*_members(account), *_addresses(account), *_contacts(account)]


def before(account: BankAccount, column: str) -> list[str]:
    """What the card of the organisme said there, before it changed around that day."""
    label = _label(column)
    values = [was for name, was, _ in _changed(account) if name == label and was]
    return list(dict.fromkeys(values))


def _members(account: BankAccount) -> Iterator[str]:
    members = Membership.objects.filter(partner=account.partner_id).select_related("user").order_by("pk")
    for member in members.filter(created_at__range=_days(account)):
        yield f"{member.name} est membre depuis le {_day(member.created_at)}"
    for member in members.filter(closed_at__range=_days(account)):
        if member.closed_at:
            yield f"l’accès de {member.name} est fermé depuis le {_day(member.closed_at)}"


def _addresses(account: BankAccount) -> Iterator[str]:
    managers = Membership.objects.open().filter(partner=account.partner_id, role=Role.MANAGER).values("user")
    done = EmailChange.objects.filter(user__in=managers, done_at__range=_days(account))
    for change in done.select_related("user").order_by("pk"):
        if change.done_at:
            yield f"{change.user} a une autre adresse e-mail depuis le {_day(change.done_at)}"


def _contacts(account: BankAccount) -> Iterator[str]:
    labels = [_label(column) for column in CONTACTS]
    for name, was, now in _changed(account):
        if name in labels:
            yield f"la fiche a changé, {name}{NBSP}: {was or 'rien'} → {now or 'rien'}"


def _changed(account: BankAccount) -> Iterator[list[str]]:
    """Label, before, after: as agents wrote the card."""
    lines = AuditEntry.objects.about(account.partner).filter(at__range=_days(account)).order_by("pk")
    for line in lines:
        yield from line.changes


def _label(column: str) -> str:
    return str(Partner._meta.get_field(column).verbose_name)  # type: ignore[union-attr]


def _days(account: BankAccount) -> tuple[dt.datetime, dt.datetime]:
    return account.asked_at - AROUND, account.asked_at + AROUND


def _day(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%d/%m/%Y}"

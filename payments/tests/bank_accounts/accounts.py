"""Accounts on their way, for tests."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from partners.models import Partner
from partners.tests.factories import make_partner
from partners.tests.members import make_manager
from payments.bank_accounts import asking, checking
from payments.models import BankAccount

NUMBER = "01 46 00 00 00"
IBAN = "FR7630006000011234567890189"
OTHER_IBAN = "FR1420041010050500013M02606"
GERMAN = "DE89370400440532013000"


def make_organisme(**fields: Any) -> Partner:
    """With a number on its card, an address, and a manager."""
    fields = {"phone": NUMBER, "email": "contact@club.example"} | fields
    partner = make_partner(**fields)
    make_manager(partner)
    return partner


def make_asked(partner: Partner | None = None, iban: str = IBAN, **fields: Any) -> BankAccount:
    partner = partner or make_organisme()
    manager = partner.memberships.open().latest("pk")
    asked: dict[str, Any] = {"holder": "CHORALE", "bic": "", "actor": manager.user} | fields
    return asking.ask(partner_id=partner.pk, iban=iban, **asked)


def call_back(account: BankAccount, **fields: Any) -> BankAccount:
    said: dict[str, Any] = {
        "number": NUMBER,
        "person": "Sophie",
        "at": timezone.now(),
        "actor": make_user(),
    } | fields
    return checking.call_back(account_id=account.pk, **said)


def confirm(account: BankAccount, actor: User | None = None, **fields: Any) -> BankAccount:
    return checking.confirm(account_id=account.pk, actor=actor or make_user(), **fields)


def make_confirmed(partner: Partner | None = None, iban: str = IBAN) -> BankAccount:
    return confirm(call_back(make_asked(partner, iban)))

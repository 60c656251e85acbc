"""The accounts that the organismes of the small demonstration are paid on, checked long ago."""

import datetime as dt

from django.utils import timezone

from accounts.models import User
from partners.models import Partner, Role
from payments import iban_keys
from payments.bank_accounts import ibans
from payments.models import AccountState, BankAccount

# By who answers for the organisme. Both are examples that banks publish.
IBANS = {
    "responsable.test": "FR7630006000011234567890189",
    "danse.test": "FR1420041010050500013M02606",
}
SINCE = dt.timedelta(days=90)


def load(users: dict[str, User]) -> None:
    for username, iban in IBANS.items():
        manager = users[username]
        partner = Partner.objects.get(memberships__user=manager, memberships__role=Role.MANAGER)
        if not partner.bank_accounts.exists():
            _check(partner, iban, manager, users)


def _check(partner: Partner, iban: str, manager: User, users: dict[str, User]) -> None:
    checked, at = ibans.check(iban), timezone.now() - SINCE
    BankAccount.objects.create(
        partner=partner,
        holder=partner.name[:70],
        sealed_iban=iban_keys.seal(checked.iban),
        digest=iban_keys.digest(checked.iban),
        country=checked.country,
        last4=checked.last4,
        bic=checked.bic,
        asked_by=manager,
        asked_at=at,
        state=AccountState.CONFIRMED,
        called_number=partner.phone or "01 46 00 00 00",
        called_person=str(manager),
        called_by=users["agent.test"],
        called_at=at,
        confirmed_by=users["agent2.test"],
        confirmed_at=at,
        active_from=timezone.localdate(at),
    )

"""What is told of an account, to whoever may know that it is not theirs."""

from typing import Any

from accounts.models import User
from core import mail
from partners.mail import managers
from payments.models import BankAccount

from . import changes, links


def asked(account: BankAccount) -> None:
    _write("mail/bank_account_asked", account, not_ours=mail.absolute(links.path(account)))


def confirmed(account: BankAccount) -> None:
    _write("mail/bank_account_confirmed", account, not_ours=mail.absolute(links.path(account)))


def stopped(account: BankAccount) -> None:
    _write("mail/bank_account_stopped", account)


def _write(template: str, account: BankAccount, **words: Any) -> None:
    partner = account.partner
    for address, manager in _readers(account).items():
        mail.send(
            template,
            address,
            account_ids=[manager.pk] if manager else [],
            reader=manager.first_name if manager else "",
            partner=partner.name,
            account=account,
            url=mail.link("payments:bank_account", partner.pk),
            **words,
        )


def _readers(account: BankAccount) -> dict[str, User | None]:
    """Its managers, the contact of its card, and the one before, if the card has just changed."""
    found: dict[str, User | None] = {it.email: it for it in managers(account.partner) if it.email}
    for address in (account.partner.email, *changes.before(account, "email")):
        if address and address.casefold() not in {known.casefold() for known in found}:
            found[address] = None
    return found

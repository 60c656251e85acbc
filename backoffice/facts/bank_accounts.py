"""A bank account as an agent compares it with what the organisme says on the telephone."""

from django.utils import timezone

from payments.bank_accounts import changes, elsewhere, ibans
from payments.models import BankAccount

from .about import About, Facts


def name(account: BankAccount) -> str:
    return f"{account.partner}, {account}"


def about(account: BankAccount) -> About:
    facts: Facts = [
        ("Organisme", account.partner),
        ("Compte", account.masked),
        ("Titulaire", account.holder),
        ("BIC", account.bic or "pas donné"),
        ("Demandé par", f"{account.asked_by}, le {timezone.localtime(account.asked_at):%d/%m/%Y à %H:%M}"),
    ]
    if account.called_at:
        called = f"{account.called_person}, au {account.called_number}, par {account.called_by}"
        facts.append(("Rappelé", f"{called}, le {timezone.localtime(account.called_at):%d/%m/%Y à %H:%M}"))
    return About(facts, warnings=warnings(account))


def warnings(account: BankAccount) -> list[str]:
    found = [f"Autour de cette demande, {change}." for change in changes.around(account)]
    found += [
        f"{other.partner} a donné le même compte ({other.get_state_display()})."
        for other in elsewhere.same(account).order_by("pk")
    ]
    if account.country not in ibans.AT_HOME:
        found.append("Ce compte n’est ni en France ni à Monaco.")
    return found

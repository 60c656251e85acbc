"""A ticket, as shown on the page of an act, and what the act changes in euros today."""

from decimal import Decimal

from django.utils import timezone

from core.money import NBSP, euros
from core.spelling import of_whom
from tickets import disputes
from tickets.models import State, Ticket
from wallets.models import Wallet

from .about import About, Facts


def name(ticket: Ticket) -> str:
    """« Ticket n° 12 d’Inès GAUTHIER »."""
    return f"{ticket} {of_whom(ticket.wallet.beneficiary.full_name)}"


def cancelling(ticket: Ticket) -> About:
    campaign = ticket.wallet.campaign
    if campaign.late_cancellation_on(timezone.localdate()):
        gone = f"Le dernier jour pour annuler est passé{NBSP}: {ticket.cancellable_until:%d/%m/%Y}."
        return About(facts(ticket), _lost(ticket), warnings=[gone])
    balance = ticket.wallet.balance
    outcome = (
        f"{euros(ticket.amount)} reviennent au {_wallet(ticket)}{NBSP}: "
        f"{_change(balance, balance + ticket.amount)}."
    )
    if timezone.localdate() > campaign.last_ticket_on:
        outcome += f" La campagne ne prend plus de tickets{NBSP}: cette somme ne pourra plus servir."
    return About(facts(ticket), outcome)


def remaking(ticket: Ticket) -> About:
    """A ticket that serves gives its euros back first: the balance stays as it is."""
    balance = ticket.wallet.balance
    if ticket.displayed_state == State.UNUSED:
        outcome = f"Celui-ci est annulé, un autre du même montant le remplace. {_unchanged(ticket)}"
        return About(facts(ticket), outcome)
    if balance < ticket.amount:
        missing = f"Il ne reste que {euros(balance)}{NBSP}: le ticket ne peut pas être refait."
        return About(facts(ticket), warnings=[missing])
    change = f"le {_wallet(ticket)} passe de {euros(balance)} à {euros(balance - ticket.amount)}"
    return About(facts(ticket), f"Un autre du même montant est créé{NBSP}: {change}.")


def using(ticket: Ticket) -> About:
    return About(facts(ticket), f"{euros(ticket.amount)} seront comptés comme utilisés. {_unchanged(ticket)}")


def using_late(ticket: Ticket) -> About:
    late = ("Peut être marqué utilisé en retard jusqu’au", f"{ticket.usable_late_until:%d/%m/%Y}")
    outcome = f"{euros(ticket.amount)}, expirés, seront comptés comme utilisés. {_unchanged(ticket)}"
    return About([*facts(ticket), late], outcome)


def why_not_late(ticket: Ticket) -> str:
    """In a few words; empty while it may still be marked as used."""
    until = ticket.usable_late_until
    return f"c’était possible jusqu’au {until:%d/%m/%Y}" if timezone.localdate() > until else ""


def undoing(ticket: Ticket) -> About:
    if timezone.localdate() > ticket.valid_until:
        gone = (
            f"Le dernier jour est passé{NBSP}: le ticket sera «{NBSP}Expiré{NBSP}», et ne pourra plus servir."
        )
        return About(facts(ticket), _unchanged(ticket), warnings=[gone])
    outcome = f"{euros(ticket.amount)} sont de nouveau sur un ticket qui peut servir. {_unchanged(ticket)}"
    return About(facts(ticket), outcome)


def why_not_undone(ticket: Ticket) -> str:
    """In a few words; empty while its use may be undone."""
    return "sa somme est déjà reprise à l’organisme" if disputes.is_taken_back(ticket) else ""


def facts(ticket: Ticket) -> Facts:
    wallet, child = ticket.wallet, ticket.wallet.beneficiary
    return [
        ("Bénéficiaire", f"{child.full_name} ({child.birth_year})"),
        ("Collège", f"{child.school}, {child.get_grade_display()}"),
        ("Montant", euros(ticket.amount)),
        ("Porte-monnaie", f"{wallet.get_kind_display()}, campagne {wallet.campaign}"),
        ("Organisme et activité", ticket.offer or "aucun encore, ticket papier"),
        ("Créé le", f"{timezone.localtime(ticket.created_at):%d/%m/%Y}, par {child.who(ticket.order.actor)}"),
        ("Peut être annulé par la famille jusqu’au", f"{ticket.cancellable_until:%d/%m/%Y}"),
        ("Peut être utilisé jusqu’au", f"{ticket.valid_until:%d/%m/%Y}"),
        ("État", ticket.current_state.label),
    ]


def _lost(ticket: Ticket) -> str:
    balance = euros(ticket.wallet.balance)
    return f"{euros(ticket.amount)} sont perdus{NBSP}: le {_wallet(ticket)} reste à {balance}."


def _unchanged(ticket: Ticket) -> str:
    return f"Le {_wallet(ticket)} reste à {euros(ticket.wallet.balance)}."


def _wallet(ticket: Ticket) -> str:
    wallet: Wallet = ticket.wallet
    return f"porte-monnaie {wallet.get_kind_display()} {of_whom(wallet.beneficiary.first_name)}"


def _change(before: Decimal, after: Decimal) -> str:
    return f"{euros(before)} → {euros(after)}"

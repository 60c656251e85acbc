"""The tickets that a guardian who leaves may still hold: they are money, on paper or in a telephone."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.office import guardian_acts
from accounts.office.acts import About
from tickets.models import Ticket
from wallets.money import euros

AT_MOST = 30


def leaving(child: Beneficiary) -> About:
    """What `accounts` tells of who leaves, and each ticket that one of the guardians ordered or printed."""
    told = guardian_acts.leaving(child)
    links = [link for guardian in child.guardians.order_by("username") for link in _held(guardian, child)]
    warnings = []
    if links:
        warnings = ["Ces tickets peuvent encore servir à qui les a. Annulez d’abord ceux de qui part."]
    return About(told.facts, told.outcome, warnings, links[:AT_MOST])


def _held(guardian: User, child: Beneficiary) -> list[tuple[str, str]]:
    usable = Ticket.objects.usable_on(timezone.localdate()).filter(wallet__beneficiary=child)
    theirs = usable.filter(Q(order__actor=guardian) | Q(printings__actor=guardian)).order_by("number")
    return [
        (
            f"{ticket}, {euros(ticket.amount)}, créé ou imprimé par {guardian}",
            reverse("admin:tickets_ticket_annuler", args=[ticket.pk]),
        )
        for ticket in theirs.distinct()
    ]

"""Unused tickets that a leaving guardian or a thief may still hold: they are money, on paper too."""

from dataclasses import replace

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import ADDRESS_IS_NEW, Beneficiary, User
from core.money import euros
from tickets.models import Ticket, TicketQuerySet

from . import accounts, children, people
from .about import About

AT_MOST = 30
# Of a thief who came before anybody noticed.
LATELY = ADDRESS_IS_NEW


def leaving(child: Beneficiary) -> About:
    """The child and its guardians, and each usable ticket that one of them ordered or printed."""
    told = children.leaving(child)
    links = [link for guardian in child.guardians.order_by("username") for link in _held(guardian, child)]
    warnings = []
    if links:
        warnings = ["Ces tickets peuvent encore servir à qui les a. Annulez d’abord ceux de qui part."]
    return About(told.facts, told.outcome, warnings, links[:AT_MOST])


def of_theft(user: User) -> About:
    """The stolen account, and each usable ticket that it made lately."""
    told = accounts.theft(user)
    since = timezone.now() - LATELY
    made = _usable().filter(order__actor=user, created_at__gte=since).order_by("number")
    links = [_link(ticket, f"créé le {people.day(ticket.created_at)}") for ticket in made[:AT_MOST]]
    return replace(told, links=links)


def _held(guardian: User, child: Beneficiary) -> list[tuple[str, str]]:
    of_the_child = _usable().filter(wallet__beneficiary=child)
    theirs = of_the_child.filter(Q(order__actor=guardian) | Q(printings__actor=guardian)).order_by("number")
    return [_link(ticket, f"créé ou imprimé par {guardian}") for ticket in theirs.distinct()]


def _usable() -> TicketQuerySet:
    return Ticket.objects.usable_on(timezone.localdate())


def _link(ticket: Ticket, how: str) -> tuple[str, str]:
    address = reverse("admin:tickets_ticket_annuler", args=[ticket.pk])
    return f"{ticket}, {euros(ticket.amount)}, {how}", address

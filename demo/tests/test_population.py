"""Families and tickets of every sort."""

import pytest
from django.contrib.auth.hashers import check_password
from django.db.models import Count, F

from accounts.demonstration import PASSWORD
from accounts.models import Beneficiary, User
from demo import family
from tickets.models import State, Ticket
from wallets.models import Kind, Wallet

from .loading import demo, share

pytestmark = pytest.mark.django_db


def test_families_are_of_every_sort():
    demo(tickets=0)
    drawn = Beneficiary.objects.filter(pupil_number__startswith="921")
    parents = User.objects.filter(children__in=drawn)
    assert set(drawn.annotate(n=Count("guardians")).values_list("n", flat=True)) == {1, 2}
    assert set(parents.annotate(n=Count("children")).values_list("n", flat=True)) >= {1, 2}
    preferred = Wallet.objects.filter(beneficiary__in=drawn, balance=F("campaign__larger_share"))
    assert preferred.filter(kind=Kind.SPORT).count() == preferred.filter(kind=Kind.CULTURE).count() == 30


def test_every_parent_has_the_demonstration_password():
    demo(tickets=0)
    parents = User.objects.filter(username__startswith="parent.921")
    [shared] = set(parents.values_list("password", flat=True))
    assert check_password(PASSWORD, shared)


def test_tickets_are_of_every_sort():
    demo()
    tickets = Ticket.objects.all()
    assert 70 < share(tickets, {"wallet__kind": Kind.SPORT}) < 86
    assert 35 < share(tickets, {"state": State.UNUSED}) < 55
    assert 35 < share(tickets, {"state": State.USED}) < 55
    assert 4 < share(tickets, {"state": State.CANCELLED}) < 16
    assert 30 < share(tickets, {"order__offer": None}) < 50


def test_tickets_follow_their_dates():
    demo()
    tickets = Ticket.objects.order_by("number")
    dates = list(tickets.values_list("created_at", flat=True))
    assert dates == sorted(dates)
    assert not tickets.filter(created_at__date__lt=F("wallet__campaign__opens_on")).exists()
    assert not tickets.filter(used_at__lt=F("created_at")).exists()


def test_the_small_demonstration_keeps_its_credit():
    demo()
    pupils = [child.pupil_number for child in family.CHILDREN]
    assert not Ticket.objects.filter(wallet__beneficiary__pupil_number__in=pupils).exists()

"""security.md F2 and F25: one PDF is drawn at a time, and few wait for it."""

import threading

import pytest
from django.test import Client
from django.urls import reverse

from core import pdf as pen
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .printing import printing

pytestmark = pytest.mark.django_db


def test_who_waited_long_enough_is_told_to_come_back(client, child, drawn, busy_pen):
    """security.md F2: a thread never waits for the pen without limit."""
    ticket = make_ticket(wallet=make_wallet("60", beneficiary=child))
    answer = client.get(*printing(child, ticket))

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Recommencez dans 5\N{NO-BREAK SPACE}secondes" in answer.text
    assert drawn == []
    assert not ticket.printings.exists()


def test_my_data_waits_no_longer(client, child, drawn, busy_pen):
    """security.md F2."""
    assert client.get(reverse("privacy:my_data")).status_code == 503


def test_other_visitors_are_served_meanwhile(client, child, drawn, busy_pen):
    """security.md F2."""
    assert client.get(reverse("tickets:home", args=[child.public_id])).status_code == 200
    assert Client().get("/accueil/").status_code == 200


def test_one_draws_one_waits_and_the_seventeenth_goes_at_once(monkeypatch):
    """security.md F2: sixteen of one family, and no thread was left for anybody."""
    monkeypatch.setattr(pen, "PATIENCE", 60)
    drawing, drawn = threading.Event(), threading.Event()

    def hold():
        with pen._one_at_a_time():
            drawing.set()
            drawn.wait(60)

    first = threading.Thread(target=hold)
    first.start()
    drawing.wait(60)
    second = threading.Thread(target=hold)
    second.start()
    while pen._line._value:  # Until it is the one that waits.
        pass
    for _ in range(15):
        with pytest.raises(pen.PenTaken), pen._one_at_a_time():
            pass
    drawn.set()
    first.join()
    second.join()

    with pen._one_at_a_time():
        pass

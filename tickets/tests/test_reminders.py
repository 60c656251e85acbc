"""« Il vous reste de l’argent » : 30, 7 and 1 days before, once each, and not to those who want none."""

import pytest
from django.core.management import call_command

from accounts.tests.factories import make_beneficiary, make_user
from tickets import reminders
from tickets.tests.reminding import make_due, make_family, send, stop_link
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("run_on", "told"),
    [
        pytest.param([31], [], id="too early"),
        pytest.param([30, 7, 1], [30, 7, 1], id="as foreseen"),
        pytest.param(range(40, -3, -1), [30, 7, 1], id="every day"),
        pytest.param([30, 30, 7, 7], [30, 7], id="twice a day"),
        pytest.param([20, 6, 5, 0, 0], [20, 6, 0], id="days that were missed are made up for"),
        pytest.param([2, 1], [2, 1], id="the one of 7 days, then the one of 1"),
        pytest.param([-1], [], id="too late"),
    ],
)
def test_when(mailoutbox, run_on, told):
    campaign = make_campaign(last_ticket_on=days(100))
    make_family(campaign)
    for left in run_on:
        send(100 - left)

    said = {0: "aujourd’hui le dernier jour", 1: "Le dernier jour est demain"}
    assert len(mailoutbox) == len(told)
    for message, left in zip(mailoutbox, told, strict=True):
        assert said.get(left, f"dans {left}\xa0jours") in message.body


def test_what(mailoutbox):
    campaign = make_due()
    guardian = make_family(campaign, "20")
    lucien = make_beneficiary(guardian, first_name="Lucien")
    for kind, balance in ((Kind.SPORT, "60"), (Kind.CULTURE, "12.50")):
        make_wallet(balance, kind=kind, beneficiary=lucien, campaign=campaign)
    make_wallet("500", beneficiary=make_beneficiary(make_user("voisin", email="")), campaign=campaign)
    call_command("send_reminders")

    [message] = mailoutbox
    assert "encore 92,50\xa0€" in message.body
    assert "Garance\xa0: Culture 20,00\xa0€\nLucien\xa0: Sport 60,00\xa0€, Culture 12,50\xa0€" in message.body
    assert "https://pass.example/beneficiaires/?vers=order" in message.body


def test_of_one_child_it_leads_straight_to_the_ticket(mailoutbox):
    guardian = make_family(make_due())
    send()

    assert f"/beneficiaires/{guardian.children.get().public_id}/loisirs/effectuer" in mailoutbox[0].body


@pytest.mark.parametrize(
    "fields", [{"reminders": False}, {"email": ""}, {"is_active": False}, {"is_staff": True}], ids=str
)
def test_who_is_not_reminded(mailoutbox, fields):
    make_family(make_due(), **fields)

    assert send() == 0
    assert mailoutbox == []


@pytest.mark.parametrize(("balance", "written"), [("0.99", 0), ("1.00", 1)])
def test_not_of_what_makes_no_ticket(mailoutbox, balance, written):
    make_family(make_due(ticket_minimum="1.00"), balance)

    assert send() == written


def test_both_guardians_each_for_themselves(mailoutbox):
    make_wallet(
        beneficiary=make_beneficiary(make_user("camille"), make_user("dominique")), campaign=make_due()
    )
    send()

    assert sorted(message.to for message in mailoutbox) == [
        ["camille@famille.example"],
        ["dominique@famille.example"],
    ]
    assert len({stop_link(message) for message in mailoutbox}) == 2


def test_many_families_at_a_time(monkeypatch, mailoutbox):
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    campaign = make_due()
    for number in range(5):
        make_family(campaign, username=f"parent{number}")

    assert [send(), send()] == [5, 0]

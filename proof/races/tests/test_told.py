"""What a page says becomes what the book is told; what nobody should read becomes a fault."""

import pytest
from django.utils import timezone

from accounts.models import User
from proof.races import families
from proof.races.acts import DONE, Page, What, refusal_in
from proof.servers.browser import Answer, Target
from tickets.counter import refusals, undoing
from tickets.models import Ticket, Use
from wallets.models import Campaign, Wallet

WHEN = timezone.now()
USE = Use(used_at=WHEN, actor=User(first_name="Sophie", last_name="Martin"))
TICKET = Ticket(wallet=Wallet(campaign=Campaign(last_validation_on=WHEN.date())))
TARGET = Target("/organismes/1/utiliser/", "", "", body="key=1", leads_to="/utilisations/1/")
CONFIRMED = Page(what=What.USE, ticket=1, key="1", target=TARGET)
UNDONE = Page(what=What.UNDO_USE, ticket=1, target=TARGET, sentence="est annulée")


@pytest.mark.parametrize(
    ("refusal", "name"),
    [
        (refusals.UsedHere(USE), "déjà utilisé"),
        (refusals.UsedElsewhere(USE), "déjà utilisé"),
        (refusals.Cancelled(), "ticket annulé"),
        (refusals.Expired(TICKET), "ticket expiré"),
        (refusals.ForAnother(), "affecté ailleurs"),
        (refusals.UndoneSince(), "annulée depuis"),
        (undoing.AlreadyUndone(), "déjà annulée"),
    ],
)
def test_refusals_of_a_counter(refusal, name):
    assert refusal_in(refusal.sentence) == name


def answers(monkeypatch, act, first, then=""):
    """What the act is told, by an answer that leads to `first`, which says `then`."""
    pages = iter([Answer(302, first, "", {}), Answer(200, "", then, {})])
    monkeypatch.setattr(families, "ask", lambda port, target: next(pages))
    return families.send(0, act, 0)


def test_a_form_is_done_where_it_leads(monkeypatch):
    assert answers(monkeypatch, CONFIRMED, "/organismes/1/utilisations/1/").told == DONE


def test_an_undo_by_what_the_page_says(monkeypatch):
    assert answers(monkeypatch, UNDONE, "/organismes/1/", "L’utilisation est annulée.").told == DONE


@pytest.mark.parametrize("act", [CONFIRMED, UNDONE])
def test_led_back_and_told_why(monkeypatch, act):
    refused = answers(monkeypatch, act, "/organismes/1/", "Cette utilisation est déjà annulée.")
    assert refused.told == "déjà annulée"


def test_a_sentence_that_nobody_should_read(monkeypatch):
    said = '<div class="messages" role="status"><p>Une <b>autre</b> phrase.</p></div>'
    assert answers(monkeypatch, CONFIRMED, "/organismes/1/", said).fault.endswith("« Une autre phrase. »")

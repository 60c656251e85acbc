"""What is done in batches is stopped, resumed, or left so."""

import pytest

from accounts.audit import Action
from accounts.proposals import Proposal, ProposalState
from backoffice.figures import board
from wallets.models import Wallet
from wallets.tests.factories import make_campaign, spend

from .desk import children, journal

pytestmark = pytest.mark.django_db


def test_it_is_stopped_and_resumed(one, other):
    """admin.md 1: no « Arrêter », and 34 lines of the journal without a sum."""
    campaign = make_campaign()
    children(5)
    one.fill(campaign, "ouvrir")
    other.confirm(campaign, "ouvrir")

    assert "2 sur 5, encore 3 enfants inscrits n’ont pas" in other.look(campaign, "ouvrir").text
    page = other.send(campaign, "ouvrir", step="stop").text
    assert "<b>Arrêté.</b>" in page
    assert ">Encore 3 enfants inscrits n’ont pas encore" in page
    assert "arrêté en route\N{NO-BREAK SPACE}: Ouvrir la campagne" in next(board.proposals(one.agent)).what
    assert "admin-progress.js" not in page
    assert Wallet.objects.count() == 4
    other.send(campaign, "ouvrir", step="stop")

    for _ in range(2):
        one.send(campaign, "ouvrir", step="go-on")
    assert Wallet.objects.count() == 10
    assert [details for action, _, details in journal() if action == Action.CAMPAIGN_OPENED] == [
        "2 enfants dotés, 160,00\N{NO-BREAK SPACE}€ – arrêté en route – proposé par agnes",
        "3 enfants dotés, 240,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    ]


def test_one_alone_is_told_in_the_singular(one, other):
    campaign = make_campaign()
    children(1)

    assert "<b>1</b> enfant inscrit n’a pas encore de porte-monnaie." in one.look(campaign, "ouvrir").text
    one.fill(campaign, "ouvrir")
    other.confirm(campaign, "ouvrir")

    assert journal()[-1][2] == "1 enfant doté, 80,00\N{NO-BREAK SPACE}€ – proposé par agnes"


def test_what_was_stopped_may_stay_so(one, other):
    campaign = make_campaign()
    children(3)
    one.fill(campaign, "ouvrir")
    other.confirm(campaign, "ouvrir")
    other.send(campaign, "ouvrir", step="stop")

    other.send(campaign, "ouvrir", step="withdraw")

    assert Proposal.objects.get().state == ProposalState.WITHDRAWN
    assert Wallet.objects.count() == 4


def test_a_ticket_made_meanwhile_stops_an_undo(one, other):
    campaign = make_campaign()
    children(3)
    one.fill(campaign, "ouvrir")
    other.confirm(campaign, "ouvrir")
    other.send(campaign, "ouvrir", step="go-on")
    one.fill(campaign, "annuler-l-ouverture")
    other.confirm(campaign, "annuler-l-ouverture")
    spend(Wallet.objects.filter(campaign=campaign, balance=60)[0], "10")

    other.send(campaign, "annuler-l-ouverture", step="go-on")

    assert Proposal.objects.get(act="annuler-l-ouverture").state == ProposalState.STOPPED
    assert sorted(Wallet.objects.values_list("balance", flat=True)) == [0, 0, 20, 20, 50, 60]
    assert journal()[-1][2].startswith("2 porte-monnaie repris, 80,00")


def test_an_opening_and_its_undo_are_not_done_at_once(one, other):
    campaign = make_campaign()
    children(5)
    one.fill(campaign, "ouvrir")
    other.confirm(campaign, "ouvrir")
    one.fill(campaign, "annuler-l-ouverture")

    assert "Un autre acte est en cours" in other.confirm(campaign, "annuler-l-ouverture").text
    assert Proposal.objects.get(act="annuler-l-ouverture").state == ProposalState.PENDING

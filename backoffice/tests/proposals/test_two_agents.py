"""An act is proposed by one agent; another one confirms or refuses it."""

import pytest
from django.urls import reverse

from accounts.audit import Action
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_agent
from wallets.models import Wallet
from wallets.tests.factories import make_campaign, make_closed_campaign, make_wallet

from .desk import Desk, children, journal, seen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["", "2026", "campagne"])
def test_the_name_of_the_campaign_is_typed(one, other, typed):
    campaign = make_closed_campaign(name="2026-2027")
    make_wallet("60", campaign=campaign)

    assert "typed" in one.fill(campaign, "clore", typed=typed).context["form"].errors
    assert not Proposal.objects.exists()
    one.fill(campaign, "clore")
    other.send(campaign, "clore", step="confirm", typed=typed)
    assert Wallet.objects.get().balance == 60


def test_a_refusal_says_why_and_lets_another_be_made(one, other):
    campaign = make_campaign()
    children(1)
    one.fill(campaign, "ouvrir")

    other.send(campaign, "ouvrir", step="refuse", answer="")
    assert Proposal.objects.get().state == ProposalState.PENDING
    other.send(campaign, "ouvrir", step="refuse", answer="La liste vient demain")

    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.answer) == (ProposalState.REFUSED, "La liste vient demain")
    assert "n’est plus possible" in other.confirm(campaign, "ouvrir").text
    assert not Wallet.objects.exists()
    one.fill(campaign, "ouvrir")
    assert Proposal.objects.living().count() == 1
    assert [action for action, *_ in journal()] == [
        Action.PROPOSED,
        Action.PROPOSAL_REFUSED,
        Action.PROPOSED,
    ]


def test_who_proposed_it_withdraws_it(one, other):
    campaign = make_campaign()
    children(1)
    one.fill(campaign, "ouvrir")

    assert "Un autre le refuse" in other.send(campaign, "ouvrir", step="withdraw").text
    one.send(campaign, "ouvrir", step="withdraw")

    assert Proposal.objects.get().state == ProposalState.WITHDRAWN


def test_what_changed_meanwhile_is_proposed_anew(one, other):
    campaign = make_campaign()
    children(2)
    one.fill(campaign, "ouvrir")
    children(1)

    assert "Ce n’est plus ce qui a été proposé" in other.look(campaign, "ouvrir").text
    assert "les chiffres ont changé" in other.confirm(campaign, "ouvrir").text
    assert not Wallet.objects.exists()
    assert Proposal.objects.get().state == ProposalState.OUTDATED

    one.fill(campaign, "ouvrir")
    other.confirm(campaign, "ouvrir")
    assert Wallet.objects.count() == 4


def test_what_changed_between_two_pages_is_read_again(one):
    campaign = make_campaign()
    children(2)
    read = seen(one.look(campaign, "ouvrir"))
    children(1)

    said = {"reason": "Rentrée", "typed": str(campaign)}
    response = one.send(campaign, "ouvrir", seen=read, **said)
    assert "Rien n’est encore fait" in response.text
    assert "3 × 60,00" in response.text
    assert not Proposal.objects.exists()


def test_who_may_not_do_it_may_not_confirm_it(one, enter, client):
    campaign = make_campaign()
    children(1)
    one.fill(campaign, "ouvrir")
    adviser = Desk(enter, client, make_agent("téléconseiller", "tom"))

    assert adviser.confirm(campaign, "ouvrir").status_code == 403
    assert "Ouvrir la campagne" not in client.get(reverse("admin:index")).text


def test_the_board_says_what_waits(one, other, client):
    campaign = make_campaign()
    children(1)
    one.fill(campaign, "ouvrir")
    other.look(campaign, "ouvrir")

    page = client.get(reverse("admin:index")).text
    assert f"Ouvrir la campagne, {campaign}, proposé par agnes" in page
    assert reverse("admin:wallets_campaign_ouvrir", args=[campaign.pk]) in page

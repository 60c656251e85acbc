"""An act that takes two agents: proposed, confirmed, refused, withdrawn, done batch by batch."""

import re
import uuid
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.acts import campaigns as acts
from backoffice.figures import board
from wallets import campaigns, services, supplements
from wallets.exceptions import CeilingNotRaised
from wallets.models import Wallet
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet, spend

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(acts, "BATCH", 2)


class Desk:
    """One agent before one act's page, as a browser shows it."""

    def __init__(self, enter, client, agent):
        self.enter, self.client, self.agent = enter, client, agent

    def look(self, row, name):
        self.enter(self.agent)
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        return self.client.get(reverse(f"admin:{model}_{name}", args=[row.pk]), follow=True)

    def send(self, row, name, **said):
        self.enter(self.agent)
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        return self.client.post(reverse(f"admin:{model}_{name}", args=[row.pk]), said, follow=True)

    def fill(self, row, name, **said):
        """The form, with what its page told; again with what it told then, if it asks to read again."""
        said = {"reason": "Rentrée", "typed": str(row)} | said
        response = self.send(row, name, seen=seen(self.look(row, name)), **said)
        return self.send(row, name, seen=seen(response), **said) if seen(response) else response

    def confirm(self, row, name):
        return self.send(row, name, step="confirm", typed=str(row))


def seen(response):
    found = re.search(r'name="seen" value="(\w+)"', response.text)
    return found[1] if found else ""


@pytest.fixture
def one(enter, client):
    return Desk(enter, client, make_agent(username="agnes"))


@pytest.fixture
def other(enter, client):
    return Desk(enter, client, make_agent(username="basile"))


def journal():
    return [(entry.action, str(entry.actor), entry.details) for entry in AuditEntry.objects.order_by("pk")]


def children(number):
    for _ in range(number):
        make_beneficiary()


# --- Two agents -------------------------------------------------------------------------------


def test_opening_shows_its_euros_and_takes_two_agents(one, other):
    """admin.md 3: no euros at all, and one agent alone."""
    campaign = make_campaign(larger_share=600)
    children(3)

    page = one.look(campaign, "ouvrir").text
    assert "3 × 600,00\N{NO-BREAK SPACE}€ = 1\N{NO-BREAK SPACE}800,00\N{NO-BREAK SPACE}€" in page
    assert "1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€" in page

    assert "Un autre agent doit confirmer" in one.fill(campaign, "ouvrir").text
    assert "se confirme par un autre agent" in one.confirm(campaign, "ouvrir").text
    assert not Wallet.objects.exists()

    page = other.look(campaign, "ouvrir").text
    assert "agnes" in page
    assert "Rentrée" in page
    assert "1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€" in page
    response = other.confirm(campaign, "ouvrir")
    assert (response.context["done"], response.context["left"]) == (2, 1)
    other.send(campaign, "ouvrir", step="go-on", total=3)

    assert sorted(Wallet.objects.values_list("balance", flat=True)) == [20, 20, 20, 600, 600, 600]
    (proposed, done) = journal()
    assert proposed[:2] == (Action.PROPOSED, "agnes")
    assert proposed[2].startswith("Ouvrir la campagne, ")
    assert "1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€" in proposed[2]
    assert done == (
        Action.CAMPAIGN_OPENED,
        "basile",
        "3 enfants dotés, 1\N{NO-BREAK SPACE}860,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    )
    proposal = Proposal.objects.get()
    assert (proposal.state, proposal.proposed_by, proposal.decided_by, proposal.alone) == (
        ProposalState.DONE,
        one.agent,
        other.agent,
        False,
    )


def test_closing_shows_what_families_lose(one, other):
    """admin.md 1: 4 499 655,50 € went with one click, and no sum was on any page."""
    last = make_closed_campaign(name="2024-2025", opens_on=days(-400))
    make_wallet("7", campaign=last)
    campaign = make_closed_campaign()
    for balance in ("12.50", "60", "3"):
        make_wallet(balance, campaign=campaign)

    page = one.look(campaign, "clore").text
    assert "3 porte-monnaie, 75,50\N{NO-BREAK SPACE}€" in page
    assert "Campagne précédente, 2024-2025" in page
    one.fill(campaign, "clore")
    other.confirm(campaign, "clore")
    assert "62,50" not in str(journal())
    other.send(campaign, "clore", step="go-on")

    assert set(Wallet.objects.filter(campaign=campaign).values_list("balance", flat=True)) == {0}
    assert [details for action, _, details in journal() if action == Action.CAMPAIGN_CLOSED] == [
        "3 porte-monnaie vidés, 75,50\N{NO-BREAK SPACE}€ – proposé par agnes"
    ]


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


# --- The ceiling of corrections ---------------------------------------------------------------


def test_a_ceiling_is_raised_by_two_agents(one, other):
    """security.md F8: one agent raised it alone, then corrected alone whatever he wished."""
    campaign = make_campaign()
    one.fill(campaign, "relever-le-plafond", ceiling="500")
    one.confirm(campaign, "relever-le-plafond")
    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 200

    assert "200,00\N{NO-BREAK SPACE}€ → 500,00" in other.look(campaign, "relever-le-plafond").text
    other.confirm(campaign, "relever-le-plafond")
    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 500
    assert journal()[-1] == (
        Action.CEILING_RAISED,
        "basile",
        "200,00\N{NO-BREAK SPACE}€ → 500,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    )


def test_one_that_changed_meanwhile_is_proposed_again(one, other):
    campaign = make_campaign()
    one.fill(campaign, "relever-le-plafond", ceiling="500")
    type(campaign).objects.update(correction_ceiling=300)
    other.confirm(campaign, "relever-le-plafond")

    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 300
    assert Proposal.objects.get().state == ProposalState.OUTDATED


@pytest.mark.parametrize("ceiling", ["200", "10000000", "NaN", "-5"])
def test_it_is_no_way_down_nor_to_infinity(one, ceiling):
    assert "errorlist" in one.fill(make_campaign(), "relever-le-plafond", ceiling=ceiling).text
    assert not Proposal.objects.exists()


def test_raised_twice_at_once_it_is_raised_once():
    campaign = make_campaign()
    campaigns.raise_ceiling(campaign_id=campaign.pk, ceiling=Decimal(500))

    with pytest.raises(CeilingNotRaised):
        campaigns.raise_ceiling(campaign_id=campaign.pk, ceiling=Decimal(500))


def test_a_team_of_one_raises_it_alone(one, settings):
    settings.SECOND_AGENT = False
    campaign = make_campaign()
    one.fill(campaign, "relever-le-plafond", ceiling="500")
    one.confirm(campaign, "relever-le-plafond")

    campaign.refresh_from_db()
    assert campaign.correction_ceiling == 500
    assert journal()[-1][2].endswith("– sans second agent")


# --- One agent alone --------------------------------------------------------------------------


def test_a_team_of_one_is_told_so(one, settings, client):
    settings.SECOND_AGENT = False
    campaign = make_campaign()
    children(1)

    assert "second agent est désactivé" in one.fill(campaign, "ouvrir").text
    one.confirm(campaign, "ouvrir")

    assert Proposal.objects.get().alone
    assert journal()[-1][2].endswith("– sans second agent")
    assert "Le second agent est désactivé" in client.get(reverse("admin:index")).text
    settings.SECOND_AGENT = True
    assert "Le second agent est désactivé" not in client.get(reverse("admin:index")).text


# --- What takes a while -----------------------------------------------------------------------


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


def test_a_closing_is_reopened(one, other):
    """admin.md 2: a date of yesterday, saved by mistake, ended a campaign for good."""
    campaign = make_closed_campaign()
    make_wallet("60", campaign=campaign)
    one.fill(campaign, "clore")
    other.confirm(campaign, "clore")
    assert Wallet.objects.get().balance == 0

    assert "60,00" in one.fill(campaign, "rouvrir").text
    other.confirm(campaign, "rouvrir")

    assert Wallet.objects.get().balance == 60
    assert journal()[-1] == (
        Action.CAMPAIGN_REOPENED,
        "basile",
        "1 porte-monnaie rétabli, 60,00\N{NO-BREAK SPACE}€ – proposé par agnes",
    )


def test_before_its_day_a_campaign_opens_for_who_says_so(one):
    """admin.md 4: opened half a year early, without a word."""
    campaign = make_campaign(opens_on=days(10))
    children(1)

    page = one.look(campaign, "ouvrir").text
    assert "n’ouvre que le" in page
    assert "Dernière liste complète" in page
    assert "too_early" in one.fill(campaign, "ouvrir").context["form"].errors
    one.fill(campaign, "ouvrir", too_early="on")
    assert Proposal.objects.exists()


# --- Corrections ------------------------------------------------------------------------------


def test_a_correction_shows_the_balance_before_and_after(one):
    """admin.md 5: one click, and neither whose nor how much was on the page."""
    wallet = make_wallet("60")
    said = {"reason": "Stage", "way": "debit", "amount": "12,50", "key": uuid.uuid4()}
    page = one.look(wallet, "corriger")
    assert str(wallet.beneficiary) in page.text

    page = one.send(wallet, "corriger", seen=seen(page), **said)
    assert "47,50\N{NO-BREAK SPACE}€" in page.text
    assert "Rien n’est encore fait" in page.text
    wallet.refresh_from_db()
    assert wallet.balance == 60

    for _ in range(2):
        one.send(wallet, "corriger", seen=seen(page), **said)
    wallet.refresh_from_db()
    assert wallet.balance == Decimal("47.50")
    assert len(journal()) == 1


@pytest.mark.parametrize(("amount", "waits"), [("200", False), ("200,01", True), ("5000", True)])
def test_above_the_ceiling_another_agent_confirms(one, other, amount, waits):
    """admin.md 5, security.md F8: 5 000 € on a wallet of 20 €, 900 000 € by one gestionnaire."""
    wallet = make_wallet("20")
    one.fill(wallet, "corriger", way="credit", amount=amount, key=uuid.uuid4())

    wallet.refresh_from_db()
    assert (wallet.balance == 20) == waits
    if waits:
        other.confirm(wallet, "corriger")
        wallet.refresh_from_db()
        assert wallet.balance == 20 + Decimal(amount.replace(",", "."))
        assert journal()[-1][:2] == (Action.CORRECTION, "basile")
        assert "proposé par agnes" in journal()[-1][2]


def test_the_ceiling_is_not_passed_in_slices(one):
    """security.md F8: twice 150 € is as much as 300 €."""
    wallet = make_wallet("20")
    for _ in range(2):
        one.fill(wallet, "corriger", way="credit", amount="150", key=uuid.uuid4())

    wallet.refresh_from_db()
    assert wallet.balance == 170
    assert Proposal.objects.get().act == "corriger"
    assert "Correction\N{NO-BREAK SPACE}: 150,00\N{NO-BREAK SPACE}€" in journal()[-1][2]


def test_two_windows_of_one_agent_do_not_pass_it(one, monkeypatch):
    """security.md F8: each of the two corrections, judged before the other was written, is below it."""
    wallet, correct = make_wallet("20"), services.correct

    def after_another(**said):
        correct(**said | {"key": uuid.uuid4()})
        return correct(**said)

    monkeypatch.setattr(services, "correct", after_another)
    page = one.fill(wallet, "corriger", way="credit", amount="150", key=uuid.uuid4())

    assert "les chiffres ont changé" in page.text
    wallet.refresh_from_db()
    assert wallet.balance == 20
    assert journal() == []


@pytest.mark.parametrize(("supplement", "waits"), [("200", False), ("200.01", True)])
def test_a_supplement_is_no_way_round_the_ceiling(one, other, supplement, waits):
    """security.md F8: its amount is set by one agent, and it goes to one child."""
    campaign = make_campaign(supplement=supplement)
    child = make_beneficiary()
    wallet = make_wallet("60", campaign=campaign, beneficiary=child)
    one.fill(wallet, "supplement")

    wallet.refresh_from_db()
    assert (wallet.balance == 60) == waits
    if waits:
        other.confirm(wallet, "supplement")
        wallet.refresh_from_db()
        assert wallet.balance == Decimal("260.01")
        assert journal()[-1][1] == "basile"


# --- What the database refuses ----------------------------------------------------------------


def make_proposal(**fields):
    agent = make_user(is_staff=True)
    given = {"act": "ouvrir", "subject_key": "wallets.campaign 1", "reason": "x", "proposed_by": agent}
    return Proposal.objects.create(**given | fields)


def decided(state, **fields):
    return {"state": state, "decided_at": timezone.now(), "decided_by": make_user(), **fields}


def test_two_living_proposals_of_one_act(refused_by):
    make_proposal()
    with refused_by("accounts_proposal_one_living"):
        make_proposal()


def test_two_acts_that_run_on_one_row(refused_by):
    make_proposal(**decided(ProposalState.RUNNING))
    with refused_by("accounts_proposal_one_running"):
        make_proposal(act="clore", **decided(ProposalState.RUNNING))


@pytest.mark.parametrize("state", [ProposalState.RUNNING, ProposalState.STOPPED, ProposalState.DONE])
def test_who_confirms_what_he_proposed(refused_by, state):
    agent = make_user()
    fields = decided(state) | {"proposed_by": agent, "decided_by": agent}
    with refused_by("accounts_proposal_second_agent"):
        make_proposal(**fields)
    make_proposal(**fields, alone=True)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("accounts_proposal_state_is_known", {"state": "perhaps"}),
        ("accounts_proposal_says_why", {"reason": ""}),
        ("accounts_proposal_decided_means_dated_and_signed", {"decided_at": timezone.now()}),
    ],
)
def test_a_proposal_that_is_none(refused_by, name, fields):
    if "state" in fields:
        fields = decided(fields["state"])
    with refused_by(name):
        make_proposal(**fields)


def test_a_refusal_without_a_word(refused_by):
    with refused_by("accounts_proposal_refused_says_why"):
        make_proposal(**decided(ProposalState.REFUSED))


def test_the_year_before_is_compared_with_what_it_opened_with(one):
    """admin.md 3, its kind: supplements and corrections of the whole year counted as its opening."""
    campaign = make_campaign()
    last = make_campaign(name="2024-2025", opens_on=days(-400))
    children(2)
    campaigns.open_campaign(campaign_id=last.pk, limit=9, actor=one.agent)
    child = Wallet.objects.filter(campaign=last)[0].beneficiary_id
    supplements.grant_supplement(beneficiary_id=child, campaign_id=last.pk, actor=one.agent)
    wallet = Wallet.objects.filter(campaign=last)[0]
    services.correct(wallet_id=wallet.pk, amount=Decimal(7), key=uuid.uuid4(), actor=one.agent)
    make_beneficiary()

    facts = dict(one.look(campaign, "ouvrir").context["about"].facts)
    told = facts["Campagne précédente, 2024-2025 (sans supplément ni correction)"]
    assert told == "160,00\N{NO-BREAK SPACE}€, 2 enfants"


def test_the_year_before_is_compared_with_what_its_closing_took(one):
    """Its kind: what an erased family gave up is no closing's, nor who had nothing left."""
    last = make_closed_campaign(name="2024-2025", opens_on=days(-400))
    for balance in ("7", "5"):
        make_wallet(balance, campaign=last)
    campaigns.close_campaign(campaign_id=last.pk, limit=9, actor=one.agent)
    gone = make_wallet("3", campaign=last).beneficiary_id
    services.give_up(beneficiary_id=gone, amount=Decimal(3), actor=one.agent)
    campaign = make_closed_campaign()
    make_wallet("1", campaign=campaign)

    facts = dict(one.look(campaign, "clore").context["about"].facts)
    assert facts["Campagne précédente, 2024-2025 (à la clôture)"] == "12,00\N{NO-BREAK SPACE}€, 2 enfants"

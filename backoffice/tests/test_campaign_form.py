"""A campaign is saved in the administration: slips are asked about, broken promises say why."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry, subject_key
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_user
from wallets.models import Campaign
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db
DATES = ("opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on")


@pytest.fixture(autouse=True)
def agent(enter):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    enter(agent)
    return agent


@pytest.fixture
def save(client):
    """`save(campaign, larger_share="600")` sends the campaign's form, all else being as it is."""

    def send(campaign=None, **changed):
        row = campaign or Campaign(
            name="Nouvelle", **dict(zip(DATES, map(days, (1, 300, 300, 600)), strict=True))
        )
        names = [field.name for field in Campaign._meta.fields if field.name != "id"]
        values = {name: getattr(row, name) for name in names} | changed
        address = (
            reverse("admin:wallets_campaign_change", args=[campaign.pk])
            if campaign
            else reverse("admin:wallets_campaign_add")
        )
        return client.post(address, {name: str(value) for name, value in values.items()})

    return send


def errors_of(response):
    return response.context["adminform"].form.errors if response.status_code == 200 else {}


def test_a_plain_campaign_is_saved_without_a_question(save):
    assert save().status_code == 302
    assert Campaign.objects.get().name == "Nouvelle"


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"last_ticket_on": days(-1)}, "est déjà passé"),
        ({"last_ticket_on": days(50)}, "les familles avaient jusqu’au"),
        ({"last_validation_on": days(400)}, "les familles avaient jusqu’au"),
        ({"last_ticket_on": days(50), "last_cancellation_on": days(60)}, "les familles avaient jusqu’au"),
    ],
    ids=str,
)
def test_a_date_that_breaks_a_promise_asks_why(save, agent, changed, asked):
    """admin.md 2: yesterday typed as the last day, saved without a word, ended a campaign for good."""
    campaign = make_campaign()
    before = campaign.last_ticket_on

    assert asked in str(errors_of(save(campaign, **changed))["confirmed"])
    assert "reason" in errors_of(save(campaign, **changed, confirmed="on"))
    campaign.refresh_from_db()
    assert campaign.last_ticket_on == before

    assert save(campaign, **changed, confirmed="on", reason="Délibération du 3 mars").status_code == 302
    entry = AuditEntry.objects.get(action=Action.CHANGED)
    assert (entry.actor, entry.reason) == (agent, "Délibération du 3 mars")
    name, day = next(iter(changed.items()))
    usual = getattr(make_campaign(name="x"), name)
    assert [f"{usual:%d/%m/%Y}", f"{day:%d/%m/%Y}"] in [change[1:] for change in entry.changes]
    assert len(entry.changes) == len(changed)


@pytest.mark.parametrize("is_new", [True, False])
def test_a_higher_ceiling_is_not_saved_by_one_agent(save, is_new):
    """security.md F8: whoever raises it corrects alone what took two agents."""
    campaign = None if is_new else make_campaign()
    raised = {"correction_ceiling": "200.01", "confirmed": "on", "reason": "Délibération"}

    assert "se relève à deux agents" in str(errors_of(save(campaign, **raised))["correction_ceiling"])
    assert not Campaign.objects.filter(correction_ceiling__gt=200).exists()
    assert save(campaign, correction_ceiling="100").status_code == 302


def test_a_new_campaign_begins_with_the_ceiling_of_the_one_before(save):
    make_campaign(opens_on=days(-500), last_ticket_on=days(-101), correction_ceiling=400)

    assert save(correction_ceiling="400").status_code == 302


@pytest.mark.parametrize(
    "changed",
    [
        {"larger_share": "70"},
        {"supplement": "12"},
        {"ticket_minimum": "2"},
        {"ticket_step": "0.5"},
        {"last_validation_on": days(500)},
        {"last_cancellation_on": days(350)},
        {"late_cancellation": "forfeits"},
    ],
    ids=str,
)
def test_once_it_is_open_whatever_moves_money_says_why(save, agent, changed):
    """security.md F8, its kind: a later last day revived every expired ticket without a word."""
    campaign = make_campaign()
    make_wallet("60", campaign=campaign)

    assert "déjà ouverte" in str(errors_of(save(campaign, **changed))["confirmed"])
    assert "reason" in errors_of(save(campaign, **changed, confirmed="on"))
    assert save(campaign, **changed, confirmed="on", reason="Délibération").status_code == 302
    line = AuditEntry.objects.get(action=Action.CHANGED)
    assert (line.actor, line.reason, len(line.changes)) == (agent, "Délibération", 1)


@pytest.mark.parametrize("state", [ProposalState.RUNNING, ProposalState.STOPPED])
def test_the_shares_do_not_change_while_it_opens(save, agent, state):
    """security.md F8, its kind: two agents confirmed 60 €, the batches that were left would give 600."""
    campaign = make_campaign()
    Proposal.objects.create(
        act="ouvrir",
        subject_key=subject_key(campaign),
        reason="Rentrée",
        proposed_by=make_user(is_staff=True),
        state=state,
        decided_by=agent,
        decided_at=timezone.now(),
    )
    errors = errors_of(save(campaign, larger_share="70", confirmed="on", reason="Délibération"))

    assert "en cours" in str(errors["larger_share"])
    assert save(campaign, name="Année neuve").status_code == 302


def test_what_another_agent_saved_meanwhile_stays(save, monkeypatch):
    """code.md 3.11, its kind: each form of the administration writes what it changed."""
    campaign, written = make_campaign(), Campaign.save

    def meanwhile(row, *args, **kwargs):
        Campaign.objects.filter(pk=row.pk).update(last_validation_on=days(700))
        written(row, *args, **kwargs)

    monkeypatch.setattr(Campaign, "save", meanwhile)
    save(campaign, name="Année neuve")

    now = Campaign.objects.get()
    assert (now.name, now.last_validation_on) == ("Année neuve", days(700))


def test_a_later_day_asks_nothing(save):
    assert save(make_campaign(), last_validation_on=days(500)).status_code == 302


@pytest.mark.parametrize(
    ("changed", "asked"),
    [
        ({"larger_share": 600}, "plus de trois fois"),
        ({"supplement": 100}, "plus de trois fois"),
        ({"ticket_minimum": 25, "series_amount": 25}, "ne paierait aucun ticket"),
    ],
    ids=str,
)
@pytest.mark.parametrize("is_new", [True, False])
def test_an_amount_out_of_proportion_is_asked_about(save, changed, asked, is_new):
    """admin.md 3, 11: 600 typed for 60; a smallest ticket of 100 € over shares of 60."""
    campaign = None if is_new else make_campaign()

    assert asked in str(errors_of(save(campaign, **changed))["confirmed"])
    assert save(campaign, **changed, confirmed="on").status_code == 302
    assert AuditEntry.objects.get().changes


def test_the_year_before_says_what_is_usual(save):
    make_campaign(opens_on=days(-500), last_ticket_on=days(-101), larger_share=300, smaller_share=100)

    assert save(make_campaign(larger_share=300, smaller_share=100), larger_share=600).status_code == 302


def test_amounts_of_an_open_campaign_change_no_wallet(save):
    """admin.md 3: corrected afterwards, « modifié avec succès », and nobody's wallet had changed."""
    campaign = make_campaign()
    make_wallet("60", campaign=campaign)

    told = str(errors_of(save(campaign, larger_share=70))["confirmed"])
    assert "aucun porte-monnaie ne change" in told


def test_an_empty_campaign_is_deleted(client, agent):
    """admin.md 11: « 2207 », a typo, stayed for ever on top of the home page."""
    campaign = make_campaign(name="2207")
    address = reverse("admin:wallets_campaign_delete", args=[campaign.pk])
    assert client.get(address).status_code == 200
    client.post(address, {"post": "yes"})

    assert not Campaign.objects.exists()
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.subject, entry.actor) == (Action.DELETED, "Campagne 2207", agent)


def test_but_not_one_that_has_wallets(client):
    campaign = make_campaign()
    make_wallet("0.01", campaign=campaign)
    assert client.post(reverse("admin:wallets_campaign_delete", args=[campaign.pk])).status_code == 403


def test_nor_by_who_may_not_run_it(client, enter):
    adviser = make_user(is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)
    campaign = make_campaign()
    assert client.post(reverse("admin:wallets_campaign_delete", args=[campaign.pk])).status_code == 403

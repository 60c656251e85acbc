"""A role of an agent is given by two: else whoever proposes an act makes the account that confirms it."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import appointment
from accounts.audit import Action, AuditEntry
from accounts.exceptions import SameRole
from accounts.models import User
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def role(name):
    return Group.objects.get(name=name)


def make_agent(name, of="administrateur"):
    agent = make_user(name, is_staff=True)
    agent.groups.add(role(of))
    return agent


@pytest.fixture
def agnes(enter):
    agent = make_agent("agnes")
    enter(agent)
    return agent


@pytest.fixture
def other():
    return make_agent("basile")


@pytest.fixture
def give(client):
    """`give(user, "gestionnaire")`: the page of the act, read and sent; « aucun » takes the role away."""

    def send(user, name):
        page = reverse("admin:accounts_user_role-d-agent", args=[user.pk])
        said = {"reason": "Elle arrive", "role": name}
        seen = re.search(r'name="seen" value="(\w+)"', client.post(page, said).text)
        return client.post(page, said | {"seen": seen[1] if seen else ""})

    return send


@pytest.fixture
def confirm(client):
    page = "admin:accounts_user_role-d-agent"
    return lambda user: client.post(reverse(page, args=[user.pk]), {"step": "confirm"})


def test_an_administrator_makes_no_second_account_that_confirms_for_him(enter, give, confirm, agnes, other):
    """security.md F8, its kind: what takes two agents took one, and an account he had made."""
    puppet = make_user("puppet", email="agnes.perso@ailleurs.example")
    give(puppet, "gestionnaire")
    confirm(puppet)

    puppet.refresh_from_db()
    assert not puppet.is_staff
    assert Proposal.objects.get().state == ProposalState.PENDING

    enter(other)
    confirm(puppet)
    puppet.refresh_from_db()
    assert (puppet.is_staff, appointment.role_of(puppet)) == (True, "gestionnaire")
    line = AuditEntry.objects.get(action=Action.APPOINTED)
    assert (line.actor, line.details) == (other, "aucun → gestionnaire – proposé par agnes")


@pytest.mark.parametrize("address", ["add", "change"])
def test_nor_by_the_form_of_an_account(client, agnes, other, address):
    """security.md F8, its kind."""
    puppet = make_user("puppet")
    said = {"is_staff": "on", "groups": [role("administrateur").pk], "is_superuser": "on", "reason": "Seul"}
    pages = {
        "add": (reverse("admin:accounts_user_add"), {"username": "neuf", "email": "neuf@x.example"}),
        "change": (reverse("admin:accounts_user_change", args=[puppet.pk]), {"username": "puppet"}),
    }
    page, names = pages[address]
    client.post(page, {"email": puppet.email} | names | said)

    assert not User.objects.filter(username__in=["neuf", "puppet"], is_staff=True).exists()
    assert not User.objects.filter(is_superuser=True).exists()
    assert User.objects.filter(username="neuf").exists() is (address == "add")


@pytest.mark.parametrize("who", ["herself", "a colleague"])
def test_nobody_changes_a_role_alone(give, agnes, other, who):
    """security.md F8, its kind: her own, or a colleague's."""
    make_agent("carole")
    agent = agnes if who == "herself" else make_agent("denis", "téléconseiller")
    give(agent, "gestionnaire")

    assert appointment.role_of(agent) == ("administrateur" if who == "herself" else "téléconseiller")
    assert Proposal.objects.get().act == "role-d-agent"


def test_a_gestionnaire_gives_none(client, enter, other):
    enter(make_agent("agnes", "gestionnaire"))
    page = reverse("admin:accounts_user_role-d-agent", args=[make_user().pk])

    assert client.post(page, {"reason": "x", "role": "gestionnaire"}).status_code == 403


def test_who_leaves_is_out_at_once(give, agnes, other):
    make_agent("carole")
    give(other, "aucun")

    other.refresh_from_db()
    assert (other.is_staff, list(other.groups.all())) == (False, [])
    assert AuditEntry.objects.get().details == "administrateur → aucun"


def test_the_first_agent_of_a_site_appoints_the_next(give, agnes):
    newcomer = make_user("basile")
    give(newcomer, "administrateur")

    newcomer.refresh_from_db()
    assert newcomer.is_staff
    give(third := make_user("carole"), "gestionnaire")
    third.refresh_from_db()
    assert not third.is_staff


def test_nobody_gets_alone_again_by_sending_the_others_away(give, agnes, other):
    """security.md F8, its kind."""
    Proposal.objects.create(
        act="ouvrir",
        reason="Rentrée",
        proposed_by=agnes,
        state=ProposalState.DONE,
        decided_by=other,
        decided_at=timezone.now(),
    )
    give(other, "aucun")
    give(puppet := make_user("puppet"), "gestionnaire")

    puppet.refresh_from_db()
    assert not puppet.is_staff


def test_an_agents_address_is_no_way_to_his_account(client, agnes, other):
    """admin.md 16, its kind: his address, his second factor, then « Rendre l’accès », all by one."""
    for address in ("", "agnes.perso@ailleurs.example"):
        said = {"username": "basile", "email": address, "reason": "Il change"}
        client.post(reverse("admin:accounts_user_change", args=[other.pk]), said)
    mail.outbox.clear()
    for name in ("second-facteur", "rendre-l-acces"):
        client.post(reverse(f"admin:accounts_user_{name}", args=[other.pk]), {"reason": "Il appelle"})

    assert mail.outbox == []
    assert Proposal.objects.get().act == "rendre-l-acces"


def test_nor_is_the_first_address_of_a_new_one(client, agnes):
    """admin.md 16, its kind: two appointed it, one says where its access goes."""
    newcomer = make_user("basile", email="", password=None, is_staff=True)
    said = {"username": "basile", "email": "agnes.perso@ailleurs.example", "reason": "Il arrive"}
    client.post(reverse("admin:accounts_user_change", args=[newcomer.pk]), said)

    newcomer.refresh_from_db()
    assert newcomer.needs_two_agents


def test_a_form_that_says_no_role_takes_none_away(give, agnes, other):
    give(other, "")

    assert appointment.role_of(other) == "administrateur"


def test_the_same_role_twice_is_one(agnes):
    with pytest.raises(SameRole):
        appointment.appoint(user_id=agnes.pk, role="administrateur")


def test_a_team_of_one_appoints_alone(settings, give, confirm, agnes, other):
    settings.SECOND_AGENT = False
    give(newcomer := make_user("carole"), "gestionnaire")
    confirm(newcomer)

    newcomer.refresh_from_db()
    assert newcomer.is_staff
    assert "sans second agent" in AuditEntry.objects.get(action=Action.APPOINTED).details

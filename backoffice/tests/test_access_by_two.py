"""An address that an agent wrote some days ago: no access goes to it, by any door, without a second agent."""

import datetime as dt
from typing import cast

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import email_change, identifiers, links, recovery, services
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import User
from accounts.proposals import Proposal, ProposalState
from accounts.recovery import Address
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from core.exceptions import AddressChanged

pytestmark = pytest.mark.django_db
OLD, NEW = "mere@famille.example", "gest.perso@ailleurs.example"
WHY = "Appel de la famille"


@pytest.fixture
def agnes(enter):
    agent = make_agent(username="agnes")
    enter(agent)
    return agent


@pytest.fixture
def family():
    """In use."""
    user = make_user("mere", email=OLD, last_login=timezone.now())
    make_beneficiary(user)
    return user


@pytest.fixture
def write(client, agnes):
    """`write(user, address)`: what the form of the account does, by the agent who is there."""

    def send(user, address):
        page = reverse("admin:accounts_user_change", args=[user.pk])
        client.post(page, {"username": user.username, "email": address, "reason": WHY})
        mail.outbox.clear()

    return send


@pytest.fixture
def act(client):
    def send(row, name, **said):
        address = reverse(f"admin:accounts_user_{name}", args=[row.pk])
        return client.post(address, {"reason": WHY} | said)

    return send


def messages_to(address):
    return [message for message in mail.outbox if message.to == [address]]


def test_an_access_to_an_address_that_an_agent_wrote_waits_for_another(enter, client, act, write, family):
    """admin.md 16, security.md F7: one agent alone took a family's account, and it was only flagged."""
    write(family, NEW)
    page = client.get(reverse("admin:accounts_user_rendre-l-acces", args=[family.pk])).text
    act(family, "rendre-l-acces")
    act(family, "rendre-l-acces", step="confirm")

    assert "un second agent doit confirmer" in page
    assert mail.outbox == []
    assert Proposal.objects.get().state == ProposalState.PENDING

    enter(make_agent("téléconseiller", "basile"))
    act(family, "rendre-l-acces", step="confirm")

    [message] = messages_to(NEW)
    assert "/accueil/nouveau" in message.body
    assert messages_to(OLD), "the owner is told at the address before"
    line = AuditEntry.objects.get(action=Action.ACCESS_RESET)
    assert "proposé par agnes" in line.details


def test_a_letter_after_the_address_was_taken_away_waits_too(enter, act, write, family):
    """admin.md 16: a gestionnaire removes the address, then makes a letter."""
    write(family, "")
    response = act(family, "acces-par-courrier")

    assert response.status_code == 302, "no letter"
    family.refresh_from_db()
    assert family.access_code_at is None

    enter(make_agent(username="basile"))
    response = act(family, "acces-par-courrier", step="confirm")
    assert response["Content-Type"] == "application/pdf"
    family.refresh_from_db()
    assert family.access_code_at
    assert messages_to(OLD)


def test_the_theft_recipe_is_no_way_round(act, write, agnes, family):
    """admin.md 16: « n’en garder aucune », then a letter."""
    act(family, "compte-vole", address=Address.NONE)
    act(family, "acces-par-courrier")

    family.refresh_from_db()
    assert family.access_code_at is None
    assert Proposal.objects.filter(act="acces-par-courrier").exists()


def test_nor_is_what_everybody_may_ask_for(write, family):
    """security.md F7: whoever wrote the address asks « identifiants oubliés » for it, at home."""
    write(family, NEW)
    Client().post("/accueil/identifiants-oublies/", {"contact": NEW})
    identifiers.compose()

    [message] = mail.outbox
    assert "/accueil/nouveau" not in message.body
    assert "appelez-nous" in message.body
    html = str(cast(EmailMultiAlternatives, message).alternatives[0][0])
    assert "nouveau" not in html.split("appelez-nous", maxsplit=1)[0]


@pytest.mark.parametrize("address", [NEW, ""])
@pytest.mark.parametrize("again", [False, True])
def test_nor_is_an_invitation(write, address, again):
    """security.md F7: a letter or an e-mail in bulk is one agent's too."""
    long_ago = timezone.now() - dt.timedelta(days=400)
    user = make_user("mere", email=OLD, password=None, access_code_at=long_ago if again else None)
    assert services.to_invite(again=again, by_mail=True).get() == user

    write(user, address)

    assert not services.to_invite(again=again, by_mail=bool(address)).exists()


def test_nor_are_letters_printed_again(client, write):
    """security.md F7: those « du jour » are remade of any code that is still good."""
    user = make_user("mere", email=OLD, password=None, access_code_at=timezone.now())
    write(user, "")
    page = client.get(reverse("admin:accounts_user_invitations")).text

    assert "À nouveau ceux du" not in page


def test_two_changes_in_a_row_are_no_way_round(act, write, family):
    """admin.md 16: of « none, then mine » the address before was none, which nobody tells."""
    write(family, "")
    write(User.objects.get(pk=family.pk), NEW)
    act(family, "rendre-l-acces")

    family.refresh_from_db()
    assert (family.former_email, mail.outbox) == (OLD, [])
    assert family.needs_two_agents


def test_an_owners_change_is_flagged_as_before(act, agnes, family):
    change = email_change.ask(user_id=family.pk, address=NEW)
    email_change.confirm(token=email_change.confirm_path(change).split("/")[-2])
    mail.outbox.clear()
    act(family, "rendre-l-acces")

    assert messages_to(NEW)
    assert messages_to(OLD)
    assert not Proposal.objects.exists()


def test_seven_days_later_one_agent_is_enough(act, write, family):
    write(family, NEW)
    User.objects.update(email_changed_at=timezone.now() - dt.timedelta(days=7))
    act(family, "rendre-l-acces")

    assert messages_to(NEW)


def test_so_it_is_once_the_owner_has_answered_from_it(client, act, write, family):
    """By the link that two agents gave."""
    write(family, NEW)
    family.refresh_from_db()
    path = links.password_path(family, Channel.MAIL)
    page = Client()
    form = page.get(path, follow=True).request["PATH_INFO"]
    page.post(form, {"new_password1": "trois tulipes mauves", "new_password2": "trois tulipes mauves"})
    mail.outbox.clear()
    act(family, "rendre-l-acces")

    assert messages_to(NEW)


def test_an_account_that_never_had_an_address_gets_its_first_by_one_agent(act, write):
    """One agent makes its letter too."""
    user = make_user("mere", email="", password=None)
    write(user, NEW)
    act(user, "rendre-l-acces")

    assert messages_to(NEW)


def test_a_team_of_one_confirms_it_alone(settings, act, write, family):
    settings.SECOND_AGENT = False
    write(family, NEW)
    act(family, "rendre-l-acces")
    act(family, "rendre-l-acces", step="confirm")

    assert messages_to(NEW)
    assert "sans second agent" in AuditEntry.objects.get(action=Action.ACCESS_RESET).details


def test_an_access_goes_to_no_other_address_than_the_agent_read(monkeypatch, act, agnes, family):
    """admin.md 16: changed in another window at this very instant."""
    give = recovery.send_new_access

    def meanwhile(*, user_id, address):
        User.objects.filter(pk=user_id).update(email=NEW, email_by_agent=True)
        return give(user_id=user_id, address=address)

    monkeypatch.setattr(recovery, "send_new_access", meanwhile)
    response = act(family, "rendre-l-acces")

    assert mail.outbox == []
    assert AddressChanged.sentence in response.context["form"].non_field_errors()


@pytest.mark.parametrize("change", [{"username": "autre"}, {"phone": "06 12 34 56 78"}])
def test_neither_identifiant_nor_telephone_leads_an_access_elsewhere(client, act, agnes, family, change):
    """admin.md 16, its kind: what an agent alone may write is no channel."""
    page = reverse("admin:accounts_user_change", args=[family.pk])
    client.post(page, {"username": "mere", "email": OLD, "reason": WHY} | change)
    act(family, "rendre-l-acces")

    assert [message.to for message in mail.outbox] == [[OLD]]

"""An access to an address that an agent wrote waits for another agent."""

import datetime as dt

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import email_change, links
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import User
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_agent, make_user

from .messages import NEW, OLD, messages_to

pytestmark = pytest.mark.django_db


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

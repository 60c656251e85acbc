"""There is no way round the second agent."""

import datetime as dt
from typing import cast

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import invitations, recovery
from accounts.exceptions import AddressChanged
from accounts.models import User
from accounts.proposals import Proposal
from accounts.recovery import Address
from accounts.tests.factories import make_beneficiary, make_user
from core.tests.queue import work

from .messages import NEW, OLD, WHY

pytestmark = pytest.mark.django_db


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
    work()

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
    make_beneficiary(user)
    assert invitations.to_invite(again=again, by_mail=True).get() == user

    write(user, address)

    assert not invitations.to_invite(again=again, by_mail=bool(address)).exists()


def test_nor_are_letters_printed_again(client, write):
    """security.md F7: those « du jour » are remade of any code that is still good."""
    user = make_user("mere", email=OLD, password=None, access_code_at=timezone.now())
    make_beneficiary(user)
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

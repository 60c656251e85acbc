"""What the agent reads of a stolen account."""

import datetime as dt

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from accounts import recovery
from accounts.audit import Action, AuditEntry
from accounts.exceptions import NoFormerAddress, OwnAccount
from accounts.models import User
from accounts.recovery import Address
from accounts.tests.factories import make_user
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .thefts import NEW, OLD, WHY, stop, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "after"), [(Address.KEPT, NEW), (Address.FORMER, OLD), (Address.NONE, "")]
)
def test_the_agent_says_which_address_it_has(act, agent, stolen, address, after):
    """admin.md 16: else « identifiants oubliés » goes to the thief's address."""
    act(stolen, "compte-vole", address=address)

    stolen.refresh_from_db()
    assert stolen.email == after
    assert told() == sorted([OLD, NEW]), "whoever may be the owner"
    [line] = AuditEntry.objects.filter(action=Action.ACCOUNT_STOLEN)
    assert address.label in line.details
    assert OLD in line.details
    assert NEW in line.details


def test_the_page_offers_no_address_that_is_not_known(client, agent):
    page = client.get(reverse("admin:accounts_user_compte-vole", args=[make_user(email="").pk]))

    assert [value for value, _ in page.context["form"].fields["address"].choices] == [Address.KEPT]
    with pytest.raises(NoFormerAddress):
        recovery.stop_theft(user_id=make_user().pk, address=Address.FORMER, actor=agent)


def test_an_agent_asks_another_one(agent):
    with pytest.raises(OwnAccount):
        recovery.stop_theft(user_id=agent.pk, address=Address.KEPT, actor=agent)


def test_such_an_account_is_not_taken_for_one_never_activated(act, agent, stolen):
    stop(act, stolen)

    assert stolen not in User.objects.never_activated()


def test_the_page_shows_the_tickets_that_were_made_by_it_lately(client, agent, stolen):
    """admin.md 8, 12: what the thief bought is stopped from there."""
    wallet = make_wallet("60", beneficiary=stolen.children.get())
    lately, long_ago, _by_another = (make_ticket(wallet=wallet, actor=it) for it in (stolen, stolen, agent))
    Ticket.objects.filter(pk=long_ago.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    about = client.get(reverse("admin:accounts_user_compte-vole", args=[stolen.pk])).context["about"]

    assert [address for _, address in about.links] == [
        reverse("admin:tickets_ticket_annuler", args=[lately.pk])
    ]


def test_the_page_says_all_that_falls_and_what_comes_next(client, agent, stolen):
    """An agent confirmed without knowing what else would fall, nor how to undo it."""
    [child] = stolen.children.all()
    page = client.get(reverse("admin:accounts_user_compte-vole", args=[stolen.pk]))

    assert f"l’accès propre d’{child.user} ({child.user.username})" in page.context["about"].outcome
    for sentence in (
        "appareils sont déconnectés",
        "les liens reçus par e-mail",
        "rendez l’accès",
        "Par erreur",
    ):
        assert sentence in page.text


@pytest.mark.parametrize("name", ["rendre-l-acces", "compte-vole", "fermer"])
def test_the_page_shows_the_address_and_that_it_is_new(client, agent, stolen, name):
    """admin.md 16, 17: to which address it goes was not shown, nor that it changed two days ago."""
    about = client.get(reverse(f"admin:accounts_user_{name}", args=[stolen.pk])).context["about"]

    assert (
        f"{NEW}, depuis le {timezone.localtime(stolen.email_changed_at):%d/%m/%Y}"
        in dict(about.facts).values()
    )
    assert OLD in about.warnings[0]


def test_nothing_is_red_about_an_old_address(client, agent):
    user = make_user()
    about = client.get(reverse("admin:accounts_user_rendre-l-acces", args=[user.pk])).context["about"]

    assert about.warnings == []
    assert user.email in about.outcome


def test_an_access_to_a_new_address_is_told_to_the_one_before(act, agent, stolen):
    """admin.md 16: the journal showed « E-mail envoyé à gest.perso@x » alone."""
    act(stolen, "rendre-l-acces")

    assert told() == sorted([OLD, NEW])
    assert OLD in AuditEntry.objects.get(action=Action.ACCESS_RESET).details


@pytest.mark.parametrize(("address", "expected"), [(NEW, [OLD, NEW]), ("", [OLD])])
def test_both_addresses_are_told_of_a_change_by_an_agent(client, agent, address, expected):
    """admin.md 16: only the old one was told."""
    user = make_user("mere", email=OLD)
    page = reverse("admin:accounts_user_change", args=[user.pk])
    client.post(page, {"username": "mere", "email": address, "reason": WHY})

    assert told() == sorted(expected)
    assert all("Appelez-nous" in message.body for message in mail.outbox)

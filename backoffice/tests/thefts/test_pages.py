"""What the agent reads of a stolen account."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.tests.factories import make_user
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .thefts import NEW, OLD

pytestmark = pytest.mark.django_db


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

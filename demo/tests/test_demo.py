"""`manage.py demo`: totals, repeated, refused."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Beneficiary, User
from demo import family
from tickets.models import Ticket

from .loading import assert_money_is_right, count_rows, demo

pytestmark = pytest.mark.django_db


def test_it_is_refused_in_production(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="DEBUG"):
        demo()
    assert not User.objects.exists()


def test_alone_it_makes_the_small_demonstration():
    call_command("demo", verbosity=0)
    call_command("demo", verbosity=0)
    assert User.objects.count() == len(family.LOGINS) + 1
    assert User.objects.never_activated().get().username == family.NOT_ACTIVATED
    assert Beneficiary.objects.count() == len(family.CHILDREN)
    assert not Ticket.objects.exists()


def test_it_has_the_two_agents_that_a_campaign_needs():
    """SECOND_AGENT: one proposes, who is everything; the other confirms, who has a role."""
    call_command("demo", verbosity=0)
    first, second = User.objects.filter(is_staff=True).order_by("username")
    assert (first.username, first.is_superuser) == ("agent.test", True)
    assert (second.username, second.is_superuser) == ("agent2.test", False)
    assert {group.name for group in second.groups.all()} == {"gestionnaire", "paiements", "ordonnateur"}
    assert second.has_perms(["wallets.run_campaign", "wallets.correct_wallet", "accounts.import_lists"])
    assert not second.has_perm("accounts.appoint_agents")
    assert not User.objects.filter(is_staff=False, groups__isnull=False).exists()


def test_the_totals_are_reached_and_the_money_is_right(settings):
    demo()
    rows = count_rows()
    assert (rows["Partner"], rows["Beneficiary"], rows["Ticket"]) == (96, 63, 150)
    assert (rows["School"], rows["Wallet"]) == (98, 126)
    assert_money_is_right()
    assert settings.DEBUG


def test_a_second_run_adds_nothing():
    demo()
    first = count_rows()
    demo()
    assert count_rows() == first


def test_larger_totals_add_what_is_missing():
    demo(beneficiaries=20, tickets=10)
    demo()
    assert (Beneficiary.objects.count(), Ticket.objects.count()) == (63, 150)
    assert_money_is_right()


def test_more_tickets_than_the_credit_pays_for_are_refused():
    with pytest.raises(CommandError, match="Pas assez de crédit pour 500 tickets"):
        demo(tickets=500)
    assert Beneficiary.objects.count() == 63
    assert_money_is_right()


@pytest.mark.parametrize(("verbosity", "shown"), [(0, False), (1, True)])
def test_progress_is_shown_unless_quiet(capsys, verbosity, shown):
    """newcomer.md 43: by a line of our own, where production installed a library for it."""
    demo(tickets=0, verbosity=verbosity)
    assert ("bénéficiaires" in capsys.readouterr().out.partition("Comptes")[0]) is shown

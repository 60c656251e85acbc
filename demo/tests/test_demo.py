"""`manage.py demo`: the small demonstration, and the département drawn around it."""

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db.models import Count, F

from accounts.demonstration import PASSWORD
from accounts.models import Beneficiary, Guardianship, School, User
from demo import family
from partners.models import Offer, Partner
from tickets.models import Order, State, Ticket
from wallets.models import Entry, Kind, Wallet

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_development(settings):
    settings.DEBUG = True


def demo(*, partners=96, beneficiaries=63, tickets=150, verbosity=0):
    """By default 30 organismes and 60 children more than the small demonstration."""
    call_command("demo", partners=partners, beneficiaries=beneficiaries, tickets=tickets, verbosity=verbosity)


def count_rows():
    models = [Partner, Offer, School, User, Beneficiary, Guardianship, Wallet, Entry, Order, Ticket]
    return {model.__name__: model._default_manager.count() for model in models}


def share(rows, condition):
    """How many of the rows, in per cent."""
    return 100 * rows.filter(**condition).count() / rows.count()


def assert_money_is_right():
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()


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
    assert second.groups.get().name == "gestionnaire"
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


def test_families_are_of_every_sort():
    demo(tickets=0)
    drawn = Beneficiary.objects.filter(pupil_number__startswith="921")
    parents = User.objects.filter(children__in=drawn)
    assert set(drawn.annotate(n=Count("guardians")).values_list("n", flat=True)) == {1, 2}
    assert set(parents.annotate(n=Count("children")).values_list("n", flat=True)) >= {1, 2}
    preferred = Wallet.objects.filter(beneficiary__in=drawn, balance=F("campaign__larger_share"))
    assert preferred.filter(kind=Kind.SPORT).count() == preferred.filter(kind=Kind.CULTURE).count() == 30


def test_every_parent_has_the_demonstration_password():
    demo(tickets=0)
    parents = User.objects.filter(username__startswith="parent.921")
    [shared] = set(parents.values_list("password", flat=True))
    assert check_password(PASSWORD, shared)


def test_tickets_are_of_every_sort():
    demo()
    tickets = Ticket.objects.all()
    assert 70 < share(tickets, {"wallet__kind": Kind.SPORT}) < 86
    assert 35 < share(tickets, {"state": State.UNUSED}) < 55
    assert 35 < share(tickets, {"state": State.USED}) < 55
    assert 4 < share(tickets, {"state": State.CANCELLED}) < 16
    assert 30 < share(tickets, {"order__offer": None}) < 50


def test_tickets_follow_their_dates():
    demo()
    tickets = Ticket.objects.order_by("number")
    dates = list(tickets.values_list("created_at", flat=True))
    assert dates == sorted(dates)
    assert not tickets.filter(created_at__date__lt=F("wallet__campaign__opens_on")).exists()
    assert not tickets.filter(used_at__lt=F("created_at")).exists()


def test_the_small_demonstration_keeps_its_credit():
    demo()
    pupils = [child.pupil_number for child in family.CHILDREN]
    assert not Ticket.objects.filter(wallet__beneficiary__pupil_number__in=pupils).exists()


def test_more_tickets_than_the_credit_pays_for_are_refused():
    with pytest.raises(CommandError, match="Pas assez de crédit pour 500 tickets"):
        demo(tickets=500)
    assert Beneficiary.objects.count() == 63
    assert_money_is_right()


@pytest.mark.parametrize(("verbosity", "shown"), [(0, False), (1, True)])
def test_progress_is_shown_unless_quiet(capsys, verbosity, shown):
    demo(tickets=0, verbosity=verbosity)
    assert ("bénéficiaires" in capsys.readouterr().err) is shown

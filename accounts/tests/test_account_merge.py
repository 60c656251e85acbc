"""Two accounts of one adult: one way in, all children."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.account_merge import TakenAway, merge_accounts
from accounts.exceptions import NotMergeable
from accounts.links import Channel
from accounts.models import NO_ACCOUNT, Beneficiary, EmailChange, EndedGuardianship, User
from accounts.services import password_link
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from core.tests.queue import work

pytestmark = pytest.mark.django_db
LOGIN = "/accueil/"
NOBODY = NO_ACCOUNT | {"anonymised_at": timezone.now()}


@pytest.fixture
def kept():
    return make_user("karim.benali", first_name="Karim", last_name="BENALI")


@pytest.fixture
def double():
    return make_user("karim.benali2", first_name="BENALI", last_name="Karim", phone="06 12 34 56 78")


def merge(double, kept):
    merged = merge_accounts(double_id=double.pk, kept_id=kept.pk)
    double.refresh_from_db()
    kept.refresh_from_db()
    return merged


def test_the_children_of_both_are_followed_from_one(kept, double):
    """admin.md 28: a parent with two accounts."""
    mine, ours, other_s = make_beneficiary(kept), make_beneficiary(kept, double), make_beneficiary(double)

    merged = merge(double, kept)

    assert merged.children == [other_s]
    assert {*kept.children.all()} == {mine, ours, other_s}
    assert not double.children.exists()


def test_the_other_one_is_closed_with_all_that_opens_it(kept, double):
    inside, reset = Client(), Client()
    inside.force_login(double)
    link = password_link(double, Channel.MAIL)
    EmailChange.objects.create(user=double, old=double.email, new="neuf@famille.example")

    merge(double, kept)

    assert (double.is_active, double.merged_into, double.has_usable_password()) == (False, kept, False)
    assert inside.get(reverse("accounts:account")).status_code == 302
    assert not reset.get(link, follow=True).context["validlink"]
    assert not EmailChange.objects.filter(user=double).exists()
    assert not links.opens_device(double, "x")


def test_at_the_door_it_answers_as_if_there_were_none(kept, double):
    """No enumeration: neither that it was, nor where it leads."""
    merge(double, kept)

    def told(username):
        text = Client().post(LOGIN, {"username": username, "password": PASSWORD}).text
        return re.sub(r'value="\w{64}"', "", text).replace(username, "")

    assert told("karim.benali2") == told("jamais.vu")
    entered = Client().post(LOGIN, {"username": "karim.benali", "password": PASSWORD})
    assert entered.status_code == 302


def test_both_addresses_are_told_once_each(kept, double):
    merged = merge(double, kept)
    work()

    assert {message.to[0] for message in mail.outbox} == {kept.email, double.email} == {*merged.told}
    assert all("karim.benali2, est fermé" in message.body for message in mail.outbox)


def test_what_the_kept_one_does_not_say_is_taken(kept, double):
    User.objects.filter(pk=kept.pk).update(address="1 rue du Bac", email="")
    User.objects.filter(pk=double.pk).update(address="2 rue du Lac", postcode="92160")
    merge(double, kept)

    assert (kept.phone, kept.address, kept.postcode) == ("06 12 34 56 78", "1 rue du Bac", "")
    assert kept.email == "karim.benali2@famille.example"
    assert kept.check_password(PASSWORD)


def test_whom_an_agent_took_away_does_not_come_back_so(kept, double):
    child = make_beneficiary(double)
    EndedGuardianship.objects.create(user=kept, beneficiary=child)

    with pytest.raises(TakenAway, match="ajoutez-le d’abord"):
        merge_accounts(double_id=double.pk, kept_id=kept.pk)

    EndedGuardianship.objects.all().delete()
    elsewhere = make_beneficiary()
    EndedGuardianship.objects.create(user=double, beneficiary=elsewhere)
    merge(double, kept)
    assert EndedGuardianship.objects.filter(user=kept, beneficiary=elsewhere).exists()


def test_who_made_a_child_s_login_is_the_kept_one(kept, double):
    child = make_beneficiary(double, user=make_user("garance"))
    Beneficiary.objects.update(login_made_by=double)
    merge(double, kept)

    child.refresh_from_db()
    assert child.login_made_by == kept


def test_no_chains(kept, double):
    third = make_user()
    merge(double, kept)
    merge(kept, third)

    assert {*User.objects.exclude(merged_into=None).values_list("merged_into", flat=True)} == {third.pk}


@pytest.mark.parametrize("who", ["staff", "superuser", "erased", "child", "merged", "itself"])
@pytest.mark.parametrize("way", ["into", "from"])
def test_never_an_agent_s_nor_a_child_s_nor_one_that_is_nobody_s(kept, double, who, way):
    other = make_user("autre", is_staff=who == "staff", is_superuser=who == "superuser")
    if who == "child":
        make_beneficiary(user=other)
    if who == "erased":
        User.objects.filter(pk=other.pk).update(**NOBODY)
    if who == "merged":
        merge(other, make_user())
    pair = (kept.pk, kept.pk) if who == "itself" else (kept.pk, other.pk)

    with pytest.raises(NotMergeable):
        merge_accounts(double_id=pair[way == "from"], kept_id=pair[way == "into"])


def test_a_closed_one_is_merged_but_none_into_it(kept, double):
    User.objects.filter(pk=double.pk).update(is_active=False)
    with pytest.raises(NotMergeable):
        merge_accounts(double_id=kept.pk, kept_id=double.pk)

    merge(double, kept)
    assert double.merged_into == kept

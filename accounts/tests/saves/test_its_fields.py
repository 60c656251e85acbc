"""code.md 3.11: what was read before the lock is not written back over what happened meanwhile."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.urls import reverse

from accounts import child_logins, erasure, links, passwords, recovery, services
from accounts.exceptions import ChangedMeanwhile, LinkOutOfUse
from accounts.links import Channel
from accounts.models import User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user

NEW = "trois tulipes mauves"

pytestmark = pytest.mark.django_db


def close(user):
    recovery.close_account(user_id=user.pk, actor=make_user(is_staff=True))


def anonymise(user):
    erasure.anonymise_accounts([user.pk])


MEANWHILE = pytest.mark.parametrize("meanwhile", [close, anonymise], ids=["closed", "anonymised"])


@pytest.fixture
def while_hashing(monkeypatch):
    """`while_hashing(deed)`: it is done in the window between what was read and what is written."""

    def arrange(deed):
        def hash_meanwhile(password):
            deed()
            return make_password(password)

        monkeypatch.setattr("accounts.passwords.make_password", hash_meanwhile)

    return arrange


def is_nobody_or_closed(user):
    now = User.objects.get(pk=user.pk)
    return not now.is_active and (
        not now.anonymised_at or (now.email, now.phone, now.last_name) == ("", "", "")
    )


@MEANWHILE
def test_a_link_revives_nobody(client, user, while_hashing, meanwhile):
    link = links.password_path(user, Channel.MAIL)
    while_hashing(lambda: meanwhile(user))
    response = client.post(link, {"new_password1": NEW, "new_password2": NEW}, follow=True)

    assert response.context["validlink"] is False
    assert is_nobody_or_closed(user)
    assert not User.objects.get(pk=user.pk).check_password(NEW)


@MEANWHILE
def test_nor_does_ones_own_password(client, user, while_hashing, meanwhile):
    client.force_login(user)
    while_hashing(lambda: meanwhile(user))
    fields = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    response = client.post(reverse("accounts:password"), fields, follow=True)

    assert "vient de changer ailleurs" in response.text
    assert is_nobody_or_closed(user)
    assert not User.objects.get(pk=user.pk).check_password(NEW)


@MEANWHILE
def test_nor_do_ones_details(client, user, meanwhile, monkeypatch):
    make_beneficiary(user)
    client.force_login(user)
    real = services.change_details

    def change_details(**said):
        meanwhile(user)
        real(**said)

    monkeypatch.setattr(services, "change_details", change_details)
    details = {"address": "1 rue", "postcode": "92160", "city": "Antony", "phone": "06 12 34 56 78"}
    client.post(reverse("accounts:details"), details)

    assert is_nobody_or_closed(user)
    assert User.objects.get(pk=user.pk).city == ""


def test_ones_details_leave_the_rest(client, user):
    make_beneficiary(user)
    client.force_login(user)
    details = {"address": "1 rue", "postcode": "92160", "city": "Antony", "phone": "06 12 34 56 78"}
    client.post(reverse("accounts:details"), details)

    now = User.objects.get(pk=user.pk)
    assert (now.city, now.email, now.username) == ("Antony", user.email, "camille")


def test_a_login_that_hashes_anew_does_not_take_a_new_password_back(user):
    """The setting of the hash was changed; the owner chose another password while this login was verified."""
    before = User.objects.get(pk=user.pk)
    User.objects.filter(pk=user.pk).update(password=make_password(NEW))
    before.check_password(PASSWORD)
    upgraded = []

    def must_update(password, encoded, setter):
        setter(password)
        upgraded.append(password)
        return True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("accounts.models.user.check_password", must_update)
        before.check_password(PASSWORD)

    assert upgraded
    assert check_password(NEW, User.objects.get(pk=user.pk).password)


def test_a_login_made_anew_leaves_the_rest(user, monkeypatch):
    login = make_user("garance", last_name="AVANT")
    child = make_beneficiary(user, user=login)
    save = User.save

    def save_meanwhile(self, **said):
        User.objects.filter(pk=login.pk).update(phone="01 99 00 11 22")
        save(self, **said)

    monkeypatch.setattr(User, "save", save_meanwhile)
    child_logins.make_child_login(beneficiary_id=child.pk, actor=user)

    now = User.objects.get(pk=login.pk)
    assert (now.phone, now.last_name) == ("01 99 00 11 22", child.last_name)


def test_a_password_changed_elsewhere_meanwhile_is_not_changed_again(user):
    other = User.objects.get(pk=user.pk)
    passwords.change(user=user, password=NEW)
    with pytest.raises(ChangedMeanwhile):
        passwords.change(user=other, password="sept pommes tombées")


def test_a_link_of_nobody(user):
    with pytest.raises(LinkOutOfUse):
        passwords.choose(
            user_id=0, token=links.password_path(user, Channel.MAIL).split("/")[-2], password=NEW
        )

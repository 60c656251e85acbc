"""code.md 3.11: what was read before the lock is not written back over what happened meanwhile."""

import pytest
from django.contrib.auth.hashers import check_password, make_password
from django.db import connection
from django.db.models import QuerySet
from django.urls import reverse

from accounts import erasure, links, passwords, recovery, services
from accounts.links import Channel
from accounts.models import Beneficiary, User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from core.exceptions import ChangedMeanwhile, LinkOutOfUse

pytestmark = pytest.mark.django_db
NEW = "trois tulipes mauves"


@pytest.fixture
def user():
    return make_user("camille")


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
    response = client.post(link, {"new_password1": NEW, "new_password2": NEW})

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


def test_a_login_made_anew_leaves_the_rest(user):
    login = make_user("garance", last_name="AVANT")
    child = make_beneficiary(user, user=login)
    User.objects.filter(pk=login.pk).update(phone="01 99 00 11 22")
    services.make_child_login(beneficiary_id=child.pk, actor=user)

    now = User.objects.get(pk=login.pk)
    assert (now.phone, now.last_name) == ("01 99 00 11 22", child.last_name)


class TestTheAdministration:
    """An agent's form was read before, too."""

    def form_of(self, browser, row):
        form = (
            browser.get(f"/admin/accounts/{row._meta.model_name}/{row.pk}/change/").context["adminform"].form
        )
        said = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
        return {name: value for name, value in said.items() if name not in form.files}

    def test_an_account(self, enter, user, monkeypatch):
        browser = enter(make_user("agent", is_staff=True, is_superuser=True))
        said = self.form_of(browser, user) | {"city": "Sceaux"}
        save = User.save

        def meanwhile(row, *args, **kwargs):
            if row.username == "camille":
                User.objects.filter(pk=row.pk).update(phone="01 99 00 11 22", session_salt="new")
            save(row, *args, **kwargs)

        monkeypatch.setattr(User, "save", meanwhile)
        browser.post(f"/admin/accounts/user/{user.pk}/change/", said)

        now = User.objects.get(pk=user.pk)
        assert (now.city, now.phone, now.session_salt) == ("Sceaux", "01 99 00 11 22", "new")

    def test_a_child(self, enter, user, monkeypatch):
        browser = enter(make_user("agent", is_staff=True, is_superuser=True))
        child = make_beneficiary(user)
        inlines = {"guardianships-TOTAL_FORMS": 0, "guardianships-INITIAL_FORMS": 0}
        said = self.form_of(browser, child) | {"first_name": "Zoé"} | inlines
        save = Beneficiary.save

        def meanwhile(row, *args, **kwargs):
            Beneficiary.objects.filter(pk=row.pk).update(user=user, is_enrolled=False)
            save(row, *args, **kwargs)

        monkeypatch.setattr(Beneficiary, "save", meanwhile)
        browser.post(f"/admin/accounts/beneficiary/{child.pk}/change/", said)

        now = Beneficiary.objects.get(pk=child.pk)
        assert (now.first_name, now.user, now.is_enrolled) == ("Zoé", user, False)


class TestALinkUsedTwiceAtOnce:
    """security.md F15: both were told « enregistré », and one could not come in."""

    @pytest.mark.parametrize("channel", Channel)
    def test_one_of_them_sets_the_password(self, at_once, meeting_before, channel):
        user = make_user("camille")
        token = links.password_path(user, channel).split("/")[-2]
        meeting_before(User, "save")

        def choose(password):
            return lambda: passwords.choose(user_id=user.pk, token=token, password=password)

        assert at_once(choose(NEW), choose("sept pommes tombées")) == ["LinkOutOfUse", "done"]

    def test_the_control_without_the_lock_both_do(self, at_once, meeting_before, monkeypatch):
        """SQLite has one writer at a time, with or without it."""
        user = make_user("camille")
        token = links.password_path(user, Channel.MAIL).split("/")[-2]
        meeting_before(User, "save")
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_: rows.all())
        both = ["done", "done"] if connection.vendor == "postgresql" else ["LinkOutOfUse", "done"]

        def choose(password):
            return lambda: passwords.choose(user_id=user.pk, token=token, password=password)

        assert at_once(choose(NEW), choose("sept pommes tombées")) == both

    def test_a_letter_scanned_twice(self, client):
        [user] = services.new_access_codes(user_ids=[make_user("nouvelle", password=None).pk])
        links_of_both = [
            client.get(links.access_path(user, Channel.HAND)).headers["Location"] for _ in range(2)
        ]
        said = [client.post(it, {"new_password1": NEW, "new_password2": NEW}) for it in links_of_both]

        assert [response.status_code for response in said] == [302, 200]


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


class TestTwoChildrenOfOneName:
    """code.md 3.22: at once, the second one was a 500."""

    def test_both_get_a_login(self, at_once, meeting_before):
        parent = make_user()
        twins = [make_beneficiary(parent, first_name="Lina", last_name="MARTIN") for _ in range(2)]
        meeting_before(User, "save")

        def make(child):
            return lambda: services.make_child_login(beneficiary_id=child.pk, actor=parent)

        assert at_once(*map(make, twins)) == ["done", "done"]
        names = {Beneficiary.objects.get(pk=child.pk).user.username for child in twins}
        assert names == {"lina.martin", "lina.martin2"}

    def test_an_identifiant_taken_between_the_question_and_the_answer(self, monkeypatch):
        make_user("lina.martin")
        monkeypatch.setattr("accounts.services._taken_like", lambda child: [])
        parent = make_user()
        child = make_beneficiary(parent, first_name="Lina", last_name="MARTIN")

        user, _ = services.make_child_login(beneficiary_id=child.pk, actor=parent)
        assert user.username == "lina.martin2"

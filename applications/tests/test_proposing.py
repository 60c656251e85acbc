"""A version that comes into force is written to who may sign it, each once."""

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone

from accounts.tests.factories import make_user
from applications import affiliating, conventions, proposing
from applications.tests.conventions import make_convention, make_in_force
from applications.tests.organismes import make_candidacy
from applications.tests.signatures import make_signature, plant_signature
from core.tests.queue import work
from partners.models import Membership, Partner
from partners.tests.factories import make_partner
from partners.tests.members import mails_to, make_manager, make_member

pytestmark = pytest.mark.django_db


def written_to():
    return sorted(address for message in mail.outbox for address in message.to)


def make_managers(number):
    return [make_manager(make_partner(name=f"CLUB {it}")).user.email for it in range(number)]


def test_a_manager_is_written_to():
    partner = make_partner(name="JUDO CLUB D’ANTONY")
    manager = make_manager(partner)
    make_member(partner)
    make_in_force()
    work()

    [message] = mail.outbox
    assert message.to == [manager.user.email]
    assert message.subject == "Convention à signer pour JUDO CLUB D’ANTONY"
    assert f"/organismes/{partner.pk}/convention/" in message.body


def test_the_link_leads_to_the_page_where_it_is_signed(client, enter):
    partner = make_partner()
    manager = make_manager(partner)
    version = make_in_force()
    work()
    [message] = mails_to(manager.user.email)
    [path] = [word for word in message.split() if word.startswith("http")]

    enter(manager.user)
    assert version.title in client.get(path).text


@pytest.mark.parametrize(
    "change",
    [
        lambda it: Membership.objects.filter(pk=it.pk).update(closed_at=timezone.now()),
        lambda it: Partner.objects.update(affiliated_until=timezone.localdate() - dt.timedelta(days=1)),
        lambda it: type(it.user).objects.filter(pk=it.user_id).update(email=""),
        lambda it: type(it.user).objects.filter(pk=it.user_id).update(is_active=False),
        lambda it: type(it.user).objects.filter(pk=it.user_id).update(is_staff=True),
    ],
    ids=[
        *("its access is closed", "its organisme has left", "it has no address", "its account is closed"),
        "it is an agent by now",
    ],
)
def test_who_cannot_sign_is_not(change):
    change(make_manager(make_partner()))
    make_in_force()
    work()

    assert not mail.outbox


def test_who_has_signed_is_not():
    version = make_convention()
    manager = make_manager(make_partner())
    plant_signature(version, manager.user, partner=manager.partner)

    assert not proposing.to_sign(version).exists()


def test_who_signed_to_be_affiliated_is_not():
    version = make_in_force()
    application = make_candidacy()
    make_signature(application, version)
    affiliating.accept_affiliation(application_id=application.pk, actor=make_user(is_staff=True))
    assert Membership.objects.exists()

    assert not proposing.to_sign(version).exists()
    assert proposing.to_sign(make_convention("2")).count() == 1


def test_whose_double_has_signed_is_not():
    version = make_convention()
    manager, double = make_manager(make_partner(name="A")), make_partner(name="B")
    plant_signature(version, manager.user, partner=double)
    assert proposing.to_sign(version).exists()

    Partner.objects.filter(pk=double.pk).update(merged_into=manager.partner)
    assert not proposing.to_sign(version).exists()


def test_however_many_each_once(monkeypatch):
    monkeypatch.setattr(proposing, "AT_ONCE", 2)
    expected = make_managers(5)
    make_in_force()
    work()

    assert written_to() == sorted(expected)


def test_once_another_one_is_in_force_the_others_are_told_of_it(monkeypatch):
    monkeypatch.setattr(proposing, "AT_ONCE", 2)
    expected = make_managers(3)
    make_in_force("Version ancienne")
    make_in_force("Version nouvelle")
    work()

    assert written_to() == sorted(expected)
    for message in mail.outbox:
        assert "Version nouvelle" in message.body
        assert "Version ancienne" not in message.body


def test_one_that_comes_back_is_told_once():
    make_managers(1)
    version = make_in_force()
    work()
    conventions.end(convention_id=version.pk)
    conventions.put_in_force(convention_id=version.pk, actor=make_user(is_staff=True))
    work()

    assert len(mail.outbox) == 1
    version.refresh_from_db()
    assert not proposing.to_tell(version).exists()


def test_once_none_is_in_force_nobody_is():
    make_managers(1)
    version = make_in_force()
    conventions.end(convention_id=version.pk)
    work()

    assert not mail.outbox

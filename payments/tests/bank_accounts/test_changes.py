"""What else changed around the day of an account is red."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts import audit
from accounts.audit import Action
from accounts.models import EmailChange
from accounts.tests.factories import make_agent
from partners.models import Membership
from partners.tests.members import mails_to, make_manager
from payments.bank_accounts import changes, numbers
from payments.models import BankAccount

from .accounts import OTHER_IBAN, make_asked, make_confirmed, make_organisme

pytestmark = pytest.mark.django_db


def make_old_organisme():
    """Its manager and its first account are of long ago."""
    partner = make_organisme()
    make_confirmed(partner)
    long_ago = timezone.now() - dt.timedelta(days=400)
    Membership.objects.update(created_at=long_ago)
    BankAccount.objects.update(asked_at=long_ago)
    return partner


def rewrite(partner, **now):
    """An agent changes its card."""
    before = audit.values(partner, list(now))
    for name, value in now.items():
        setattr(partner, name, value)
    partner.save()
    after = audit.values(partner, list(now))
    audit.record(
        action=Action.CHANGED,
        subject=partner,
        reason="",
        actor=make_agent(),
        changes=audit.compared(before, after),
    )


def test_of_a_first_account_there_is_none():
    assert changes.around(make_asked()) == []


def test_of_an_organisme_where_nothing_changed_neither():
    assert changes.around(make_asked(make_old_organisme(), OTHER_IBAN)) == []


def test_a_member_of_yesterday():
    partner = make_old_organisme()
    make_manager(partner, "Ivan", "NOUVEAU")

    [said] = changes.around(make_asked(partner, OTHER_IBAN))
    assert said.startswith("Ivan NOUVEAU est membre depuis le")


def test_a_member_who_left():
    partner = make_old_organisme()
    member = make_manager(partner, "Ivan", "PARTI")
    gone = timezone.now() - dt.timedelta(days=29)
    Membership.objects.filter(pk=member.pk).update(created_at=gone - dt.timedelta(days=300), closed_at=gone)

    [said] = changes.around(make_asked(partner, OTHER_IBAN))
    assert "l’accès de Ivan PARTI est fermé" in said


def test_an_address_of_a_manager():
    partner = make_old_organisme()
    manager = partner.memberships.get().user
    EmailChange.objects.create(
        user=manager, old="a@b.example", new="c@b.example", is_open=False, done_at=timezone.now()
    )

    [said] = changes.around(make_asked(partner, OTHER_IBAN))
    assert "autre adresse e-mail" in said


def test_the_card_and_who_was_there_before_is_told():
    partner = make_old_organisme()
    rewrite(partner, email="neuf@club.example", website="https://club.example")

    [said] = changes.around(make_asked(partner, OTHER_IBAN))
    assert "contact@club.example → neuf@club.example" in said
    for address in ("contact@club.example", "neuf@club.example"):
        assert any("est demandé" in it for it in mails_to(address))


def test_more_than_thirty_days_before():
    partner = make_old_organisme()
    make_manager(partner)
    Membership.objects.update(created_at=timezone.now() - dt.timedelta(days=31))

    assert changes.around(make_asked(partner, OTHER_IBAN)) == []


def test_a_number_that_has_just_been_written_is_not_called_back():
    partner = make_old_organisme()
    before = partner.phone
    rewrite(partner, phone="06 66 66 66 66")

    assert list(numbers.on_file(make_asked(partner, OTHER_IBAN))) == [before]

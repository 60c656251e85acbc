"""E-mails of who is erased: by account, whatever the address was."""

import pytest
from post_office.models import Email

from accounts.tests.factories import make_beneficiary, make_user
from content import contact_mail
from core.models import Addressee

pytestmark = pytest.mark.django_db


def write_to(*accounts, address):
    email = Email.objects.create(from_email="nous@pass.example", to=[address], subject="Mot de passe changé")
    Addressee.objects.bulk_create(Addressee(email=email, account=account) for account in accounts)
    return email


def test_those_to_addresses_that_nobody_remembers_go_too(erase):
    """family.md 16: an address of two changes ago stood in no column any more."""
    leaving, staying = make_user("parent"), make_user("autre")
    make_beneficiary(leaving, staying)
    write_to(leaving, address="il-y-a-longtemps@ailleurs.example")
    theirs = write_to(staying, address="autre@famille.example")
    erase(leaving)

    assert list(Email.objects.filter(subject="Mot de passe changé")) == [theirs]


def test_of_one_that_another_reads_too_nothing_says_that_it_was_theirs(erase):
    """family.md 16."""
    leaving, staying = make_user("parent"), make_user("autre")
    make_beneficiary(leaving, staying)
    shared = write_to(leaving, staying, address="famille@famille.example")
    erase(leaving)

    assert list(Addressee.objects.values_list("email", "account")) == [(shared.pk, staying.pk)]


def ask(address, author=None):
    contact_mail.send(topic="autre", message="Bonjour", address=address, author=author, child=None)


def test_what_they_wrote_to_us_and_is_not_sent_yet_goes_too(erase, settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    leaving, staying = make_user("parent", email="parent@famille.example"), make_user("autre")
    make_beneficiary(leaving, staying)
    ask("ailleurs@famille.example", author=leaving)
    ask("Parent@famille.example")
    ask("autre@famille.example", author=staying)
    erase(leaving)

    assert [email.headers["Reply-To"] for email in Email.objects.all()] == ["autre@famille.example"]

"""A message is kept with the accounts that it was written to."""

import pytest
from post_office.models import STATUS, Email

from accounts import identifiers
from accounts.tests.factories import make_beneficiary, make_user
from core.models import Addressee
from core.tests.queue import work
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

from .delivering import write

pytestmark = pytest.mark.django_db


def owners(**mails):
    found = Addressee.objects.filter(email__in=Email.objects.filter(**mails))
    return sorted(found.values_list("account__username", flat=True))


def test_one_account():
    """family.md 16."""
    make_user("autre", email="camille@famille.example")
    write("camille")

    assert owners() == ["camille"]


def test_all_those_whom_one_message_means():
    """family.md 16."""
    for username in ("camille", "garance"):
        make_user(username, email="famille@famille.example")
    identifiers.send_identifiers(contact="famille@famille.example")

    assert owners() == ["camille", "garance"]


def test_both_parents_of_one_box_and_nobody_else_of_it():
    """family.md 16."""
    parents = [make_user(username, email="famille@famille.example") for username in ("a", "b")]
    make_user("c", email="famille@famille.example")
    make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(*parents)))
    work()

    assert Email.objects.count() == 1
    assert owners() == ["a", "b"]


def test_what_could_not_leave_is_theirs_too():
    """family.md 16."""
    make_user("odd", email='"a<b>"@famille.example')
    identifiers.send_identifiers(contact="odd")

    assert owners(status=STATUS.failed) == ["odd"]


def test_once_for_each(refused_by):
    write("camille")
    [row] = Addressee.objects.all()
    with refused_by("core_addressee_once"):
        Addressee.objects.create(email=row.email, account=row.account)

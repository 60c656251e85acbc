"""An access is given back, by e-mail or letter."""

import io

import pypdf
import pytest
from django.core import mail

from accounts import links
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.tests.factories import PASSWORD, make_user
from core.codes import show_code

from .journal import WHY, journal

pytestmark = pytest.mark.django_db


def test_access_is_sent_to_the_address_of_the_account(act, agent):
    family = make_user("famille", email="chez-nous@famille.example")

    act(family, "rendre-l-acces")

    assert journal() == [(Action.ACCESS_RESET, WHY, agent)]
    family.refresh_from_db()
    assert family.check_password(PASSWORD)
    assert [message.to for message in mail.outbox] == [["chez-nous@famille.example"]]


def test_without_an_address_it_says_so(act, agent):
    assert "n’a pas d’adresse e-mail" in act(make_user(email=""), "rendre-l-acces").text
    assert journal() == []


def test_access_by_letter_is_a_letter_to_print(act, agent):
    family = make_user("famille", email="")

    response = act(family, "acces-par-courrier")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="lettre-famille.pdf"'
    assert "no-store" in response.headers["Cache-Control"]
    family.refresh_from_db()
    code = links.access_code(family, Channel.HAND)
    assert show_code(code) in pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert family.check_password(PASSWORD)
    assert journal() == [(Action.LETTER_MADE, WHY, agent)]
    assert code not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "fields", [{"is_staff": True, "email": ""}, {"is_active": False, "email": ""}, {}], ids=str
)
def test_no_letter_for_an_agent_a_closed_account_nor_one_with_an_address(act, administrator, fields):
    account = make_user(**fields)

    assert act(account, "acces-par-courrier").status_code == 302
    account.refresh_from_db()
    assert account.access_code_at is None
    assert journal() == []


def test_a_letter_needs_a_reason(act, agent):
    account = make_user(email="")

    assert act(account, "acces-par-courrier", reason="").context["form"].errors
    account.refresh_from_db()
    assert account.access_code_at is None

"""« Ne plus recevoir d’e-mails comme celui-ci »."""

import pytest
from django.core import signing
from django.test import Client

from accounts.mail_choices import COLUMNS, MailKind, token_for
from accounts.models import User
from accounts.tests.factories import make_user
from tickets.models import Reminder
from tickets.tests.reminding import make_due, make_family, send, stop_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def link(mailoutbox):
    make_family(make_due())
    send()
    return stop_link(mailoutbox[0])


def test_to_look_stops_nothing(client, link):
    response = client.get(link)

    assert "Ne plus recevoir ces e-mails" in response.text
    assert "camille" not in response.text
    assert send(23) == 1


def test_to_press_the_button_does_even_twice(client, link):
    for _ in range(2):
        response = client.post(link, follow=True)
        assert "Vous ne recevrez plus ces e-mails" in response.text

    assert "Vous ne recevrez plus ces e-mails" in client.get(link).text
    assert send(23) == 0


def test_the_button_of_the_mail_program_does_it_at_once(link, mailoutbox):
    headers = mailoutbox[0].message()
    assert headers["List-Unsubscribe"] == f"<https://pass.example{link}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

    program = Client(enforce_csrf_checks=True)
    assert program.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert send(23) == 0


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "spoil",
    [lambda link: link.replace(":", ":x"), lambda link: link.replace("/e-mails/", "/e-mails/9")],
    ids=["signature", "account"],
)
def test_a_link_that_we_did_not_sign(client, link, method, spoil):
    response = getattr(client, method)(spoil(link))

    assert response.status_code == 404
    assert "Ce lien ne fonctionne pas" in response.text
    assert send(23) == 1


def test_a_link_whose_account_is_gone(client, link):
    Reminder.objects.get().user.delete()

    assert client.post(link).status_code == 404


def test_it_is_taken_up_again_on_the_same_page(client, link):
    """family.md C 8: one click, and reversible."""
    client.post(link)
    response = client.post(link, {"recevoir": "oui"}, follow=True)

    assert "Ne plus recevoir ces e-mails\N{NO-BREAK SPACE}?" in response.text
    assert send(23) == 1


def test_the_links_of_before_stop_reminders_alone(client):
    """family.md C 8: a link to be left in peace works for ever."""
    user = make_user()
    client.post(f"/rappels/{signing.Signer(salt='tickets.reminders').sign(str(user.pk))}/")

    user.refresh_from_db()
    assert (user.reminders, user.mail_on_created) == (False, True)


@pytest.mark.parametrize("kind", MailKind)
def test_it_stops_that_kind_only_of_that_account_only(client, kind):
    """family.md C 8."""
    mine, other = make_user(), make_user()
    client.post(f"/e-mails/{token_for([mine.pk], kind)}/", {"List-Unsubscribe": "One-Click"})

    for user, expected in ((mine, {kind.column}), (other, set())):
        [row] = User.objects.filter(pk=user.pk).values(*COLUMNS.values())
        assert {column for column, wanted in row.items() if not wanted} == expected


def test_who_was_erased_chooses_nothing(client):
    """family.md C 8."""
    user = make_user()
    link = f"/e-mails/{token_for([user.pk], MailKind.USED)}/"
    User.objects.filter(pk=user.pk).update(is_active=False, mail_on_used=False)
    client.post(link, {"recevoir": "oui"})

    user.refresh_from_db()
    assert not user.mail_on_used

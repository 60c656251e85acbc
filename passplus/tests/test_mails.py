"""Every e-mail there is: short, plain, the same in its two parts, and silent about what must stay secret."""

import re
from html import unescape

import html5lib
import pytest
from django.conf import settings

from accounts import mail, services
from accounts.tests.factories import make_beneficiary, make_user
from core.tests.queue import work
from tickets.models import Ticket

from .mails import MAILS, used

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


@pytest.fixture(params=MAILS, ids=str)
def message(request, mailoutbox):
    MAILS[request.param]()
    work()
    return mailoutbox[-1]


def html_of(message):
    [(html, kind)] = message.alternatives
    assert kind == "text/html"
    return html


def words(text):
    """Without addresses, and without the colon that only the text needs to lead to one."""
    return re.sub(r"\s*:?\s*https?://\S+|-- ?\n", " ", text).split()


def test_there_is_one_of_each():
    pairs = {path.name for path in (settings.BASE_DIR / "templates" / "mail").iterdir()}
    names = {name.partition(",")[0] for name in MAILS} | {"base"}

    assert pairs == {f"{name}.{suffix}" for name in names for suffix in ("txt", "html")}


def test_subjects_are_short_and_on_one_line(message):
    assert 10 < len(message.subject) < 78
    assert len(message.subject.splitlines()) == 1


def test_the_two_parts_say_the_same(message):
    body = html_of(message).partition("<body>")[2]
    said = unescape(re.sub(r"<[^>]+>", "", re.sub(r"<br>|</p>", " ", body)))

    assert words(message.body) == words(said)
    assert "{" not in message.body
    assert len(message.body.split()) < 150


def test_the_html_is_valid(message):
    html5lib.HTMLParser(strict=True).parse(html_of(message))


def test_links_are_the_same_and_lead_to_the_site_and_nothing_is_fetched(message):
    html = html_of(message)
    links = re.findall(r"https?://\S+", message.body)

    assert [unescape(link) for link in re.findall(r'href="(https?:[^"]+)"', html)] == links
    assert all(link.startswith("https://pass.example/") for link in links)
    # The logo, the same for everybody: by its address nobody learns who reads.
    assert re.findall(r'src="([^"]*)"', html) == ["https://pass.example/static/img/icon-192.png"]
    assert not re.search(r"<link|<script|url\(|@import", html)


def test_no_secret_and_of_a_child_only_the_first_name(message):
    text = f"{message.subject} {message.body} {html_of(message)}"

    for ticket in Ticket.objects.all():
        assert ticket.code not in text
        assert ticket.shown_code not in text
    assert "MONTMORENCY" not in text
    assert "DURAND" not in text
    assert "md5$" not in text


def test_names_are_escaped_in_html_and_plain_in_the_text(mailoutbox):
    used()
    work()

    assert "L’ÉCOLE <DE> MUSIQUE & DE DANSE" in mailoutbox[-1].body
    assert "L’ÉCOLE &lt;DE&gt; MUSIQUE &amp; DE DANSE" in html_of(mailoutbox[-1])


def test_machines_do_not_answer(message):
    assert message.message()["Auto-Submitted"] == "auto-generated"


def test_the_old_address_does_not_learn_the_new_one(mailoutbox):
    mail.email_changed(make_user("camille"), "ancien@famille.example", "dominique@nouveau.example")

    assert mailoutbox[0].to == ["ancien@famille.example"]
    assert "d…@nouveau.example" in mailoutbox[0].body
    assert "dominique" not in mailoutbox[0].body


def test_a_name_does_not_begin_a_header(mailoutbox):
    child = make_beneficiary(first_name="Garance\r\nBcc: tous@famille.example\n\nBonjour")
    mail.child_login_made(make_user(), child)

    [message] = mailoutbox
    assert message.message()["Bcc"] is None
    assert message.subject.startswith("Garance Bcc: tous@")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "camille",
        "camille@famille.example\nBcc: tous@famille.example",
        "camille@famille.example, tous@famille.example",
        # One address for the RFC, three for an outbox that splits at commas.
        '"x,tous@famille.example,y"@famille.example',
    ],
)
def test_nobody_else_is_written_to(mailoutbox, address):
    services.send_first_access(user_id=make_user(email=address).pk)

    assert mailoutbox == []

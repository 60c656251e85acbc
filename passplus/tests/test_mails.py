"""Every e-mail there is: short, plain, the same in its two parts, and silent about what must stay secret."""

import re
from html import unescape

import html5lib
import pytest
from django.conf import settings

from accounts import identifiers, mail, services
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from tickets import notices, reminders
from tickets import services as tickets
from tickets.models import Ticket
from tickets.tests.factories import make_ticket, make_tickets
from wallets.models import Kind
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db

LONG = "Maximilien-Alexandre-Emmanuel-Constantin-Barthélemy"


def family():
    guardian = make_user("camille", first_name="Camille", last_name="DURAND")
    return guardian, make_beneficiary(guardian, first_name=LONG, last_name="DE MONTMORENCY")


def ticket(**fields):
    guardian, child = family()
    return make_ticket(wallet=make_wallet(beneficiary=child), actor=guardian, **fields)


def forgotten():
    make_user("camille", first_name="Camille", last_name="DURAND", email="famille@famille.example")
    make_user("garance", email="famille@famille.example")
    identifiers.send_identifiers(contact="camille")


def series():
    guardian, child = family()
    make_tickets(6, wallet=make_wallet(beneficiary=child), actor=guardian)


def many():
    guardian, child = family()
    wallet = make_wallet(beneficiary=child)
    for made in make_tickets(5, amount="1", wallet=wallet, actor=guardian):
        tickets.cancel(ticket_id=made.pk, actor=guardian)


def cancelled():
    made = ticket()
    tickets.cancel(ticket_id=made.pk, actor=made.order.actor)


def used():
    made = ticket(offer=make_offer(partner=make_partner("L’ÉCOLE <DE> MUSIQUE & DE DANSE")))
    tickets.use(ticket_id=made.pk, actor=made.order.actor)


def reminded(left):
    campaign = make_campaign(last_ticket_on=days(left), last_cancellation_on=days(left))
    guardian, child = family()
    for kind in Kind:
        make_wallet("1234.50", kind=kind, beneficiary=child, campaign=campaign)
    make_wallet("20", beneficiary=make_beneficiary(guardian), campaign=campaign)
    reminders.send_due(today=days(0))


MAILS = {
    "activation": lambda: services.send_first_access(user_id=make_user("camille").pk),
    "forgotten": forgotten,
    "password_changed": lambda: mail.password_changed(make_user("camille")),
    "confirm_email": lambda: mail.confirm_email(
        make_user("camille"), "neuf@famille.example", "/confirmer/x/"
    ),
    "email_changed": lambda: mail.email_changed(
        make_user("camille"), "ancien@famille.example", "neuf@f.example"
    ),
    "email_change_asked": lambda: mail.email_change_asked(
        make_user("camille"), "ancien@famille.example", "neuf@f.example", "/refuser/x/"
    ),
    "email_changed, by itself": lambda: mail.email_changed(
        make_user("camille"), "ancien@famille.example", "neuf@f.example", "/refuser/x/"
    ),
    "email_taken_back": lambda: mail.email_taken_back(make_user("camille"), "neuf@f.example"),
    "email_given": lambda: mail.email_given(make_user("camille")),
    "account_stolen": lambda: mail.account_stolen(make_user("camille"), "camille@famille.example"),
    "access_given_back": lambda: mail.access_given_back(make_user("camille"), "ancien@famille.example"),
    "letter_made": lambda: mail.letter_made(make_user("camille"), "autre@famille.example"),
    "guardians_changed": lambda: mail.guardians_changed(*family()),
    "guardians_changed, login": lambda: mail.guardians_changed(*family(), login_closed=True),
    "telephone_enrolled": lambda: mail.telephone_enrolled(make_user("agent")),
    "recovery_codes_made": lambda: mail.recovery_codes_made(make_user("agent")),
    "child_login_made": lambda: mail.child_login_made(*family()),
    "child_login_closed": lambda: mail.child_login_closed(*family()),
    "tickets_created": ticket,
    "tickets_created, assigned": lambda: ticket(offer=make_offer()),
    "tickets_created, series": series,
    "ticket_cancelled": cancelled,
    "ticket_used": used,
    "tickets_changed": many,
    "reminder": lambda: reminded(30),
    "reminder, tomorrow": lambda: reminded(1),
    "reminder, today": lambda: reminded(0),
}


@pytest.fixture(params=MAILS, ids=str)
def message(request, mailoutbox):
    MAILS[request.param]()
    notices.compose()
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
    assert not re.search(r"<img|<link|<script|url\(|@import|src=", html)


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
    notices.compose()

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

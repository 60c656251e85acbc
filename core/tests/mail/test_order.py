"""Who waits before a page for a link waits neither for a whole département nor for a slow server."""

import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import call_command
from post_office.models import Email

from accounts import identifiers, invitations, mail, services
from accounts.tests.factories import make_beneficiary, make_user
from core import delivery as outbox
from core import tasks
from core.outbox import Urgency, set_urgency
from core.tests.queue import work
from tickets import reminders
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db


def fill(count):
    """So many reminders, as `send_reminders` wrote them this morning."""
    for number in range(count):
        message = EmailMessage("Rappel", "…", to=[f"parent{number}@famille.example"])
        set_urgency(message, Urgency.BULK)
        message.send()


@pytest.fixture
def asked_meanwhile(monkeypatch):
    """While the first message leaves, somebody asks for a link, and makes a ticket."""
    wallet = make_wallet("50", beneficiary=make_beneficiary(make_user("camille")))
    send = Memory.send_messages
    left: list[str] = []

    def send_slowly(backend, messages):
        if not left:
            identifiers.ask(contact="camille")
            make_ticket(wallet=wallet)
        left.extend(message.subject for message in messages)
        return send(backend, messages)

    monkeypatch.setattr(Memory, "send_messages", send_slowly)
    return left


def test_a_link_is_the_next_to_leave_a_full_outbox(asked_meanwhile):
    """code.md 3.3: it left as the last of the 80,000."""
    fill(200)
    worker = tasks.Worker()
    with outbox.kept_open():
        for _ in range(20):
            worker.run_next()

    # Nothing but what was leaving already before it; then what happened, then the département again.
    first, link, ticket, *rest = asked_meanwhile
    assert (first, set(rest)) == ("Rappel", {"Rappel"})
    assert "identifiant" in link.lower()
    assert "ticket" in ticket.lower()


def test_links_before_notices_before_reminders_and_the_oldest_first(mailoutbox):
    """code.md 3.3: the same order whatever was written first."""
    camille = make_user("camille")
    mail.activation(camille, urgency=Urgency.BULK)
    mail.password_changed(camille)
    mail.password_changed(make_user("mael"))
    mail.confirm_email(camille, "nouvelle@famille.example", "/x/")
    work()

    assert [message.to[0].partition("@")[0] for message in mailoutbox] == [
        *("nouvelle", "camille", "mael", "camille"),
    ]


def test_what_goes_to_many_says_so_and_what_one_waits_for_too():
    """code.md 3.3: the urgency of each kind of message."""
    parent = make_user("camille")
    campaign = make_campaign()
    child = make_beneficiary(parent)
    make_wallet("50", beneficiary=child, campaign=campaign)
    invited = make_user("invitee", password=None)
    make_beneficiary(invited)
    invitations.invite_by_mail(again=False, limit=10)
    reminders.send_due(today=campaign.last_ticket_on)
    services.send_first_access(user_id=invited.pk)
    identifiers.send_identifiers(contact="camille")

    assert list(Email.objects.order_by("pk").values_list("priority", flat=True)) == [
        *(Urgency.BULK, Urgency.BULK, Urgency.LINK, Urgency.LINK),
    ]


def test_a_whole_outbox_leaves(mailoutbox):
    """code.md 3.3: once, and all of it."""
    fill(25)
    call_command("run_tasks")

    assert len(mailoutbox) == 25


@pytest.mark.parametrize("name", ["{% load %}", "{{ settings.SECRET_KEY }}", "{# x"])
def test_a_name_is_no_template(mailoutbox, name):
    """cases 37, its kind: post_office read each text as a template, and broke down over such a name."""
    child = make_beneficiary(make_user("camille"), first_name=name)
    mail.child_login_made(child.guardians.get(), child)
    work()

    assert name in mailoutbox[0].body

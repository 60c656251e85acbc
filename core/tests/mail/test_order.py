"""Who waits before a page for a link waits neither for a whole département nor for a slow server."""

import pytest
from django.core.mail.backends.locmem import EmailBackend as Memory
from django.core.management import call_command
from post_office.models import STATUS, Email

from accounts import identifiers, mail, services
from accounts.tests.factories import make_beneficiary, make_user
from core import delivery as outbox
from core.outbox import Urgency
from core.worker import Stop
from operations.management.commands import deliver
from tickets import reminders
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db


def fill(count):
    """So many reminders, as `send_reminders` wrote them this morning."""
    Email.objects.bulk_create(
        Email(
            from_email="x@passplus.example",
            subject="Rappel",
            message="…",
            to=[f"parent{number}@famille.example"],
            status=STATUS.queued,
            priority=Urgency.BULK,
        )
        for number in range(count)
    )


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def slow(monkeypatch):
    """A server that takes two seconds a message; while the first leaves, somebody asks for a link."""
    clock = Clock()
    monkeypatch.setattr("core.delivery.time.monotonic", clock)
    wallet = make_wallet("50", beneficiary=make_beneficiary(make_user("camille")))
    send = Memory.send_messages
    asked: list[float] = []
    left: list[tuple[float, str]] = []

    def send_slowly(backend, messages):
        clock.now += 2
        if not asked:
            identifiers.ask(contact="camille")
            make_ticket(wallet=wallet)
            asked.append(clock.now)
        left.extend((clock.now, message.subject) for message in messages)
        return send(backend, messages)

    monkeypatch.setattr(Memory, "send_messages", send_slowly)
    return asked, left


def rounds(count):
    for _ in range(count):
        deliver.Command().work(Stop())


def test_a_link_leaves_within_a_minute_of_a_full_outbox(slow):
    """code.md 3.3: it left as the last of the 80,000."""
    fill(5_000)
    rounds(2)
    [asked], left = slow

    subjects = [subject for _, subject in left]
    [link] = [number for number, subject in enumerate(subjects) if "identifiant" in subject.lower()]
    assert left[link][0] - asked < 60
    # Nothing but what was leaving already before it; then what happened, then the département again.
    assert {*subjects[:link]} == {"Rappel"} == {*subjects[link + 2 :]}
    assert "ticket" in subjects[link + 1].lower()


def test_links_before_notices_before_reminders_and_the_oldest_first(mailoutbox):
    """code.md 3.3: the same order whatever was written first."""
    camille = make_user("camille")
    mail.activation(camille, urgency=Urgency.BULK)
    mail.password_changed(camille)
    mail.password_changed(make_user("mael"))
    mail.confirm_email(camille, "nouvelle@famille.example", "/x/")
    outbox.deliver(Stop())

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
    services.invite_by_mail(again=False, limit=10)
    reminders.send_due(today=campaign.last_ticket_on)
    services.send_first_access(user_id=invited.pk)
    identifiers.send_identifiers(contact="camille")

    assert list(Email.objects.order_by("pk").values_list("priority", flat=True)) == [
        *(Urgency.BULK, Urgency.BULK, Urgency.LINK, Urgency.LINK),
    ]


def test_one_batch_a_round_and_all_of_it_once(monkeypatch, mailoutbox):
    """code.md 3.3: `deliver` without --every still empties the outbox."""
    monkeypatch.setattr("post_office.mail.get_batch_size", lambda: 10)
    fill(25)
    assert outbox.deliver(Stop()) == (10, 10)

    call_command("deliver")
    assert len(mailoutbox) == 25


def test_a_round_ends_in_time(slow):
    """code.md 3.3: with a slow server it is not the whole batch that is waited for."""
    fill(100)

    # Two seconds each, and ten at most.
    assert outbox.deliver(Stop()).sent == outbox.LONGEST // 2 + 1


@pytest.mark.parametrize("name", ["{% load %}", "{{ settings.SECRET_KEY }}", "{# x"])
def test_a_name_is_no_template(mailoutbox, name):
    """cases 37, its kind: post_office read each text as a template, and broke down over such a name."""
    child = make_beneficiary(make_user("camille"), first_name=name)
    mail.child_login_made(child.guardians.get(), child)
    outbox.deliver(Stop())

    assert name in mailoutbox[0].body

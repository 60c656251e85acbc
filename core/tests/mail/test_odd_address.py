"""One address that cannot be written to."""

import pytest
from post_office.models import STATUS, Log

from accounts import identifiers, invitations
from accounts.tests.factories import make_beneficiary, make_user
from core.mail import send
from core.models import OutgoingMail
from core.tests.queue import work
from tickets import reminders
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db


ODD = '"a<b>"@famille.example'


@pytest.mark.parametrize("odd", [ODD, '"a,b"@famille.example', "néant"])
def test_it_stops_no_invitations_and_is_told_to_the_agents(odd, mailoutbox, enter):
    """cases 37: the batch was undone each time, or an odd one was counted as invited."""
    for username, email in (("une", "une@famille.example"), ("odd", odd), ("autre", "autre@famille.example")):
        make_beneficiary(make_user(username, email=email, password=None))

    assert invitations.invite_by_mail(again=False, limit=10) == 2
    work()
    assert {message.to[0] for message in mailoutbox} == {"une@famille.example", "autre@famille.example"}
    refused = OutgoingMail.objects.get(status=STATUS.failed)
    assert Log.objects.get().email_id == refused.pk
    agent = enter(make_user("agent", is_staff=True, is_superuser=True))
    assert "Corrigez-la" in agent.get(f"/admin/core/outgoingmail/{refused.pk}/change/").text
    assert "e-mail abandonné" in agent.get("/admin/").text


def test_it_stops_no_reminders(mailoutbox):
    """cases 37, its kind: reminders."""
    campaign = make_campaign()
    for username, email in (("une", "une@famille.example"), ("odd", ODD), ("autre", "autre@famille.example")):
        child = make_beneficiary(make_user(username, email=email))
        make_wallet("50", beneficiary=child, campaign=campaign)
    reminders.send_due(today=campaign.last_ticket_on)
    work()

    assert {message.to[0] for message in mailoutbox} == {"une@famille.example", "autre@famille.example"}


def test_whatever_one_reminder_fails_of_the_next_ones_are_sent(mailoutbox, monkeypatch, caplog):
    """cases 37, its kind: a batch goes on past one."""
    campaign = make_campaign()
    for username in ("une", "cassee", "autre"):
        child = make_beneficiary(make_user(username))
        make_wallet("50", beneficiary=child, campaign=campaign)

    def broken(template, address, **context):
        if "cassee" in address:
            raise ValueError("a template")
        return send(template, address, **context)

    monkeypatch.setattr("core.mail.send", broken)

    assert reminders.send_due(today=campaign.last_ticket_on) == 2
    assert "No reminder for account" in caplog.text


def test_it_keeps_the_other_guardian_from_nothing(mailoutbox):
    """cases 37, its kind: notices."""
    child = make_beneficiary(make_user("odd", email=ODD), make_user("camille"))
    wallet = make_wallet("50", kind=Kind.SPORT, beneficiary=child)
    make_ticket(wallet=wallet)
    work()

    assert [message.to for message in mailoutbox] == [["camille@famille.example"]]


def test_it_keeps_no_identifiers_from_anybody(mailoutbox):
    """cases 37, its kind: « identifiants oubliés »."""
    make_user("odd", email=ODD)
    make_user("camille")
    for contact in ("odd", "camille"):
        identifiers.ask(contact=contact)
    work()

    assert [message.to for message in mailoutbox] == [["camille@famille.example"]]

"""Who has chosen not to hear of a kind of thing does not, and hears of the others."""

import pytest

from accounts.mail_choices import COLUMNS, MailKind
from accounts.models import User
from accounts.tests.factories import make_beneficiary, make_user
from core.tests.queue import work
from partners.tests.factories import make_offer
from tickets import services
from tickets.models import Notice
from tickets.tests.factories import make_ticket
from tickets.tests.reminding import make_due, send, stop_link
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
SUBJECTS = {
    MailKind.CREATED: "Ticket créé pour Garance",
    MailKind.USED: "Ticket utilisé pour Garance",
    MailKind.CANCELLED: "Ticket annulé pour Garance",
}


def live(wallet):
    """One of each, each told alone."""
    actor = make_user()
    ticket = make_ticket(wallet=wallet)
    work()
    services.use(ticket_id=ticket.pk, actor=actor, offer_id=make_offer().pk)
    work()
    other = make_ticket(wallet=wallet)
    Notice.objects.all().delete()
    services.cancel(ticket_id=other.pk, actor=actor)
    work()


@pytest.mark.parametrize("kind", SUBJECTS)
def test_that_kind_alone_does_not_come(mailoutbox, wallet, kind):
    """family.md C 8: only reminders could be refused."""
    User.objects.filter(username="camille").update(**{kind.column: False})
    live(wallet)

    assert [mail.subject for mail in mailoutbox] == [told for each, told in SUBJECTS.items() if each != kind]


@pytest.mark.parametrize("kind", SUBJECTS)
def test_each_carries_the_link_that_stops_it(client, mailoutbox, wallet, kind):
    """family.md C 8."""
    live(wallet)
    [message] = [mail for mail in mailoutbox if mail.subject == SUBJECTS[kind]]
    headers = message.message()
    assert headers["List-Unsubscribe"] == f"<https://pass.example{stop_link(message)}>"
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    User.objects.update(**dict.fromkeys(COLUMNS.values(), True))
    client.post(stop_link(message))

    [row] = User.objects.filter(username="camille").values(*COLUMNS.values())
    assert [column for column, wanted in row.items() if not wanted] == [kind.column]


def test_of_two_who_share_a_box_only_who_wants_it_is_greeted(mailoutbox):
    """family.md C 8."""
    readers = [
        make_user(first_name=name, email="famille@famille.example", mail_on_created=wanted)
        for name, wanted in (("Camille", True), ("Dominique", False))
    ]
    make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(*readers)))
    work()

    [message] = mailoutbox
    assert "Bonjour Camille," in message.body


def test_the_link_of_a_shared_box_leaves_the_box_in_peace(client, mailoutbox):
    """family.md C 8."""
    child = make_beneficiary(*(make_user(email="famille@famille.example") for _ in range(2)))
    make_ticket(wallet=make_wallet(beneficiary=child))
    work()
    client.post(stop_link(mailoutbox[0]))
    make_ticket(wallet=make_wallet(beneficiary=child))
    work()

    assert len(mailoutbox) == 1


def test_many_together_are_told_without_what_is_not_wanted(told, mailoutbox, wallet):
    """family.md C 8."""
    User.objects.filter(username="camille").update(mail_on_created=False)
    actor = make_user()
    with told():
        for _ in range(3):
            services.cancel(ticket_id=make_ticket(wallet=wallet).pk, actor=actor)
        make_ticket(wallet=wallet)

    [message] = mailoutbox
    assert message.subject == "3 tickets changés pour Garance"
    assert "créé" not in message.body.replace("Créer", "")


def test_a_child_that_asked_for_it_is_reminded_too(mailoutbox):
    """family.md C 8."""
    login = make_user("garance", reminders=False)
    child = make_beneficiary(make_user("camille"), user=login)
    make_wallet("20", beneficiary=child, campaign=make_due())
    assert send() == 1
    User.objects.filter(pk=login.pk).update(reminders=True)

    assert send() == 1
    assert [mail.to for mail in mailoutbox] == [["camille@famille.example"], ["garance@famille.example"]]

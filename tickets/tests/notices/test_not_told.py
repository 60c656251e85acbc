"""What guardians are not told, because it did not happen."""

import pytest
from django.db import transaction

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.exceptions import TicketNotCancellable
from tickets.models import Notice
from tickets.tests.factories import make_ticket

pytestmark = pytest.mark.django_db


def test_what_was_refused_is_not_told(told, mailoutbox, wallet):
    ticket = make_ticket(wallet=wallet)
    services.cancel(ticket_id=ticket.pk, actor=make_user())
    with told(), pytest.raises(TicketNotCancellable):
        services.cancel(ticket_id=ticket.pk, actor=make_user())

    assert mailoutbox == []


def test_what_was_taken_back_is_not_told(told, mailoutbox, wallet):
    with told(), transaction.atomic():
        make_ticket(wallet=wallet)
        transaction.set_rollback(True)

    assert mailoutbox == []


def test_a_use_that_was_undone_before_anybody_was_told_is_not_told(told, mailoutbox, wallet):
    ticket = make_ticket(wallet=wallet, offer=make_offer("Chant choral"))
    with told():
        services.use(ticket_id=ticket.pk, actor=make_user())
        services.undo_use(ticket_id=ticket.pk, actor=make_user())

    assert mailoutbox == []


def test_what_happened_is_known(refused_by, wallet):
    ticket = make_ticket(wallet=wallet)
    with refused_by("tickets_notice_happened_is_known"):
        Notice.objects.create(ticket=ticket, happened="lost")

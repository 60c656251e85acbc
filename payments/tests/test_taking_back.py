"""A family is right of a ticket that is in a payment, or paid: who gives back what."""

import uuid
from decimal import Decimal

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from accounts.models import NO_CHILD, Beneficiary
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from partners.models import Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member
from payments import agreement, approving, outcomes, taking_back
from payments.models import BatchState, Correction, Fate
from tickets import disputes, services
from tickets.counter import undoing
from tickets.counter.undoing import TakenBack
from tickets.disputes import NotBeingPaid, NothingToDecide
from tickets.exceptions import TicketNotUsed
from tickets.models import Dispute, Doubt, Happened, Notice, State, Ticket
from tickets.tests.unguarded import unlock_tickets
from wallets.models import Campaign, Entry, Kind, Wallet
from wallets.tests.factories import days, make_wallet

from .factories import make_batch, make_use
from .paid import make_paid, make_sent

pytestmark = pytest.mark.django_db


def disputed(use=None):
    """Of a wallet of 60 euros, ten of which are on that ticket."""
    parent = make_user()
    use = use or make_use(wallet=make_wallet("60", beneficiary=make_beneficiary(parent), kind=Kind.CULTURE))
    disputes.raise_one(ticket_id=use.ticket_id, doubt=Doubt.NOT_THERE, actor=parent)
    return use


def paid():
    use = make_use(wallet=make_wallet("60", beneficiary=make_beneficiary(make_user()), kind=Kind.CULTURE))
    make_paid(use)
    return disputed(use)


def take_back(use, **who):
    who = {"actor": make_user()} | who
    return taking_back.take_back(ticket_id=use.ticket_id, key=uuid.uuid4(), **who)


def balance(use):
    assert not Wallet.objects.out_of_balance().exists()
    assert not Ticket.objects.at_odds_with_ledger().exists()
    return Wallet.objects.get(tickets=use.ticket_id).balance


def found() -> list[str]:
    return [what for what, rows in agreement.faults().items() if rows.exists()]


def test_of_a_paid_ticket_the_family_has_its_euros_and_the_organisme_owes_them():
    use, agent = paid(), make_agent()
    Notice.objects.all().delete()
    dispute = take_back(use, actor=agent)

    assert (dispute.is_founded, dispute.decided_by) == (True, agent)
    assert Ticket.objects.get(pk=use.ticket_id).state == State.PAID
    assert balance(use) == 60
    assert (dispute.repaid_by.amount, dispute.repaid_by.nature) == (10, "correction")
    owed = Correction.objects.due().get()
    assert (owed.partner, owed.amount, owed.ticket_id) == (use.offer.partner, -10, use.ticket_id)
    assert owed.reason.endswith("Mon enfant n’y est pas inscrit")
    assert [it.happened for it in Notice.objects.all()] == [Happened.USE_TAKEN_BACK]
    assert found() == []


def test_the_next_payment_takes_it():
    use = paid()
    take_back(use)
    make_use("25.00", offer=use.offer)

    payment = make_batch().payments.get()
    assert (payment.amount, payment.corrected) == (15, -10)
    assert found() == []


def test_rejected_meanwhile_it_is_paid_and_taken_back_at_once():
    """The ticket waits for a batch again: its use is not undone besides, the family would be given twice."""
    use = make_use()
    batch = make_sent()
    disputed(use)
    take_back(use)
    payment = batch.payments.get()
    outcomes.tell(
        payment_id=payment.pk, fate=Fate.REJECTED, on=timezone.localdate(), reason="Clos", actor=make_agent()
    )
    assert Ticket.objects.get(pk=use.ticket_id).state == State.USED
    with pytest.raises(TicketNotUsed, match="déjà reprise"):
        services.undo_use(ticket_id=use.ticket_id, actor=make_user())
    manager = make_member(partner=use.offer.partner, role=Role.MANAGER)
    with pytest.raises(TakenBack):
        undoing.undo(
            use_id=use.pk, partner_id=manager.partner_id, actor=manager.user, reason=undoing.Reason.OTHER
        )
    assert found() == []


def test_given_up_its_batch_and_the_next_come_to_nothing():
    use = make_use()
    batch = make_batch()
    disputed(use)
    take_back(use)
    approving.drop(batch_id=batch.pk, shown=BatchState.PREPARED, actor=make_agent())

    payment = make_batch().payments.get()
    assert (payment.amount, payment.culture, payment.corrected) == (0, 10, -10)
    assert found() == []


def test_a_campaign_that_takes_no_tickets_gives_nothing_back():
    use = paid()
    Campaign.objects.update(last_ticket_on=days(-1), last_cancellation_on=days(-1))

    assert take_back(use).repaid_by is None
    assert balance(use) == 50
    assert Correction.objects.due().get().amount == -10
    assert found() == []


def test_nor_is_anything_given_to_who_is_erased():
    use = paid()
    Beneficiary.objects.filter(wallets__tickets=use.ticket_id).update(
        anonymised_at=timezone.now(), **NO_CHILD
    )

    assert take_back(use).repaid_by is None


def test_merged_meanwhile_the_kept_organisme_owes_it():
    use, kept = paid(), make_partner("Danse")
    use.offer.partner.merged_into = kept
    use.offer.partner.save(update_fields=["merged_into"])
    take_back(use)

    assert Correction.objects.get().partner == kept


def test_its_managers_are_told():
    use = paid()
    member = make_member(partner=use.offer.partner, role=Role.MANAGER)
    mail.outbox.clear()
    take_back(use)
    message = next(it for it in mail.outbox if it.to == [member.user.email])

    assert f"ticket n°\N{NO-BREAK SPACE}{use.ticket_id}" in message.body
    assert "10,00\N{NO-BREAK SPACE}€ seront déduits" in message.body


def test_whom_a_second_agent_confirms_is_the_author():
    use, one, other = paid(), make_agent(), make_agent()
    take_back(use, actor=other, proposed_by=one)
    made = Correction.objects.get()

    assert (made.author, made.second) == (one, other)


def test_what_is_in_no_payment_is_undone_instead():
    with pytest.raises(NotBeingPaid):
        take_back(disputed())


def test_decided_once():
    use = paid()
    take_back(use)
    with pytest.raises(NothingToDecide):
        take_back(use)
    assert Entry.objects.filter(nature="correction").count() == Correction.objects.count() == 1


def unguarded(dispute, actor, *, is_founded):
    Dispute.objects.filter(pk=dispute.pk).update(
        decided_at=timezone.now(), decided_by=actor, is_founded=is_founded
    )


@pytest.mark.parametrize(
    ("locked", "guarded", "refusal"),
    [
        pytest.param(True, True, "NothingToDecide", id="lock and guard"),
        pytest.param(False, True, "NothingToDecide", id="the guard alone is enough"),
        # The control: without either, only « a ticket is taken back once » is left.
        pytest.param(False, False, "IntegrityError", id="neither"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_two_agents_at_once(at_once, meeting_before, without_lock, monkeypatch, locked, guarded, refusal):
    use = paid()
    one, other = make_user(), make_user()
    if not guarded:
        monkeypatch.setattr(disputes, "_close", unguarded)
    meeting_before(disputes, "_close", sure=not locked)
    if not locked:
        without_lock()
        unlock_tickets(monkeypatch.setattr)
        refusal = refusal if connection.vendor == "postgresql" else "OperationalError"

    came = at_once(lambda: take_back(use, actor=one), lambda: take_back(use, actor=other))

    assert came == sorted([refusal, "done"])
    assert balance(use) == 60
    assert Correction.objects.get().amount == Decimal(-10)


def test_constraints(refused_by):
    use, other = paid(), paid()
    with refused_by("tickets_dispute_repaid_means_founded"):
        Dispute.objects.filter(use=use).update(repaid_by=Entry.objects.first())
    take_back(use)
    owed = Correction.objects.get()
    with refused_by("payments_correction_takes_a_ticket_back_once"):
        Correction.objects.create(
            partner=other.offer.partner, amount=-1, reason="x", ticket=owed.ticket, author=make_agent()
        )


@pytest.mark.parametrize("broken", ["no correction", "another sum"])
def test_control_what_is_not_taken_back_is_found(broken):
    use = paid()
    disputes.repay(ticket_id=use.ticket_id, key=uuid.uuid4(), actor=make_agent())
    if broken == "another sum":
        Correction.objects.create(
            partner=use.offer.partner, amount=-9, reason="x", ticket=use.ticket, author=make_agent()
        )

    assert found() == ["Contestations fondées dont la somme n’est pas reprise, ou pas celle du ticket"]

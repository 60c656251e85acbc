"""What an organisme is owed and not paid yet, and why."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from partners.tests.factories import make_offer, make_partner
from payments import approving, calendar, corrections, outcomes, reasons, waiting
from payments.due import midnight_after
from payments.models import AccountState, BatchState, Fate, Rules
from payments.reading import Next, next_payment
from tickets import disputes
from tickets.counter.reading import Amount
from tickets.models import Doubt
from wallets.models import Kind

from .factories import make_account, make_batch, make_use
from .paid import approve, make_paid, make_sent

pytestmark = pytest.mark.django_db


@pytest.fixture
def offer():
    offer = make_offer(kind=Kind.CULTURE)
    make_account(offer.partner)
    return offer


def used(offer, amount="10.00", at=None):
    """Long enough ago to be in the next batch, whatever the day of these tests."""
    return make_use(amount, offer=offer, at=at or timezone.now() - dt.timedelta(days=40))


def correct(partner, amount):
    return corrections.correct(
        partner_id=partner.pk,
        amount=Decimal(amount),
        reason="Séance annulée",
        key=uuid.uuid4(),
        author=make_agent(),
    )


def test_nothing(offer):
    found = waiting.of(offer.partner)
    assert found.is_empty
    assert found.soon == 0
    assert found.reasons == []


def test_what_is_for_the_next_batch_and_what_is_for_the_one_after(offer):
    used(offer, "10.00")
    used(offer, "2.50", at=midnight_after(calendar.next_one().last_day))
    used(make_offer("Judo", partner=make_partner("AILLEURS")), "9.00")
    correct(offer.partner, "-1.00")

    found = waiting.of(offer.partner)
    assert (found.tickets, found.next, found.later) == (
        Amount(2, Decimal("12.5")),
        Amount(1, Decimal(10)),
        Amount(1, Decimal("2.5")),
    )
    assert found.soon == 9
    assert found.corrected == -1
    assert found.reasons == []


def test_what_a_family_disputes_waits_alone(offer):
    used(offer, "10.00")
    use = used(offer, "7.00")
    disputes.raise_one(ticket_id=use.ticket_id, actor=make_user(), doubt=Doubt.OTHER)

    found = waiting.of(offer.partner)
    assert (found.tickets, found.disputed, found.next) == (
        Amount(2, Decimal(17)),
        Amount(1, Decimal(7)),
        Amount(1, Decimal(10)),
    )


def test_a_batch_is_not_shown_before_it_is_approved(offer):
    used(offer)
    correct(offer.partner, "5.00")
    batch = make_batch()
    assert waiting.of(offer.partner).soon == 15

    approve(batch)
    assert waiting.of(offer.partner).is_empty

    approving.drop(batch_id=batch.pk, shown=BatchState.APPROVED, actor=make_agent())
    assert waiting.of(offer.partner).soon == 15


def test_rejected_it_waits_again(offer):
    use = used(offer)
    outcomes.tell(
        payment_id=make_sent().payments.get().pk,
        fate=Fate.REJECTED,
        on=timezone.localdate(),
        reason="Compte clos",
        actor=make_agent(),
    )
    found = waiting.of(use.offer.partner)
    assert found.tickets.euros == 10
    assert found.reasons == [reasons.VERIFYING]


def test_of_an_organisme_that_was_merged_into_it(offer):
    double = make_offer("Judo", partner=make_partner("DOUBLE"))
    used(double)
    correct(double.partner, "5.00")
    double.partner.merged_into = offer.partner
    double.partner.save(update_fields=["merged_into"])

    assert waiting.of(offer.partner).soon == 15


class TestWhy:
    def why(self, offer):
        """In one sentence."""
        [sentence] = waiting.of(offer.partner).reasons
        return sentence

    def test_no_account(self):
        offer = make_offer()
        used(offer)
        assert "pas encore de compte bancaire" in self.why(offer)
        assert waiting.of(offer.partner).is_for_the_account

    def test_an_account_that_is_being_checked(self):
        offer = make_offer()
        make_account(offer.partner, state=AccountState.ASKED, active_from=None)
        used(offer)
        assert self.why(offer) == reasons.VERIFYING

    def test_an_account_that_serves_in_some_days(self):
        offer, day = make_offer(), timezone.localdate() + dt.timedelta(days=3)
        make_account(offer.partner, active_from=day)
        used(offer)
        assert f"il servira le {day:%d/%m/%Y}" in self.why(offer)

    def test_a_shared_account_is_not_told_whose_it_is(self, offer):
        other = make_offer("Danse").partner
        make_account(other, digest=offer.partner.bank_accounts.get().digest)
        used(offer)
        assert "Nous vérifions avec vous" in self.why(offer)
        assert other.name not in self.why(offer)

    @pytest.mark.parametrize(
        ("column", "told"), [("ceased_on", "nouveau SIRET"), ("payments_suspended_on", "suspendus depuis le")]
    )
    def test_a_date_at_the_organisme(self, offer, column, told):
        setattr(offer.partner, column, timezone.localdate())
        offer.partner.save(update_fields=[column])
        used(offer)
        assert told in self.why(offer)

    def test_a_debt(self, offer):
        used(offer)
        correct(offer.partner, "-30.00")
        assert "vous n’avez rien à verser" in self.why(offer)
        assert waiting.of(offer.partner).soon == -20

    def test_uses_that_an_agent_looks_into_once_the_others_are_approved(self, offer, nights):
        Rules.objects.update(night_from=0, night_until=23)
        night = timezone.localtime(timezone.now() - dt.timedelta(days=40)).replace(hour=3)
        used(offer, at=night)
        day = make_offer("Danse", partner=make_partner("DE JOUR"))
        make_account(day.partner)
        used(day, at=night.replace(hour=23))
        batch = make_batch()
        assert waiting.of(offer.partner).reasons == []

        approve(batch)
        assert self.why(offer) == reasons.LOOKED_INTO
        assert next_payment(offer.partner) == Next(Decimal(10), "en attente")


class TestNext:
    def test_before_any_payment_the_day_of_the_batch_is_told(self, offer):
        used(offer)
        prepared_on = calendar.next_one().prepared_on
        assert next_payment(offer.partner) == Next(Decimal(10), f"lot du {prepared_on:%d/%m/%Y}")

    def test_as_long_after_the_last_day_as_the_last_ones(self, offer):
        make_paid(used(offer))
        used(offer, "3.00")
        # They were paid on the day up to which they were used; a batch is not paid before it is prepared.
        assert next_payment(offer.partner) == Next(
            Decimal(3), f"vers le {calendar.next_one().prepared_on:%d/%m/%Y}"
        )

    def test_what_is_sent_is_on_its_way(self, offer):
        used(offer)
        make_sent()
        used(offer, "3.00")
        assert next_payment(offer.partner) == Next(
            Decimal(10), f"transmis le {timezone.localdate():%d/%m/%Y}"
        )

    def test_a_debt_is_no_payment(self, offer):
        correct(offer.partner, "-30.00")
        assert next_payment(offer.partner) == Next(Decimal(0), "en attente")

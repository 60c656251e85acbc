"""« Paiements », as an organisme sees them."""

import io
import uuid
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from accounts.tests.factories import make_agent, make_beneficiary
from partners.models import Role
from partners.tests.factories import make_offer, make_partner
from partners.tests.members import make_member
from payments import calendar, corrections, outcomes
from payments.models import BatchFile, Fate, Payment
from tickets.tests.counter.test_pages import text_of
from wallets.models import Kind
from wallets.tests.factories import make_wallet

from .factories import make_account, make_batch, make_use
from .paid import approve, make_paid, make_sent
from .stored import make_files

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def offer():
    offer = make_offer("Chant choral", Kind.CULTURE)
    make_account(offer.partner)
    return offer


@pytest.fixture
def manager(client, offer):
    member = make_member(offer.partner, Role.MANAGER)
    client.force_login(member.user)
    return member


def get(client, offer, name="payments", *more):
    return client.get(reverse(f"payments:{name}", args=[offer.partner_id, *more]))


def correct(offer, amount):
    corrections.correct(
        partner_id=offer.partner_id,
        amount=Decimal(amount),
        reason="Séance annulée",
        key=uuid.uuid4(),
        author=make_agent(),
    )


def sent(offer) -> Payment:
    make_use(offer=offer)
    return make_sent().payments.get()


def tell(payment, fate, reason=""):
    outcomes.tell(payment_id=payment.pk, fate=fate, on=TODAY(), reason=reason, actor=make_agent())


@pytest.mark.usefixtures("manager")
class TestTheList:
    def test_what_waits_and_the_next_batch(self, client, offer):
        make_use("12.50", offer=offer)
        page = text_of(get(client, offer))
        assert "1 · 12,50" in page
        assert f"préparé le {calendar.next_one().prepared_on.day}" in page.replace("1er", "1")
        assert "Aucun paiement pour l’instant" in page

    def test_no_payment_before_it_is_approved(self, client, offer):
        make_use(offer=offer)
        payment = (batch := make_batch()).payments.get()
        assert payment.reference not in text_of(get(client, offer))
        assert get(client, offer, "payment", payment.pk).status_code == 404

        approve(batch)
        page = text_of(get(client, offer))
        assert payment.reference in page
        assert "En préparation" in page

    def test_sent_then_paid(self, client, offer):
        payment = sent(offer)
        assert f"Transmis le {TODAY():%d/%m/%Y}" in text_of(get(client, offer))
        tell(payment, Fate.PAID)
        assert f"Payé le {TODAY():%d/%m/%Y}" in text_of(get(client, offer))

    def test_paid_then_returned(self, client, offer):
        payment = sent(offer)
        tell(payment, Fate.PAID)
        tell(payment, Fate.RETURNED, "Compte clos depuis")
        page = text_of(get(client, offer))
        assert f"Revenu le {TODAY():%d/%m/%Y}" in page
        assert f"Virement {payment.reference} revenu" in page

    def test_rejected_and_why(self, client, offer):
        payment = sent(offer)
        tell(payment, Fate.REJECTED, "Compte clos")
        for page in (get(client, offer), get(client, offer, "payment", payment.pk)):
            assert f"N’a pas abouti le {TODAY():%d/%m/%Y}" in text_of(page)
            assert "Compte clos" in text_of(page)
        # Its tickets are told, though they are of it no more.
        assert "Chant choral" in text_of(page)

    def test_settled_by_what_was_owed(self, client, offer):
        correct(offer, "-10.00")
        sent(offer)
        assert f"Réglé par compensation le {TODAY():%d/%m/%Y}" in text_of(get(client, offer))

    def test_of_an_organisme_that_was_merged_into_it(self, client, offer):
        double = make_offer("Judo", partner=make_partner("DOUBLE"))
        make_account(double.partner)
        payment = make_paid(make_use(offer=double))
        double.partner.merged_into = offer.partner
        double.partner.save(update_fields=["merged_into"])
        assert payment.reference in text_of(get(client, offer))
        assert "DOUBLE" in text_of(get(client, offer, "payment", payment.pk))

    def test_as_many_queries_for_one_as_for_five(self, client, offer):
        counts = []
        for number in (1, 4):
            for _ in range(number):
                make_paid(make_use(offer=offer))
            make_use(offer=offer), correct(offer, "2.00")
            with CaptureQueriesContext(connection) as asked:
                assert get(client, offer).status_code == 200
            counts.append(len(asked))
        # The first visit of a day is noted.
        assert counts[0] >= counts[1]


@pytest.mark.usefixtures("manager")
class TestOne:
    @pytest.fixture
    def payment(self, offer):
        child = make_beneficiary(first_name="=Inès", last_name="Gauthier")
        make_use("12.00", offer=offer, wallet=make_wallet("60", kind=Kind.CULTURE, beneficiary=child))
        correct(offer, "-2.00")
        return make_sent().payments.get()

    def test_its_tickets_its_sums_and_its_corrections(self, client, offer, payment):
        page = text_of(get(client, offer, "payment", payment.pk))
        for told in ("10,00", "12,00", "−2,00", "Séance annulée", "=Inès G.", "Chant choral"):
            assert told in page
        assert "Gauthier" not in page
        assert payment.account.masked in page

    def test_its_csv_adds_up_and_calculates_nothing(self, client, offer, payment):
        content = b"".join(get(client, offer, "download", payment.pk, "csv")).decode("utf-8-sig")
        heading, *rows = [line.split(";") for line in content.splitlines()]
        amounts = [Decimal(row[heading.index("Montant")].replace(",", ".").lstrip("'")) for row in rows]
        assert amounts == [12, -2]
        assert sum(amounts) == payment.amount
        assert [row[heading.index("Enfant")] for row in rows] == ["'=Inès G.", ""]
        assert [row[heading.index("Correction")] for row in rows] == ["", "Séance annulée"]

    def test_its_spreadsheet(self, client, offer, payment):
        content = b"".join(get(client, offer, "download", payment.pk, "xlsx"))
        _, first, second = openpyxl.load_workbook(io.BytesIO(content)).active.values
        assert (first[2:6], second[5:]) == (
            ("'=Inès G.", "Culture", "Chant choral", 12),
            (-2, "Séance annulée"),
        )

    def test_another_kind_of_file(self, client, offer, payment):
        assert get(client, offer, "download", payment.pk, "exe").status_code == 404

    def test_its_statement_is_the_same_bytes_for_ever(self, client, offer, payment):
        stored = BatchFile.objects.get(payment=payment)
        first, again = (get(client, offer, "statement", payment.pk) for _ in range(2))
        assert first.content == again.content == stored.content
        assert first.headers["Content-Type"] == "application/pdf"
        assert first.headers["Content-Disposition"] == f'attachment; filename="{stored.name}"'
        assert reverse("payments:statement", args=[offer.partner_id, payment.pk]) in get(client, offer).text


@pytest.mark.usefixtures("manager")
def test_no_statement_of_a_batch_that_may_still_be_dropped(client, offer):
    make_use(offer=offer)
    batch = approve(make_batch())
    make_files(batch)
    payment = batch.payments.get()
    assert get(client, offer, "statement", payment.pk).status_code == 404
    assert "(PDF)" not in text_of(get(client, offer, "payment", payment.pk))


@pytest.mark.usefixtures("manager")
class TestCutOffs:
    def test_a_year_of_them(self, client, offer):
        page = text_of(get(client, offer, "cut_offs"))
        assert page.count("dès qu’un premier lot est payé") == len(calendar.upcoming(TODAY()))

    def test_when_one_is_paid(self, client, offer):
        make_paid(make_use(offer=offer))
        assert "environ 0 jour après ce dernier jour" in text_of(get(client, offer, "cut_offs")).replace(
            "\xa0", " "
        )

    def test_the_delay_is_public(self, client, offer):
        assert "délai de paiement" not in text_of(Client().get(reverse("partners:open_data")))
        make_paid(make_use(offer=offer))
        assert "payés 0 jour après" in text_of(Client().get(reverse("partners:open_data"))).replace(
            "\xa0", " "
        )

    def test_in_ones_own_calendar(self, client, offer):
        response = get(client, offer, "calendar")
        assert response.headers["Content-Type"].startswith("text/calendar")
        events = Calendar.from_ical(response.content).events
        expected = calendar.upcoming(TODAY())
        assert [event["dtstart"].dt for event in events] == [each.prepared_on for each in expected]
        assert len({event["uid"] for event in events}) == len(expected)


class TestWho:
    ADDRESSES = [("payments",), ("cut_offs",), ("calendar",)]
    OF_ONE = [("payment",), ("statement",), ("download", "csv")]

    def answers(self, client, offer, payment):
        addresses = [*self.ADDRESSES, *((name, payment.pk, *more) for name, *more in self.OF_ONE)]
        return {get(client, offer, *address).status_code for address in addresses}

    def test_who_answers_for_it(self, client, offer, manager):
        assert self.answers(client, offer, sent(offer)) == {200}

    def test_not_who_is_at_the_counter(self, client, offer):
        payment = sent(offer)
        client.force_login(make_member(offer.partner).user)
        assert self.answers(client, offer, payment) == {404}
        front = client.get(reverse("tickets:counter", args=[offer.partner_id])).text
        assert "Prochain paiement" not in front
        assert reverse("payments:payments", args=[offer.partner_id]) not in front

    def test_not_who_answers_for_another(self, client, offer):
        payment, elsewhere = sent(offer), make_offer("Danse", partner=make_partner("AILLEURS"))
        client.force_login(make_member(elsewhere.partner, Role.MANAGER).user)
        assert self.answers(client, offer, payment) == {404}
        # Nor through her own address.
        for name, *more in self.OF_ONE:
            assert get(client, elsewhere, name, payment.pk, *more).status_code == 404


@pytest.mark.usefixtures("manager")
def test_the_front_of_the_counter_tells_the_next_payment(client, offer):
    sent(offer)
    front = text_of(client.get(reverse("tickets:counter", args=[offer.partner_id])))
    assert f"Prochain paiement , transmis le {TODAY():%d/%m/%Y} 10,00" in front

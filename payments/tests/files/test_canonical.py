"""The columns that the finance service takes, and what stands in them."""

import uuid
from decimal import Decimal

import pytest

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer, make_partner
from payments import corrections, iban_keys
from payments.models import AccountingCodes, FileKind, PartnerAccounting, Payment
from wallets.models import Kind

from ..factories import make_account, make_use
from .made import file_of, make_approved, make_payer, rows_of

pytestmark = pytest.mark.django_db


def correct(partner, amount):
    corrections.correct(
        partner_id=partner.pk, amount=Decimal(amount), reason="Erreur", key=uuid.uuid4(), author=make_user()
    )


def test_a_line_each_with_these_columns():
    make_payer(deliberation="n° 26-112")
    partner = make_partner("ÉCOLE DE DANSE", siret="73282932000074")
    account = make_account(partner, bic="AGRIFRPP", holder="ECOLE DE DANSE")
    PartnerAccounting.objects.create(partner=partner, tiers_code="0042", convention="C-7", engagement="E9")
    AccountingCodes.objects.filter(kind=Kind.SPORT).update(
        nature="6568", fonction="33", service="JS", engagement="E1"
    )
    make_use("12.50", offer=make_offer(partner=partner, kind=Kind.SPORT))
    batch = make_approved()
    payment = Payment.objects.get()
    statement = payment.files.get()
    until = f"{batch.cut_off:%d/%m/%Y}"

    assert rows_of(batch) == [
        {
            "lot": str(batch.pk),
            "exercice": str(batch.cut_off.year),
            "ligne": "1",
            "tiers_code": "0042",
            "siret": "73282932000074",
            "raison_sociale": "ÉCOLE DE DANSE",
            "titulaire": "ECOLE DE DANSE",
            "iban": iban_keys.unseal(account.sealed_iban),
            "bic": "AGRIFRPP",
            "montant": "12,50",
            "devise": "EUR",
            "objet": f"Pass+, 1 ticket jusqu’au {until}",
            "libelle_virement": f"Pass+ lot {batch.pk} tickets au {until}",
            "nature": "6568",
            "fonction": "33",
            "service": "JS",
            "engagement": "E9",
            "reference_deliberation": "n° 26-112",
            "reference_convention": "C-7",
            "nombre_tickets": "1",
            "montant_sport": "12,50",
            "montant_culture": "0,00",
            "piece": statement.name,
            "empreinte": statement.sha256,
            "reference_bout_en_bout": payment.reference,
        }
    ]


def test_a_spreadsheet_reads_its_accents_and_calculates_nothing():
    partner = make_partner("=1+1")
    make_account(partner)
    make_use(offer=make_offer(partner=partner))
    content = file_of(make_approved(), FileKind.CANONICAL).content

    assert content.startswith(b"\xef\xbb\xbflot;exercice;")
    assert b";'=1+1;" in content


def test_what_came_to_nothing_is_paid_by_nobody():
    offer = make_offer()
    make_use("10.00", offer=offer)
    correct(offer.partner, "-10.00")
    make_use("5.00")
    batch = make_approved()

    assert Payment.objects.count() == 2
    assert [row["montant"] for row in rows_of(batch)] == ["5,00"]


@pytest.mark.parametrize(
    ("correction", "sport", "culture"),
    [("-5.00", "10,00", "15,00"), ("7.00", "10,00", "27,00"), ("-25.00", "5,00", "0,00")],
)
def test_the_sums_of_the_wallets_are_the_whole(correction, sport, culture):
    """The larger one bears a correction, as far as it can."""
    offer = make_offer(kind=Kind.CULTURE)
    make_account(offer.partner)
    make_use("20.00", offer=offer)
    make_use("10.00", offer=make_offer(partner=offer.partner, kind=Kind.SPORT))
    correct(offer.partner, correction)
    (row,) = rows_of(make_approved())

    assert (row["montant_sport"], row["montant_culture"]) == (sport, culture)


def test_two_wallets_with_two_codes_are_both_told():
    AccountingCodes.objects.filter(kind=Kind.SPORT).update(nature="6568", fonction="33")
    AccountingCodes.objects.filter(kind=Kind.CULTURE).update(nature="65738", fonction="33")
    offer = make_offer(kind=Kind.CULTURE)
    make_account(offer.partner)
    make_use(offer=offer)
    make_use(offer=make_offer(partner=offer.partner, kind=Kind.SPORT))
    (row,) = rows_of(make_approved())

    assert (row["nature"], row["fonction"], row["service"]) == ("6568 + 65738", "33", "")

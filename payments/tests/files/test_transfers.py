"""The transfers: valid by their schema, and of the very sum that was approved."""

import datetime as dt
import uuid
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
import sepaxml.validation

from accounts.tests.factories import make_user
from partners.tests.factories import make_offer, make_partner
from payments import corrections, iban_keys
from payments.files import transfers
from payments.models import BankAccount, FileKind, Payer

from ..factories import make_account, make_use
from .made import file_of, make_approved, make_payer

pytestmark = pytest.mark.django_db
SPACE = {"p": "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"}


def read(batch):
    return ET.fromstring(file_of(batch, FileKind.TRANSFERS).content)  # noqa: S314 – ours


def texts(document, path):
    return [element.text for element in document.iterfind(f".//p:{path}", SPACE)]


def test_its_sums_are_those_of_the_batch():
    make_payer()
    for amount in ("12.50", "1.05", "60.00"):
        make_use(amount)
    batch = make_approved()
    document = read(batch)

    assert texts(document, "InstdAmt") == ["12.50", "1.05", "60.00"]
    assert texts(document, "CtrlSum") == ["73.55"] * 2 == [str(batch.approved_total)] * 2
    assert texts(document, "NbOfTxs") == ["3"] * 2
    assert texts(document, "EndToEndId") == [it.reference for it in batch.payments.order_by("pk")]


def test_each_on_its_account_in_the_signs_of_sepa():
    make_payer(name="Département d’Essai & Fils")
    partner = make_partner("L’ÉCOLE")
    account = make_account(partner, holder="L’École <de> Musique & de Danse", bic="AGRIFRPP")
    make_use(offer=make_offer(partner=partner))
    document = read(make_approved())

    assert texts(document, "Cdtr/p:Nm") == ["L'Ecole de Musique + de Danse"]
    assert texts(document, "CdtrAcct/p:Id/p:IBAN") == [iban_keys.unseal(account.sealed_iban)]
    assert texts(document, "CdtrAgt/p:FinInstnId/p:BICFI") == ["AGRIFRPP"]
    assert texts(document, "Dbtr/p:Nm") == ["Departement d'Essai + Fils"]


def test_what_came_to_nothing_is_no_transfer():
    make_payer()
    offer = make_offer()
    make_use("10.00", offer=offer)
    corrections.correct(
        partner_id=offer.partner_id,
        amount=Decimal("-10.00"),
        reason="Erreur",
        key=uuid.uuid4(),
        author=make_user(),
    )
    make_use("5.00")

    assert texts(read(make_approved()), "InstdAmt") == ["5.00"]


def test_none_without_an_account_to_take_from():
    make_use()
    assert not make_approved().files.filter(kind=FileKind.TRANSFERS).exists()


def test_control_what_is_not_valid_is_not_written():
    make_payer()
    make_use()
    batch = make_approved()
    BankAccount.objects.update(sealed_iban=iban_keys.seal("of nobody"))
    with pytest.raises(sepaxml.validation.ValidationError):
        transfers.written(batch, Payer.current())


def test_so_many_working_days_later():
    make_use()
    batch = make_approved()
    batch.approved_at = dt.datetime(2026, 11, 26, 23, 30, tzinfo=dt.UTC)  # In Paris, a Friday.

    assert transfers.paid_on(batch, 0) == dt.date(2026, 11, 27)
    assert transfers.paid_on(batch, 1) == dt.date(2026, 11, 30)
    assert transfers.paid_on(batch, 6) == dt.date(2026, 12, 7)
    batch.approved_at = dt.datetime(2026, 12, 24, 10, tzinfo=dt.UTC)
    assert transfers.paid_on(batch, 1) == dt.date(2026, 12, 28), "not on Christmas Day"

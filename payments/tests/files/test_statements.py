"""What a treasurer and a comptable read on paper."""

import uuid
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer, make_partner
from payments import corrections
from payments.files.statement_lines import named
from payments.models import Naming, PartnerAccounting, Payment
from tickets.models import Ticket
from wallets.models import Kind
from wallets.tests.factories import make_campaign, make_wallet

from ..factories import make_account, make_use
from ..paid import make_paid
from .made import make_approved, make_payer, statement_of, text_of

pytestmark = pytest.mark.django_db


def test_all_that_the_list_of_supporting_documents_asks_for():
    make_payer(siret="22920050600013", deliberation="n° 26-112 du 3 juillet 2026")
    partner = make_partner("ÉCOLE DE DANSE", siret="73282932000074", address="1 rue du Bal")
    account = make_account(partner, holder="ECOLE DE DANSE")
    PartnerAccounting.objects.create(partner=partner, convention="C-7", vat="TVA non applicable.")
    campaign = make_campaign(name="2026-2027")
    child = make_beneficiary(first_name="Jean-Noël", last_name="DURAND")
    culture = make_wallet(beneficiary=child, campaign=campaign, kind=Kind.CULTURE)
    offer = make_offer(partner=partner, kind=Kind.CULTURE)
    make_paid(make_use("8.00", offer=offer, wallet=culture))
    uses = [make_use(amount, offer=offer, wallet=culture) for amount in ("20.00", "2.50")]
    corrections.correct(
        partner_id=partner.pk,
        amount=Decimal("-2.00"),
        reason="Ticket compté deux fois",
        key=uuid.uuid4(),
        author=make_user(),
    )
    batch = make_approved()
    payment = batch.payments.get()
    text = text_of(payment)
    today = f"{timezone.localdate():%d/%m/%Y}"

    assert f"N° {payment.reference}" in text
    for said in ("ÉCOLE DE DANSE 1 rue du Bal", "SIRET : 732 829 320 00074", "Convention : C-7"):
        assert said in text
    for said in (
        "Département d’essai SIRET : 229 200 506 00013",
        "Délibération : n° 26-112 du 3 juillet 2026",
    ):
        assert said in text
    for number, (use, amount) in enumerate(zip(uses, ("20,00", "2,50"), strict=True), 1):
        activity = offer.activity.name
        assert f"{number} {use.ticket_id} {today} Culture {activity} J.-N. D. {amount} €" in text
    assert "Culture 2026-2027 2 22,50 € 8,00 €" in text
    assert f"{today} Ticket compté deux fois −2,00 €" in text
    assert "Total à payer : 20,50 €" in text
    assert "vingt euros et cinquante centimes" in text
    assert "TVA non applicable." in text
    assert f"FR •••• {account.last4}" in text
    assert "certifié exact par Agathe BERNARD" in text


def test_tagged_for_screen_readers():
    make_use()
    make_approved()
    reader = statement_of(Payment.objects.get())

    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "Page 1 sur 1" in reader.pages[0].extract_text()


def test_what_is_settled_by_a_debt_says_so():
    use = make_use("10.00")
    corrections.correct(
        partner_id=use.offer.partner_id,
        amount=Decimal("-10.00"),
        reason="Erreur",
        key=uuid.uuid4(),
        author=make_user(),
    )
    make_approved()
    text = text_of(Payment.objects.get())

    assert "Total à payer : 0,00 €" in text
    assert "zéro euro" in text
    assert "Rien n’est versé" in text


def test_an_organisme_of_hundreds_of_tickets_has_them_all():
    offer = make_offer()
    make_account(offer.partner)
    wallet = make_wallet(balance="200.00", kind=Kind(offer.kind))
    for _ in range(45):
        make_use("1.00", offer=offer, wallet=wallet)
    make_approved()
    payment = Payment.objects.get()
    text = text_of(payment)

    assert len(statement_of(payment).pages) > 1
    for number in Ticket.objects.values_list("number", flat=True):
        assert f" {number} {timezone.localdate():%d/%m/%Y} " in text


@pytest.mark.parametrize(
    ("naming", "shown"),
    [(Naming.NOBODY, "–"), (Naming.INITIALS, "J.-N. D."), (Naming.NAMES, "Jean-Noël DURAND")],
)
def test_a_child_is_named_as_staff_chose(naming, shown):
    assert named(Beneficiary(first_name="Jean-Noël", last_name="DURAND"), naming) == shown


@pytest.mark.parametrize("naming", Naming)
def test_one_who_was_erased_is_nobody(naming):
    assert named(Beneficiary(first_name="", last_name=""), naming) == "–"


def test_nobody_is_a_column_less():
    make_payer(naming=Naming.NOBODY)
    make_use()
    make_approved()

    assert "Bénéficiaire" not in text_of(Payment.objects.get())

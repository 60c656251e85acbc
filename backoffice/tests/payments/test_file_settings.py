"""Whoever prepares batches sets the finance software's codes and columns; an administrator, who pays."""

import hashlib

import pytest
from django.test import Client
from django_otp import DEVICE_ID_SESSION_KEY

from accounts.audit import AuditEntry
from accounts.tests.factories import make_agent, make_telephone
from backoffice.tests.filled import filled
from payments import iban_keys
from payments.files import templates
from payments.models import AccountingCodes, AccountReading, FileKind, FileTemplate, Payer, Source
from payments.tests.factories import make_batch, make_use
from payments.tests.ibans import french_iban
from payments.tests.paid import make_sent

pytestmark = pytest.mark.django_db
TEMPLATES = "/admin/payments/filetemplate/"


def entered(role) -> Client:
    client, agent = Client(), make_agent(role)
    client.force_login(agent)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = make_telephone(agent).persistent_id
    session.save()
    return client


def typed(*sources, **fields):
    columns = {
        f"columns-{number}-{name}": value
        for number, source in enumerate(sources)
        for name, value in {"position": number, "header": source.label, "source": source.value}.items()
    }
    management = {"columns-TOTAL_FORMS": len(sources), "columns-INITIAL_FORMS": 0}
    chosen = {
        "layout": "signe",
        "delimiter": ";",
        "encoding": "cp1252",
        "decimal": ",",
        "line_per": "organisme",
    }
    return {"name": "Grand Angle"} | chosen | fields | management | columns


def shown(client, page, form_id):
    return filled(client.get(page).content.decode(), form_id)


def test_a_template_is_made_used_and_shown_with_real_lines():
    make_use("12.50")
    batch = make_batch()
    client = entered("paiements")
    response = client.post(f"{TEMPLATES}add/", typed(Source.NAME, Source.AMOUNT, Source.IBAN, used="on"))
    template = FileTemplate.objects.get()

    assert response.status_code == 302
    assert templates.current() == template
    page = client.get(f"{TEMPLATES}{template.pk}/change/").content.decode()
    payment = batch.payments.get()
    assert f"<pre>{payment.legal_name};12,50;{payment.account.masked}" in page


def test_one_without_an_amount_is_refused():
    response = entered("paiements").post(f"{TEMPLATES}add/", typed(Source.NAME))

    assert "Ce modèle ne dit pas ce qu’on paie" in response.content.decode()
    assert not FileTemplate.objects.exists()


def test_its_last_amount_is_not_deleted():
    client = entered("paiements")
    client.post(f"{TEMPLATES}add/", typed(Source.NAME, Source.AMOUNT))
    template = FileTemplate.objects.get()
    page = f"{TEMPLATES}{template.pk}/change/"
    response = client.post(page, shown(client, page, "filetemplate_form") | {"columns-1-DELETE": "on"})

    assert "Ce modèle ne dit pas ce qu’on paie" in response.content.decode()
    assert template.columns.count() == 2


def test_one_that_is_no_more_used():
    client = entered("paiements")
    client.post(f"{TEMPLATES}add/", typed(Source.AMOUNT, used="on"))
    page = f"{TEMPLATES}{FileTemplate.objects.get().pk}/change/"
    said = shown(client, page, "filetemplate_form")
    said.pop("used")
    assert client.post(page, said).status_code == 302
    assert templates.current() is None


def test_the_codes_of_both_wallets_are_there_to_be_filled():
    client = entered("paiements")
    assert client.get("/admin/payments/accountingcodes/").status_code == 200
    assert sorted(AccountingCodes.objects.values_list("kind", flat=True)) == ["culture", "sport"]


def test_the_account_to_debit_is_an_administrator_s_with_a_reason():
    assert entered("paiements").post("/admin/payments/payer/1/change/", {}).status_code in {302, 403}
    client = entered("administrateur")
    client.get("/admin/payments/payer/")
    page = "/admin/payments/payer/1/change/"
    account = {"iban": "FR76 3000 6000 0112 3456 7890 189", "bic": "BDFEFRPPCCT"}
    said = shown(client, page, "payer_form") | account
    assert "Dites pourquoi" in client.post(page, said).content.decode()
    assert client.post(page, said | {"reason": "Nouveau compte"}).status_code == 302
    payer = Payer.current()
    assert (payer.iban, payer.bic) == ("FR7630006000011234567890189", "BDFEFRPPCCT")
    # Nobody reads it whole again, not in the journal either.
    for role in ("administrateur", "ordonnateur"):
        text = entered(role).get(page).text
        assert "FR •••• 0189" in text
        assert "FR76" not in text
    assert ("Autre IBAN à débiter", "", "FR •••• 0189") in map(tuple, AuditEntry.objects.latest("pk").changes)


@pytest.fixture
def change():
    """`change(bic="")`: what an administrator types in the page of who pays, with a reason."""
    client, page = entered("administrateur"), "/admin/payments/payer/1/change/"

    def send(**typed):
        return client.post(page, shown(client, page, "payer_form") | {"reason": "Nouveau compte"} | typed)

    return send


def test_its_account_stays_is_changed_and_goes(change):
    change(iban="fr76 3000 6000 0112 3456 7890 189", bic="bdfefrppcct")
    assert Payer.current().iban == "FR7630006000011234567890189"
    change(name="Essai")
    assert (Payer.current().name, Payer.current().masked) == ("Essai", "FR •••• 0189")
    change(iban=french_iban(7))
    assert Payer.current().iban == french_iban(7)
    change(bic="")
    assert (Payer.current().sealed_iban, Payer.current().masked) == ("", "aucun")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"iban": "FR7630006000011234567890198", "bic": "BDFEFRPPCCT"}, "IBAN"),
        ({"iban": "FR7630006000011234567890189", "bic": "BDF"}, "BIC"),
        ({"bic": "BDFEFRPPCCT"}, "l’IBAN et le BIC, ou aucun des deux"),
    ],
)
def test_its_account_is_checked(change, typed, said):
    response = change(**typed)

    assert said in "".join(str(it) for it in response.context["errors"])
    assert not Payer.current().sealed_iban


def test_an_account_that_no_key_opens_is_typed_again(change, settings):
    settings.IBAN_KEYS = ["former"]
    change(iban="FR7630006000011234567890189", bic="BDFEFRPPCCT")
    settings.IBAN_KEYS = ["new"]
    assert Payer.current().masked == "illisible"

    assert change(name="Essai").status_code == 200
    change(iban="FR7630006000011234567890189")
    assert Payer.current().masked == "FR •••• 0189"


def test_the_archive_comes_whole():
    """What is kept of it is its manifest."""
    make_use(), make_use()
    file = make_sent().files.get(kind=FileKind.STATEMENTS)
    answer = entered("paiements").get(f"/admin/payments/batchfile/{file.pk}/telecharger/")
    content = answer.getvalue()

    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)
    assert not AccountReading.objects.exists()


def test_who_downloads_ibans_is_noted():
    use = make_use()
    file = make_sent().files.get(kind=FileKind.CANONICAL)
    client, address = entered("ordonnateur"), f"/admin/payments/batchfile/{file.pk}/telecharger/"
    client.head(address)
    assert not AccountReading.objects.exists()

    account = use.offer.partner.bank_accounts.get()
    assert iban_keys.unseal(account.sealed_iban).encode() in client.get(address).getvalue()
    row = AccountReading.objects.get()
    assert (row.account, row.file, row.actor.is_staff) == (None, file, True)
    listed = client.get("/admin/payments/accountreading/").text
    assert file.name in listed
    assert "tous ceux du lot" in listed

"""« Compte bancaire », as a manager sees it."""

import re

import pytest
from django.urls import reverse

from accounts.tests.factories import PASSWORD
from partners.tests.members import make_manager, make_member
from payments.bank_accounts import links
from payments.models import AccountReading, AccountState, BankAccount

from .accounts import IBAN, OTHER_IBAN, call_back, make_asked, make_confirmed, make_organisme

pytestmark = pytest.mark.django_db
GROUPED = "FR76 3000 6000 0112 3456 7890 189"


@pytest.fixture
def partner():
    return make_organisme()


@pytest.fixture
def manager(enter, partner):
    manager = make_manager(partner)
    enter(manager.user)
    return manager.user


def page_of(partner, name="bank_account", *args):
    return reverse(f"payments:{name}", args=[partner.pk, *args])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def sent(**fields):
    return {"holder": "CHORALE D’ANTONY", "iban": GROUPED, "bic": "", "password": PASSWORD} | fields


def test_a_manager_asks_for_one(client, partner, manager):
    assert "pas encore de compte vérifié" in text_of(client.get(page_of(partner)))
    page = client.post(page_of(partner, "ask_account"), sent(), follow=True)

    account = BankAccount.objects.get()
    assert (account.partner, account.asked_by, account.holder) == (partner, manager, "CHORALE D’ANTONY")
    assert "FR •••• 0189" in text_of(page)
    assert "Nous vous appelons pour le vérifier" in text_of(page)
    assert "Donner un compte" not in text_of(page)
    assert IBAN not in page.content.decode()


@pytest.mark.parametrize(
    ("fields", "beside", "said"),
    [
        ({"iban": "FR76"}, "iban", "mal recopié"),
        ({"iban": "FR0630006000011234567890188"}, "iban", "La clé de ce RIB"),
        ({"iban": "BR1800360305000010009795493C1"}, "iban", "espace SEPA"),
        ({"bic": "AGRIFR"}, "bic", "BIC est mal recopié"),
        ({"holder": ""}, "holder", "nom que porte le RIB"),
        ({"password": "un autre"}, "password", "pas votre mot de passe"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(client, partner, manager, fields, beside, said):
    page = client.post(page_of(partner, "ask_account"), sent(**fields), follow=True)

    assert said in " ".join(page.context["form"].errors[beside])
    assert not BankAccount.objects.exists()


def test_each_step_is_said(client, partner, manager):
    account = make_asked(partner)
    call_back(account)
    assert "confirmé au téléphone" in text_of(client.get(page_of(partner)))
    BankAccount.objects.all().delete()

    make_confirmed(partner)
    assert "Vos paiements y sont versés" in text_of(client.get(page_of(partner)))
    coming = make_confirmed(partner, OTHER_IBAN)
    page = text_of(client.get(page_of(partner)))
    assert "à partir du" in page
    assert "D’ici là, ils vont sur le compte d’aujourd’hui" in page
    client.post(links.path(coming))
    page = text_of(client.get(page_of(partner)))
    assert "est bloqué depuis le" in page
    assert "à partir du" not in page


def test_it_is_withdrawn(client, partner, manager):
    make_asked(partner)
    page = client.post(page_of(partner, "withdraw_account"), follow=True)

    assert "La demande est retirée" in text_of(page)
    assert BankAccount.objects.get().state == AccountState.REFUSED
    page = client.post(page_of(partner, "withdraw_account"), follow=True)
    assert "n’est plus dans l’état" in text_of(page)


def test_a_whole_iban_is_read_with_a_row_that_says_so(client, partner, manager):
    account = make_confirmed(partner)
    address = page_of(partner, "read_iban", account.pk)
    assert client.get(address).status_code == 405
    assert not AccountReading.objects.exists()
    response = client.post(address)

    assert GROUPED in text_of(response)
    assert "no-store" in response["Cache-Control"]
    reading = AccountReading.objects.get()
    assert (reading.account, reading.actor) == (account, manager)


def test_an_erased_iban_is_said(client, partner, manager):
    account = make_confirmed(partner)
    BankAccount.objects.update(sealed_iban="")
    page = client.post(page_of(partner, "read_iban", account.pk), follow=True)

    assert "n’est plus gardé" in text_of(page)
    assert not AccountReading.objects.exists()


def test_nobody_reads_another_organismes(client, partner, manager):
    elsewhere = make_confirmed()

    assert client.post(page_of(partner, "read_iban", elsewhere.pk)).status_code == 404
    assert client.get(page_of(elsewhere.partner)).status_code == 404
    assert not AccountReading.objects.exists()


def test_neither_does_a_counter(client, enter, partner):
    enter(make_member(partner).user)
    account = make_asked(partner, actor=make_manager(partner).user)

    assert client.get(page_of(partner)).status_code == 404
    assert client.post(page_of(partner, "read_iban", account.pk)).status_code == 404
    assert client.post(page_of(partner, "ask_account"), sent()).status_code == 404


def test_the_second_factor_first(client, partner):
    client.force_login(make_manager(partner).user)

    for name in ("bank_account", "ask_account"):
        assert "/second-facteur/" in client.get(page_of(partner, name)).url
    assert "/second-facteur/" in client.post(page_of(partner, "ask_account"), sent()).url
    assert not BankAccount.objects.exists()


def test_the_link_shows_then_freezes(client):
    account = make_asked()
    page = client.get(links.path(account))
    assert "bloquer ce compte" in text_of(page)
    assert BankAccount.objects.get().state == AccountState.ASKED
    page = client.post(links.path(account), follow=True)

    assert "Ce compte est bloqué" in text_of(page)
    assert BankAccount.objects.get().state == AccountState.FROZEN


def test_a_made_up_link_says_nothing(client):
    make_asked()
    page = client.get(reverse("payments:not_ours", args=["1:x:y"]))

    assert page.status_code == 404
    assert "0189" not in text_of(page)

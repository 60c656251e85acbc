"""« Effectuer une transaction »: tickets on paper."""

import uuid

import pytest

from accounts.tests.factories import make_user
from tickets import services
from tickets.models import Ticket
from wallets.models import Kind, Wallet
from wallets.tests.factories import make_closed_campaign, make_wallet

from .pages import balance, page, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def sport(culture):
    return make_wallet("25", kind=Kind.SPORT, beneficiary=culture.beneficiary, campaign=culture.campaign)


def test_the_four_choices_of_the_guide(client, culture, sport):
    options = client.get(page(culture, "papier/")).context["options"]

    assert [option.label.replace("\N{NO-BREAK SPACE}", " ") for option in options] == [
        "Je souhaite créer un ticket sur le porte-monnaie Sport (solde : 25,00 €)",
        "Je souhaite créer un ticket sur le porte-monnaie Culture (solde : 60,00 €)",
        "Je souhaite créer 2 tickets de 10 € sur le porte-monnaie Sport",
        "Je souhaite créer 6 tickets de 10 € sur le porte-monnaie Culture",
    ]
    assert not any(option.disabled for option in options)


def test_what_cannot_be_done_is_shown_with_its_reason(client, culture, sport):
    Wallet.objects.filter(pk=sport.pk).update(balance="0.50")
    options = client.get(page(culture, "papier/")).context["options"]

    assert [option.disabled for option in options] == [True, False, True, False]
    assert all(option.reason for option in options if option.disabled)


def test_one_ticket_asks_for_its_amount(client, culture, sport):
    response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": sport.pk})

    assert response.headers["Location"] == page(culture, f"papier/{sport.pk}/")


def test_a_series_is_made_at_once_and_only_once(client, culture):
    sent = {"key": str(uuid.uuid4()), "choice": f"{culture.pk}-6"}
    first, second = (client.post(page(culture, "papier/"), sent) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert balance(culture) == "0.00"
    assert Ticket.objects.count() == 6
    assert "Vos 6\N{NO-BREAK SPACE}tickets de" in client.get(first.headers["Location"]).text


def test_sent_again_after_it_was_cancelled_it_does_not_congratulate(client, culture):
    sent = {"key": str(uuid.uuid4()), "choice": f"{culture.pk}-1"}
    client.post(page(culture, "papier/"), sent)
    services.cancel(ticket_id=Ticket.objects.get().pk, actor=make_user())
    response = client.post(page(culture, "papier/"), sent, follow=True)

    assert "Félicitations" not in response.text
    assert "Ce formulaire a déjà servi" in response.text


def test_a_series_larger_than_what_is_left_by_now(client, culture):
    client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": f"{culture.pk}-4"})
    response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": f"{culture.pk}-6"})

    assert "Il ne reste que 20,00" in sentences(response, "__all__")
    assert "2\N{NO-BREAK SPACE}tickets de" in response.context["options"][-1].label
    assert balance(culture) == "20.00"


@pytest.mark.parametrize("choice", ["", "x", "-", "0", "1-0", "1-1000", "9" * 40, "1-2-3"])
def test_what_was_not_proposed(client, culture, choice):
    response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": choice})

    assert sentences(response, "choice")
    assert balance(culture) == "60.00"


def test_another_childs_wallet(client, culture):
    other = make_wallet("60")
    response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": f"{other.pk}-6"})

    assert sentences(response, "choice")
    assert balance(other) == "60.00"


def test_when_no_campaign_is_open(client, culture):
    Wallet.objects.update(campaign=make_closed_campaign())

    assert client.get(page(culture, "papier/")).url == page(culture)

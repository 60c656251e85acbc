"""« Effectuer une transaction », page by page."""

import re
import uuid

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_commune, make_offer, make_partner
from tickets import services
from tickets.models import Ticket
from wallets.models import Kind, Wallet
from wallets.tests.factories import days, make_campaign, make_closed_campaign, make_wallet

pytestmark = pytest.mark.django_db


@pytest.fixture
def culture(client):
    """The Culture wallet of a child whose parent is connected, with 60 euros."""
    parent = make_user()
    client.force_login(parent)
    return make_wallet("60", beneficiary=make_beneficiary(parent, first_name="Garance"))


def page(wallet, path=""):
    return f"/beneficiaires/{wallet.beneficiary.public_id}/loisirs/effectuer-une-transaction/{path}"


def balance(wallet):
    wallet.refresh_from_db()
    return str(wallet.balance)


def sentences(response, field):
    return " ".join(response.context["form"].errors.get(field, []))


class TestTypeOfTicket:
    @pytest.mark.parametrize(("answer", "leads_to"), [("affecte", "organisme/"), ("papier", "papier/")])
    def test_each_answer_leads_on(self, client, culture, answer, leads_to):
        response = client.get(page(culture), {"ticket_type": answer})

        assert response.headers["Location"] == page(culture, leads_to)

    def test_the_first_answer_is_selected(self, client, culture):
        assert re.search(r'value="affecte"[^>]*checked', client.get(page(culture)).text)

    def test_an_answer_we_did_not_propose(self, client, culture):
        assert sentences(client.get(page(culture), {"ticket_type": "autre"}), "ticket_type")


class TestChoosingTheOrganisme:
    @pytest.fixture
    def offers(self):
        sceaux = make_commune("92071", "Sceaux")
        return {
            "maitrise": make_offer("Chant choral", Kind.CULTURE, partner=make_partner("MAITRISE")),
            "danse": make_offer("Danse", Kind.SPORT, partner=make_partner("DANSE")),
            "judo": make_offer("Judo", Kind.SPORT, partner=make_partner("JUDO", commune=sceaux)),
            "parti": make_offer(
                "Chant choral", Kind.CULTURE, partner=make_partner("PARTI", affiliated_until="2024-01-01")
            ),
        }

    def choices(self, response, name):
        return [str(label) for value, label in response.context["form"].fields[name].choices if value]

    def test_each_select_narrows_the_next(self, client, culture, offers):
        response = client.get(page(culture, "organisme/"))
        assert self.choices(response, "commune") == ["Antony", "Sceaux"]

        response = client.get(page(culture, "organisme/"), {"commune": "92071", "activites": ""})
        assert self.choices(response, "activites") == ["sportive"]

        response = client.get(page(culture, "organisme/"), {"commune": "92002", "activites": "culture"})
        assert self.choices(response, "organisme") == ["MAITRISE"]
        assert not response.context["form"].errors

    def test_each_choice_says_that_it_is_required(self, client, culture, offers):
        selects = re.findall(r"<select[^>]*>", client.get(page(culture, "organisme/")).text)

        assert ["required" in select for select in selects] == [True, True, True]

    def test_with_javascript_only_the_selects_come_back(self, client, culture, offers):
        query = {"commune": "92002", "activites": "culture", "organisme": ""}
        response = client.get(page(culture, "organisme/"), query, headers={"X-Narrowing": "1"})

        assert self.choices(response, "organisme") == ["MAITRISE"]
        assert not response.context["form"].errors
        assert "<html" not in response.text

    def test_the_three_together_lead_on(self, client, culture, offers):
        partner = offers["maitrise"].partner_id
        query = {"commune": "92002", "activites": "culture", "organisme": partner}
        response = client.get(page(culture, "organisme/"), query)

        assert response.headers["Location"] == page(culture, f"organisme/{partner}/{culture.pk}/")

    def test_what_is_still_to_choose_is_said_beside_it(self, client, culture, offers):
        query = {"commune": "92002", "activites": "culture", "organisme": ""}

        assert sentences(client.get(page(culture, "organisme/"), query), "organisme")
        assert sentences(client.get(page(culture, "organisme/"), {"commune": ""}), "commune")

    @pytest.mark.parametrize(
        ("stale", "field"),
        [({"activites": "culture"}, "activites"), ({"activites": "sport"}, "organisme")],
        ids=["a kind that this commune has not", "the organisme of another commune"],
    )
    def test_what_another_commune_proposed(self, client, culture, offers, stale, field):
        query = {"commune": "92071", "organisme": offers["maitrise"].partner_id} | stale
        response = client.get(page(culture, "organisme/"), query)

        assert response.status_code == 200
        assert sentences(response, field)

    def test_after_the_session_has_ended(self, client, culture):
        client.logout()
        response = client.get(page(culture, "organisme/"))

        assert response.headers["Location"].startswith("/accueil/?next=")

    @pytest.mark.parametrize(
        "forged",
        [
            {"commune": "00000"},
            {"commune": "9" * 50},
            {"organisme": "9" * 50},
            {"organisme": "x"},
            {"activites": "x"},
        ],
        ids=str,
    )
    def test_what_no_list_proposed(self, client, culture, offers, forged):
        query = {"commune": "92002", "activites": "culture", "organisme": "1"} | forged

        assert client.get(page(culture, "organisme/"), query).status_code == 404

    def test_nul_characters(self, client, culture):
        assert client.get(page(culture, "organisme/?commune=%00")).status_code == 400
        assert client.get("/beneficiaires/%00/").status_code == 400

    def test_when_two_campaigns_are_open_the_older_money_goes_first(self, client, culture, offers):
        older = make_wallet(
            "5", beneficiary=culture.beneficiary, campaign=make_campaign(last_ticket_on=days(3))
        )
        partner = offers["maitrise"].partner_id
        query = {"commune": "92002", "activites": "culture", "organisme": partner}
        where = client.get(page(culture, "organisme/"), query).headers["Location"]

        assert where == page(culture, f"organisme/{partner}/{older.pk}/")
        assert list(client.get(where).context["other_wallets"]) == [culture]

    def test_when_no_campaign_is_open(self, client, culture, offers):
        Wallet.objects.update(campaign=make_closed_campaign())
        query = {"commune": "92002", "activites": "culture", "organisme": offers["maitrise"].partner_id}

        assert "Aucune campagne n’est ouverte" in client.get(page(culture, "organisme/"), query).text


class TestTheAmount:
    @pytest.fixture
    def offer(self):
        return make_offer()

    @pytest.fixture(params=["assigned", "paper"])
    def form(self, request, culture, offer):
        """Where the amount is asked, and what is sent with it."""
        if request.param == "paper":
            return page(culture, f"papier/{culture.pk}/"), {"key": str(uuid.uuid4())}
        where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
        return where, {"key": str(uuid.uuid4()), "offer": offer.pk}

    @pytest.mark.parametrize(
        ("typed", "left"), [("50", "10.00"), ("12,5", "47.50"), ("12.50", "47.50"), ("60 €", "0.00")]
    )
    def test_as_people_write_it(self, client, culture, form, typed, left):
        where, fields = form
        response = client.post(where, fields | {"amount": typed}, follow=True)

        assert "Félicitations" in response.text
        assert balance(culture) == left

    @pytest.mark.parametrize(
        ("typed", "sentence"),
        [
            ("", "Saisissez un montant"),
            ("0", "au moins 1,00"),
            ("-5", "positif"),
            ("0,99", "au moins 1,00"),
            ("12,345", "deux chiffres au plus"),
            ("douze", "en chiffres"),
            ("60,01", "Il ne reste que 60,00\N{NO-BREAK SPACE}€"),
            ("1 000", "Il ne reste que 60,00\N{NO-BREAK SPACE}€"),
            ("9" * 20, "trop grand"),
            ("9" * 200, "trop grand"),
        ],
    )
    def test_a_wrong_one_is_told_beside_the_field(self, client, culture, form, typed, sentence):
        where, fields = form
        response = client.post(where, fields | {"amount": typed})

        assert sentence in sentences(response, "amount")
        assert balance(culture) == "60.00"
        assert not Ticket.objects.exists()

    def test_all_that_is_left_fills_in_without_javascript(self, client, culture, form):
        where, _ = form
        [link] = re.findall(r'href="(\?montant=[^"]*)"', client.get(where).text)
        filled = client.get(where + link)

        assert filled.context["form"]["amount"].value() == "60,00"
        assert not filled.context["form"].errors

    def test_an_empty_wallet_offers_nothing(self, client, culture, form):
        where, fields = form
        client.post(where, fields | {"amount": "60"})

        assert "?montant=" not in client.get(where).text

    def test_sent_twice_it_shows_the_same_success(self, client, culture, form):
        where, fields = form
        first, second = (client.post(where, fields | {"amount": "40"}) for _ in range(2))

        assert first.headers["Location"] == second.headers["Location"]
        assert balance(culture) == "20.00"

    def test_the_same_form_with_another_amount_comes_back_as_a_new_one(self, client, culture, form):
        where, fields = form
        client.post(where, fields | {"amount": "10"})
        response = client.post(where, fields | {"amount": "20"})

        assert "a déjà servi" in sentences(response, "__all__")
        assert balance(culture) == "50.00"
        renewed = re.search(r'name="key" value="([^"]+)"', response.text)[1]
        assert client.post(where, fields | {"amount": "20", "key": renewed}).status_code == 302

    def test_a_nul_character(self, client, culture, form):
        where, fields = form

        assert client.post(where, fields | {"amount": "5\0"}).status_code == 400

    @pytest.mark.parametrize("key", ["", "x", "\0"])
    def test_without_a_key_of_ours(self, client, culture, form, key):
        where, fields = form

        assert client.post(where, fields | {"amount": "10", "key": key}).status_code == 400

    def test_when_the_campaign_closes_between_two_screens(self, client, culture, form):
        where, fields = form
        assert client.get(where).status_code == 200
        Wallet.objects.update(campaign=make_closed_campaign(name="2025-2026"))

        assert "La campagne 2025-2026" in sentences(client.post(where, fields | {"amount": "10"}), "__all__")
        assert "La campagne 2025-2026" in client.get(where, follow=True).text

    def test_when_the_organisme_leaves_between_two_screens(self, client, culture, offer):
        where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
        offer.partner.affiliated_until = days(-1)
        offer.partner.save()
        response = client.post(where, {"key": uuid.uuid4(), "offer": offer.pk, "amount": "10"})
        assert "n’est plus affilié" in sentences(response, "offer")

        response = client.get(where, follow=True)
        assert response.redirect_chain == [(page(culture, "organisme/"), 302)]
        assert "n’est plus affilié" in response.text

    def test_an_activity_that_this_wallet_does_not_pay_for(self, client, culture, offer):
        sport = make_offer("Danse", Kind.SPORT, partner=offer.partner)
        where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")
        response = client.post(where, {"key": uuid.uuid4(), "offer": sport.pk, "amount": "10"})

        assert sentences(response, "offer")

    def test_the_one_activity_there_is_is_chosen_already(self, client, culture, offer):
        where = page(culture, f"organisme/{offer.partner_id}/{culture.pk}/")

        assert client.get(where).context["form"]["offer"].value() == offer.pk

    @pytest.mark.parametrize("wrong", [10**30, 0])
    def test_numbers_that_lead_nowhere(self, client, culture, offer, wrong):
        assert client.get(page(culture, f"papier/{wrong}/")).status_code == 404
        assert client.get(page(culture, f"organisme/{wrong}/{culture.pk}/")).status_code == 404
        assert client.get(page(culture, f"organisme/{offer.partner_id}/{wrong}/")).status_code == 404


class TestOnPaper:
    @pytest.fixture
    def sport(self, culture):
        return make_wallet("25", kind=Kind.SPORT, beneficiary=culture.beneficiary, campaign=culture.campaign)

    def test_the_four_choices_of_the_guide(self, client, culture, sport):
        options = client.get(page(culture, "papier/")).context["options"]

        assert [option.label.replace("\N{NO-BREAK SPACE}", " ") for option in options] == [
            "Je souhaite créer un ticket sur le porte-monnaie Sport (solde : 25,00 €)",
            "Je souhaite créer un ticket sur le porte-monnaie Culture (solde : 60,00 €)",
            "Je souhaite créer 2 tickets de 10 € sur le porte-monnaie Sport",
            "Je souhaite créer 6 tickets de 10 € sur le porte-monnaie Culture",
        ]
        assert not any(option.disabled for option in options)

    def test_what_cannot_be_done_is_shown_with_its_reason(self, client, culture):
        Wallet.objects.update(balance="0.50")
        options = client.get(page(culture, "papier/")).context["options"]

        assert all(option.disabled and option.reason for option in options)

    def test_one_ticket_asks_for_its_amount(self, client, culture, sport):
        response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": sport.pk})

        assert response.headers["Location"] == page(culture, f"papier/{sport.pk}/")

    def test_a_series_is_made_at_once_and_only_once(self, client, culture):
        sent = {"key": str(uuid.uuid4()), "choice": f"{culture.pk}-6"}
        first, second = (client.post(page(culture, "papier/"), sent) for _ in range(2))

        assert first.headers["Location"] == second.headers["Location"]
        assert balance(culture) == "0.00"
        assert Ticket.objects.count() == 6
        assert "Vos 6\N{NO-BREAK SPACE}tickets de" in client.get(first.headers["Location"]).text

    def test_sent_again_after_it_was_cancelled_it_does_not_congratulate(self, client, culture):
        sent = {"key": str(uuid.uuid4()), "choice": f"{culture.pk}-1"}
        client.post(page(culture, "papier/"), sent)
        services.cancel(ticket_id=Ticket.objects.get().pk, actor=make_user())
        response = client.post(page(culture, "papier/"), sent, follow=True)

        assert "Félicitations" not in response.text
        assert "Ce formulaire a déjà servi" in response.text

    def test_a_series_larger_than_what_is_left_by_now(self, client, culture):
        client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": f"{culture.pk}-4"})
        response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": f"{culture.pk}-6"})

        assert "Il ne reste que 20,00" in sentences(response, "__all__")
        assert "2\N{NO-BREAK SPACE}tickets de" in response.context["options"][-1].label
        assert balance(culture) == "20.00"

    @pytest.mark.parametrize("choice", ["", "x", "-", "0", "1-0", "1-1000", "9" * 40, "1-2-3"])
    def test_what_was_not_proposed(self, client, culture, choice):
        response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": choice})

        assert sentences(response, "choice")
        assert balance(culture) == "60.00"

    def test_another_childs_wallet(self, client, culture):
        other = make_wallet("60")
        response = client.post(page(culture, "papier/"), {"key": uuid.uuid4(), "choice": f"{other.pk}-6"})

        assert sentences(response, "choice")
        assert balance(other) == "60.00"

    def test_when_no_campaign_is_open(self, client, culture):
        Wallet.objects.update(campaign=make_closed_campaign())

        assert client.get(page(culture, "papier/")).context["options"] == []


def test_a_success_page_says_the_sentence_of_the_guide(client, culture):
    response = client.post(
        page(culture, f"papier/{culture.pk}/"), {"key": uuid.uuid4(), "amount": "50"}, follow=True
    )
    text = re.sub(r"\s+", " ", response.text)

    assert (
        "Félicitations ! Votre ticket de 50,00 € a bien été généré. "
        "Vous pouvez dès à présent imprimer votre ticket."
    ) in text

"""« Mes données »: all that is held about a person, and nothing about anybody else."""

import datetime as dt
import io
import json
import zipfile

import pypdf
import pytest
from django.urls import reverse
from post_office.models import Email

from accounts import audit
from accounts.audit import Action
from accounts.models import SignIn
from accounts.security_log import note_reading
from accounts.tests.factories import make_beneficiary, make_user
from applications.tests.factories import make_application, make_child, make_enrolment
from content import contact_mail
from core.models import Addressee
from partners.tests.factories import make_commune, make_offer, make_partner
from privacy.my_data.document import draw
from privacy.my_data.held import held
from tickets import services
from tickets.tests.factories import make_ticket
from wallets.models import Campaign
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


def sent(user, subject):
    email = Email.objects.create(from_email="nous@pass.example", to=[user.email], subject=subject)
    Addressee.objects.create(email=email, account=user)


@pytest.fixture
def parent(client):
    parent = make_user("parent", first_name="Claire", email="claire@example.test")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    return make_beneficiary(parent, first_name="Garance", user=make_user("garance"))


@pytest.fixture
def download(client):
    """The files of the archive: data, and the words of the PDF."""

    def files():
        response = client.get(reverse("privacy:my_data"))
        assert response.headers["Content-Type"] == "application/zip"
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        assert archive.namelist() == ["mes-donnees.json", "mes-donnees.pdf"]
        pages = pypdf.PdfReader(io.BytesIO(archive.read("mes-donnees.pdf"))).pages
        text = " ".join(" ".join(page.extract_text() for page in pages).split())
        return json.loads(archive.read("mes-donnees.json")), text

    return files


def test_the_account_the_child_and_all_its_money(parent, child, download):
    wallet = make_wallet("60", beneficiary=child)
    offer = make_offer("Chant choral", partner=make_partner("MAITRISE STE MARIE"))
    ticket = make_ticket("12.50", wallet=wallet, offer=offer, actor=parent)
    services.record_printing(ticket_ids={ticket.pk}, actor=parent)
    services.cancel(ticket_id=ticket.pk, actor=parent)

    SignIn.objects.create(user=parent, device="Firefox sur Linux")
    sent(parent, "Mot de passe changé")

    for whom in (parent, child, make_user()):
        audit.record(action=Action.ACCESS_RESET, subject=whom, reason="appel", actor=make_user())

    data, text = download()

    assert data["Mon compte"]["Identifiant"] == "parent"
    assert [told["Action"] for told in data["Mon compte"]["Actes d’agents"]] == ["accès rendu"]
    assert [told["Appareil"] for told in data["Mon compte"]["Connexions"]] == ["Firefox sur Linux"]
    assert [told["Objet"] for told in data["Mon compte"]["E-mails envoyés"]] == ["Mot de passe changé"]
    [garance] = data["Bénéficiaires"]
    assert garance["Prénom"] == "Garance"
    assert garance["Responsables légaux"] == [str(parent)]
    [held] = garance["Porte-monnaie"]
    assert held["Solde"] == "60.00"
    assert [entry["Montant"] for entry in held["Écritures"]] == ["60.00", "-12.50", "12.50"]
    [told] = held["Tickets"]
    assert (told["Numéro"], told["État"], told["Organisme"]) == (ticket.pk, "Annulé", "MAITRISE STE MARIE")
    assert told["Impressions"] == 1
    assert told["Imprimé en dernier le"]
    for words in ("claire@example.test", "Garance", "MAITRISE STE MARIE", "Chant choral", "12,50 €"):
        assert words in text


def test_a_ticket_whose_last_day_has_passed_is_expired_before_the_night_says_so(parent, child, download):
    make_ticket("10", wallet=make_wallet("60", beneficiary=child), actor=parent)
    over = ["last_ticket_on", "last_cancellation_on", "last_validation_on"]
    Campaign.objects.update(**dict.fromkeys(over, days(-1)))
    data, _ = download()

    assert data["Bénéficiaires"][0]["Porte-monnaie"][0]["Tickets"][0]["État"] == "Expiré"


def test_the_child_has_its_own_account_and_the_names_of_its_guardians(client, parent, child, download):
    client.force_login(child.user)
    data, text = download()

    assert data["Mon compte"]["Identifiant"] == "garance"
    assert [told["Prénom"] for told in data["Bénéficiaires"]] == ["Garance"]
    assert "claire@example.test" not in json.dumps(data) + text


def test_nothing_of_another_family_and_no_secret(parent, child, download):
    stranger = make_beneficiary(make_user("autre"), first_name="Zoé")
    make_ticket(wallet=make_wallet(beneficiary=stranger))
    ticket = make_ticket(wallet=make_wallet(beneficiary=child))
    data, text = download()
    everything = json.dumps(data, ensure_ascii=False) + text

    for secret in ("Zoé", parent.password, ticket.code, ticket.shown_code, child.public_id):
        assert secret not in everything


def test_a_name_is_text_and_nothing_else(client, parent, download):
    make_beneficiary(parent, first_name="<b>Zo</b>&amp;", last_name="=1+1")
    data, text = download()

    assert data["Bénéficiaires"][0]["Prénom"] == "<b>Zo</b>&amp;"
    assert "<b>Zo</b>&amp;" in text


def test_an_account_without_children(parent, download):
    data, _ = download()

    assert data["Bénéficiaires"] == []


def test_who_is_not_connected_gets_nothing(client):
    assert client.get(reverse("privacy:my_data")).status_code == 302


def test_as_many_queries_for_three_children_as_for_one(client, parent, django_assert_max_num_queries):
    for _ in range(3):
        make_ticket(wallet=make_wallet(beneficiary=make_beneficiary(parent)))
    with django_assert_max_num_queries(30):
        client.get(reverse("privacy:my_data"))


def test_the_e_mails_are_those_of_the_account_not_of_an_address(parent, download):
    """family.md 16: after a change of address one of twenty was left; who shares one read the other's."""
    sent(parent, "Avant")
    parent.email = "neuve@example.test"
    parent.save(update_fields=["email"])
    sent(parent, "Après")
    sent(make_user("autre", email=parent.email), "À quelqu’un d’autre")

    data, _ = download()
    told = [(mail["Adresse"], mail["Objet"]) for mail in data["Mon compte"]["E-mails envoyés"]]
    assert told == [("claire@example.test", "Avant"), ("neuve@example.test", "Après")]


def test_what_was_written_to_the_service_is_told(parent, child, download, settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    contact_mail.send(topic="autre", message="Bonjour", address=parent.email, author=parent, child=None)

    data, _ = download()
    [told] = data["Mon compte"]["E-mails envoyés"]
    assert told["Objet"] == "Message du site\N{NO-BREAK SPACE}: Autre chose"


def test_a_town_a_sum_and_a_time_as_on_the_screens(parent, child, download, monkeypatch):
    """family.md 45: a number for a town, « 04 h 46 », no « + », times of Greenwich."""
    moment = dt.datetime(2026, 11, 28, 3, 46, tzinfo=dt.UTC)
    make_commune(child.insee_code, "Antony")
    elsewhere = make_beneficiary(parent, insee_code="75056")
    make_ticket("12.50", wallet=make_wallet("60", beneficiary=child), actor=parent)
    type(parent).objects.filter(pk=parent.pk).update(date_joined=moment)

    data, text = download()
    assert [told["Commune"] for told in data["Bénéficiaires"]] == ["Antony", elsewhere.insee_code]
    assert data["Mon compte"]["Date d’inscription"] == "2026-11-28T04:46:00+01:00"
    assert "28/11/2026 à 4 h 46" in text
    assert "+60,00 €" in text
    assert "−12,50 €" in text
    assert "+12,50" not in text


def test_the_tables_take_the_whole_width_of_the_sheet(parent, child):
    """family.md 45: three columns lost half of the landscape."""
    make_ticket("12.50", wallet=make_wallet("60", beneficiary=child), actor=parent)
    pages = pypdf.PdfReader(io.BytesIO(draw(held(parent)))).pages
    assert {"Numéro", "Montant", "Impressions"} <= {*" ".join(page.extract_text() for page in pages).split()}
    spots = []
    for page in pages:
        page.extract_text(visitor_text=lambda text, _, at, *__: spots.append((text.strip(), at[4])))

    assert max(x for text, x in spots if text.startswith("Montant")) > 500


def test_an_application_is_told_to_guardians_and_its_papers_to_who_sent_them():
    sender, other, login = make_user(), make_user(), make_user()
    child = make_child(sender, other, user=login)
    application = make_application(child, actor=sender)
    note_reading(agent_id=make_user("agent", is_staff=True).pk, row=application.papers.get())
    told = {user: held(user)["Bénéficiaires"][0]["Demandes"] for user in (sender, other, login)}

    [asked] = told[sender]
    assert (asked["Objet"], asked["État"], asked["Décidée le"]) == ("supplément boursier", "à lire", None)
    [paper] = asked["Papiers"]
    assert len(paper["Ouvert par un agent"]) == 1
    assert [it["Papiers"] for it in told[other]] == [[]]
    assert told[login] == []
    assert draw(held(sender)).startswith(b"%PDF")


def test_whom_one_asked_to_enrol_and_nobody_else():
    asker, other = make_user("camille"), make_user("dominique")
    application = make_enrolment(asker)
    note_reading(agent_id=make_user("agent", is_staff=True).pk, row=application.papers.get())

    [asked] = held(asker)["Mon compte"]["Inscriptions demandées"]
    assert (asked["Enfant"]["Prénom"], asked["Enfant"]["Collège"], asked["Objet"]) == (
        *("Maël", "Collège"),
        "inscription",
    )
    assert len(asked["Papiers"][0]["Ouvert par un agent"]) == 1
    assert held(other)["Mon compte"]["Inscriptions demandées"] == []
    assert draw(held(asker)).startswith(b"%PDF")

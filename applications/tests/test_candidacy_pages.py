"""« Devenir partenaire »: what an organisme says, sends and follows."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import SignUp, User
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from accounts.tests.sign_up.links import SAID, link_of
from applications import correcting, deciding
from applications.affiliating import accept_affiliation
from applications.exceptions import Moved
from applications.models import Application, ApplicationState, Candidacy
from core.money import NBSP
from core.tests.queue import work
from partners.tests.factories import make_commune, make_partner
from wallets.tests.factories import days

from .factories import make_decider, make_photo
from .organismes import OTHER_SIRET, SIRET, apply, make_activity, make_candidacy, make_draft, said_of

pytestmark = pytest.mark.django_db
START = "/candidatures/nouvelle/"


@pytest.fixture
def treasurer(client):
    user = make_user("camille")
    client.force_login(user)
    return user


def photo(content=None):
    return SimpleUploadedFile("statuts.jpg", make_photo() if content is None else content)


def typed(**fields):
    said = said_of() | {"commune": make_commune().pk, "activity_1": make_activity().pk, "kind_1": "sport"}
    return said | fields


def papers():
    return {"papers": [photo()], "key": uuid.uuid4()}


def test_from_the_siret_to_the_papers(client, treasurer):
    page = client.post(START, {"siret": "732 829 320 00074"}, follow=True)
    assert "732 829 320 00074" in page.text.replace(NBSP, " ")
    draft = Candidacy.objects.get()

    page = client.post(f"/candidatures/{draft.pk}/", typed(), follow=True)
    assert page.redirect_chain[-1][0] == f"/candidatures/{draft.pk}/papiers/"
    assert "Judo (Sport)" in page.text
    assert "Ses statuts et le récépissé" in page.text

    page = client.post(f"/candidatures/{draft.pk}/papiers/", papers(), follow=True)
    assert page.redirect_chain[-1][0] == f"/candidatures/{draft.pk}/"
    assert "En cours" in page.text
    assert "Nous vous répondons avant" in page.text
    assert (Application.objects.get().candidacy, Application.objects.get().sent_by) == (draft, treasurer)
    for path in ("/mon-compte/", "/beneficiaires/"):
        assert f"/candidatures/{draft.pk}/" in client.get(path).text


@pytest.mark.usefixtures("treasurer")
@pytest.mark.parametrize("siret", ["", "123", "732 829 320", "73282932000075", "x" * 14, "٧" * 14])
def test_what_is_no_siret_is_told(client, siret):
    page = client.post(START, {"siret": siret})

    assert page.context["form"].errors["siret"]
    assert not Candidacy.objects.exists()


@pytest.mark.usefixtures("treasurer")
def test_an_affiliated_organisme_is_joined_by_an_invitation(client):
    make_partner(siret=SIRET)
    page = client.post(START, {"siret": SIRET})

    assert "demandez à son responsable de vous inviter" in page.text
    assert not Candidacy.objects.exists()


@pytest.mark.usefixtures("treasurer")
def test_one_that_left_asks_again(client):
    make_partner(siret=SIRET, affiliated_until=days(-1))
    client.post(START, {"siret": SIRET})

    assert Candidacy.objects.exists()


def test_nobody_learns_who_else_asks(client, treasurer):
    apply(make_user("dominique"))
    pages = [client.post(START, {"siret": siret}) for siret in (SIRET, OTHER_SIRET)]

    assert [it.status_code for it in pages] == [302, 302]
    assert Candidacy.objects.filter(account=treasurer).count() == 2


def test_the_same_siret_comes_back_to_its_draft_then_to_its_request(client, treasurer):
    draft = make_draft(treasurer)
    assert client.post(START, {"siret": SIRET})["Location"] == f"/candidatures/{draft.pk}/"

    client.post(f"/candidatures/{draft.pk}/papiers/", papers())
    assert "déjà fait cette demande" in client.post(START, {"siret": SIRET}).text
    assert Candidacy.objects.count() == 1


def test_six_drafts_are_enough(client, treasurer):
    for number in range(6):
        Candidacy.objects.create(account=treasurer, siret=f"{number:014}")

    assert "demandes commencées" in client.post(START, {"siret": SIRET}).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"legal_form": "x"},
        {"rna": "W12"},
        {"address": ""},
        {"postcode": "x"},
        {"commune": "99999"},
        {"phone": "12"},
        {"email": "x"},
        {"website": "javascript:alert(1)"},
        {"capacity": ""},
        {"activity_1": "", "kind_1": ""},
        {"kind_1": ""},
        {"activity_1": ""},
        {"activity_2": "999999", "kind_2": "sport"},
        {"kind_1": "x"},
    ],
)
def test_what_is_wrong_is_told_beside_it(client, treasurer, wrong):
    draft = make_draft(treasurer)
    page = client.post(f"/candidatures/{draft.pk}/", typed(name="AUTRE") | wrong)

    assert page.context["form"].errors
    draft.refresh_from_db()
    assert draft.name == "JUDO CLUB D’ANTONY"


def test_an_activity_that_is_not_listed_is_enough(client, treasurer):
    draft = make_draft(treasurer)
    client.post(
        f"/candidatures/{draft.pk}/", typed(activity_1="", kind_1="", other_activities="Pelote basque")
    )

    draft.refresh_from_db()
    assert (draft.other_activities, draft.offers.count()) == ("Pelote basque", 0)


@pytest.mark.usefixtures("treasurer")
def test_papers_come_after_the_description(client, treasurer):
    draft = Candidacy.objects.create(account=treasurer, siret=SIRET)
    page = client.post(f"/candidatures/{draft.pk}/papiers/", papers(), follow=True)

    assert "Étape 2" in page.text
    assert not Application.objects.exists()


def test_what_is_missing_is_sent_from_its_page(client, treasurer):
    application = make_candidacy(treasurer)
    deciding.ask(application_id=application.pk, reason="Il manque les statuts.", actor=make_decider())
    address = f"/candidatures/{application.candidacy.pk}/"
    page = client.get(address).text
    assert "À compléter" in page
    assert "Il manque les statuts." in page

    client.post(address, papers())
    application.refresh_from_db()
    assert (application.state, application.papers.count()) == (ApplicationState.SENT, 2)


class TestTheSheet:
    @pytest.fixture
    def asked(self, treasurer):
        application = make_candidacy(treasurer)
        deciding.ask(application_id=application.pk, reason="Le nom n’est pas le sien.", actor=make_decider())
        return application

    def correct(self, client, application, **fields):
        address = f"/candidatures/{application.candidacy.pk}/fiche/"
        page = client.post(address, typed(name="AÏKIDO D’ANTONY") | fields)
        application.refresh_from_db()
        return page

    def test_corrected_it_waits_for_its_papers(self, client, asked):
        self.correct(client, asked)

        assert asked.state == ApplicationState.INCOMPLETE
        assert Candidacy.objects.get().name == "AÏKIDO D’ANTONY"

    def test_or_is_sent_again_as_it_is(self, client, asked):
        assert "Le nom n’est pas le sien." in client.get(f"/candidatures/{asked.candidacy.pk}/fiche/").text
        self.correct(client, asked, envoyer="oui")

        assert (asked.state, asked.reason) == (ApplicationState.SENT, "")
        assert Candidacy.objects.get().offers.count() == 1

    def test_what_is_wrong_is_told_and_nothing_is_sent(self, client, asked):
        page = self.correct(client, asked, envoyer="oui", capacity="")

        assert page.context["form"].errors
        assert asked.state == ApplicationState.INCOMPLETE

    def test_nothing_is_corrected_that_was_not_asked_for(self, client, treasurer):
        application = make_candidacy(treasurer)
        assert self.correct(client, application).status_code == 302
        with pytest.raises(Moved):
            correcting.correct(
                candidacy_id=application.candidacy.pk, said={"name": "AUTRE"}, offers=[], sends_it=True
            )

        assert Candidacy.objects.get().name == "JUDO CLUB D’ANTONY"


def test_accepted_it_leads_to_the_counter(client, treasurer):
    application = make_candidacy(treasurer)
    partner = accept_affiliation(application_id=application.pk, actor=make_decider())
    page = client.get(f"/candidatures/{application.candidacy.pk}/").text

    assert "Acceptée" in page
    assert "compte bancaire" in page
    assert f"/organismes/{partner.pk}/" in page
    assert client.get(f"/organismes/{partner.pk}/").status_code == 200


def test_refused_it_says_why_and_another_is_asked(client, treasurer):
    application = make_candidacy(treasurer)
    deciding.refuse(application_id=application.pk, reason="Ce ne sont pas les siens.", actor=make_decider())
    page = client.get(f"/candidatures/{application.candidacy.pk}/").text
    assert "Refusée" in page
    assert "Ce ne sont pas les siens." in page

    client.post(START, {"siret": SIRET})
    assert Candidacy.objects.drafts().count() == 1


def test_withdrawn_it_is_there_no_more(client, treasurer):
    draft, sent = make_draft(treasurer), apply(treasurer, siret=OTHER_SIRET).candidacy
    for one in (draft, sent):
        address = f"/candidatures/{one.pk}/retirer/"
        assert "JUDO CLUB" in client.get(address).text
        client.post(address)
        assert client.get(f"/candidatures/{one.pk}/").status_code == 404
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_it_is_nobody_elses(client, treasurer):
    other = make_user("dominique")
    for one in (make_draft(other), apply(other, siret=OTHER_SIRET).candidacy):
        for name in ("candidacy", "candidacy_papers", "correct_candidacy", "withdraw_candidacy"):
            for method in (client.get, client.post):
                assert method(reverse(f"applications:{name}", args=[one.pk])).status_code == 404
    assert Candidacy.objects.count() == 2


def test_neither_a_child_nor_an_agent_asks(client):
    child = make_beneficiary(make_user(), user=make_user("garance")).user
    for user in (child, make_agent()):
        client.force_login(user)
        assert client.get(START).status_code != 200
        assert "Ni le compte d’un agent" in client.get("/devenir-partenaire/").text


@pytest.mark.usefixtures("treasurer")
def test_who_tries_one_siret_after_the_other_waits(client):
    statuses = [client.post(START, {"siret": SIRET}).status_code for _ in range(21)]

    assert statuses == [302] * 20 + [429]


class TestFromNoAccount:
    def test_the_link_leads_to_the_first_step(self, client, mailoutbox):
        client.post("/devenir-partenaire/", {"email": "tresorier@club.example"})
        work()
        response = client.post(link_of(mailoutbox[-1]), SAID)

        assert response["Location"] == START
        assert client.get(START).status_code == 200

    def test_an_address_that_has_an_account_is_led_there_by_its_mail(self, client, mailoutbox):
        make_user("camille", email="camille@club.example")
        page = client.post("/devenir-partenaire/", {"email": "camille@club.example"})
        work()

        assert page["Location"] == reverse("accounts:sign_up_sent")
        assert "?next=%2Fcandidatures%2Fnouvelle%2F" in mailoutbox[-1].body
        assert not SignUp.objects.exists()
        assert User.objects.count() == 1

    def test_who_asks_again_and_again_waits(self, client):
        statuses = {
            client.post("/devenir-partenaire/", {"email": "x@club.example"}).status_code for _ in range(40)
        }

        assert 429 in statuses

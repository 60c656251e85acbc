"""« Inviter un autre responsable »: asked for and followed; and the link that the other opens."""

import datetime as dt
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from applications import deciding, inviting
from applications.models import Application, ApplicationState, OtherGuardian
from applications.models.other_guardian import VALID_FOR

from .factories import (
    ask_for_guardian,
    make_child,
    make_decider,
    make_guardian_request,
    make_invited,
    make_photo,
    token_of,
)

pytestmark = pytest.mark.django_db
ADDRESS = "dominique@famille.example"


@pytest.fixture
def parent(client):
    parent = make_user("camille", first_name="Camille", last_name="MARTIN")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    return make_child(parent)


def address(child, name="guardian"):
    return reverse(f"applications:{name}", args=[child.public_id])


def photo(content=None):
    return SimpleUploadedFile("livret.jpg", make_photo() if content is None else content)


def post(client, child, **fields):
    said = {"first_name": "Dominique", "last_name": "LEROY", "email": ADDRESS}
    form = {**said, "key": uuid.uuid4(), "papers": [photo()], **fields}
    return client.post(address(child), form, follow=True)


class TestAsking:
    def test_from_the_account_it_is_asked_and_followed(self, client, child):
        assert address(child) in client.get("/mon-compte/").text
        assert "livret de famille" in client.get(address(child)).text
        page = post(client, child).text

        for told in ("Nous avons reçu", "Dominique LEROY", ADDRESS, "En cours"):
            assert told in page
        assert "Envoyer la demande" not in page
        asked = OtherGuardian.objects.get()
        assert (str(asked), asked.email, asked.key) == ("Dominique LEROY", ADDRESS, "")

    @pytest.mark.parametrize(
        ("field", "wrong"),
        [
            ("first_name", {"first_name": "", "last_name": ""}),
            ("first_name", {"first_name": "☺"}),
            ("email", {"email": ""}),
            ("email", {"email": "dominique@"}),
            ("papers", {"papers": []}),
            ("papers", {"papers": [photo(b"MZ not a paper")]}),
        ],
    )
    def test_what_is_wrong_is_told_beside_it_and_nothing_is_sent(self, client, child, field, wrong):
        page = post(client, child, **wrong)

        assert field in page.context["form"].errors
        assert not Application.objects.exists()

    def test_ones_own_address(self, client, child, parent):
        assert "C’est votre adresse" in post(client, child, email=parent.email.upper()).text

    def test_neither_words_nor_statements_tell_whether_an_address_is_known(self, client, child, parent):
        make_user("dominique", email=ADDRESS)
        answers = []
        for email in ("chauffe@famille.example", ADDRESS, "personne@famille.example"):
            with CaptureQueriesContext(connection) as asked:
                said = {"first_name": "D", "last_name": "L", "email": email}
                form = {**said, "key": uuid.uuid4(), "papers": photo()}
                response = client.post(address(child), form)
                statements = len(asked)
            application = Application.objects.latest("pk")
            page = client.get(address(child)).text.partition("<main")[2].partition("</main>")[0]
            answers.append((response.status_code, statements, page.replace(email, "X")))
            Application.objects.filter(pk=application.pk).update(state=ApplicationState.WITHDRAWN)

        assert answers[1] == answers[2]

    def test_accepted_it_says_how_far_the_invitation_is(self, client, child):
        other = make_invited(child)
        assert "L’invitation est partie" in client.get(address(child)).text
        user = make_user("dominique")
        inviting.join(token=token_of(other), birth_year=child.birth_year, user=user)

        page = client.get(address(child)).text
        assert "Invitation acceptée le" in page
        assert "Retirer" not in page
        assert client.get(address(child, "withdraw_guardian")).status_code == 404

    def test_the_invitation_is_sent_again_by_another_link(self, client, child, mailoutbox):
        other = make_invited(child)
        OtherGuardian.objects.update(invited_at=timezone.now() - VALID_FOR - dt.timedelta(days=1))
        page = client.get(address(child)).text
        assert "n’est plus bon depuis le" in page
        assert address(child, "invite_again") in page
        page = client.post(address(child, "invite_again"), follow=True).text

        assert f"L’invitation est repartie à {ADDRESS}" in page
        assert "Son lien est bon jusqu’au" in page
        assert mailoutbox[-1].to == [ADDRESS]
        assert inviting.path(other) not in mailoutbox[-1].body
        assert client.get(inviting.path(other)).status_code == 404

    def test_once_it_served_or_before_it_left_nothing_is_sent_again(self, client, child, mailoutbox):
        application = make_guardian_request(child)
        page = client.post(address(child, "invite_again"), follow=True).text
        assert "Cette demande a changé entre-temps" in page
        other = inviting.accept_guardian(application_id=application.pk, actor=make_decider())
        inviting.join(token=token_of(other), birth_year=child.birth_year, user=make_user("dominique"))
        sent = len(mailoutbox)
        assert address(child, "invite_again") not in client.get(address(child)).text
        client.post(address(child, "invite_again"))

        assert len(mailoutbox) == sent

    def test_the_fourth_in_a_row_waits(self, client, child):
        make_invited(child)
        statuses = [client.post(address(child, "invite_again")).status_code for _ in range(4)]

        assert statuses == [302, 302, 302, 429]

    def test_refused_it_says_why_and_may_be_asked_anew(self, client, child):
        application = make_guardian_request(child)
        deciding.refuse(application_id=application.pk, reason="Il manque le jugement.", actor=make_decider())
        page = client.get(address(child)).text

        for told in ("Refusée", "Il manque le jugement.", "tribunal administratif", "nouvelle demande"):
            assert told in page

    def test_withdrawn_after_a_question(self, client, child):
        ask_for_guardian(child)
        assert "d’un autre responsable légal" in client.get(address(child, "withdraw_guardian")).text
        client.post(address(child, "withdraw_guardian"))

        assert Application.objects.get().state == ApplicationState.WITHDRAWN

    def test_another_guardian_reads_for_whom_and_neither_the_address_nor_the_papers(self, client, parent):
        first = make_user("premier")
        child = make_child(first, parent)
        ask_for_guardian(child, actor=first)
        page = client.get(address(child)).text

        assert "Dominique LEROY" in page
        assert "Seul le responsable" in page
        for hidden in (ADDRESS, "Papier envoyé"):
            assert hidden not in page

    def test_nor_does_another_guardian_send_the_invitation_again(self, client, parent, mailoutbox):
        first = make_user("premier")
        child = make_child(first, parent)
        make_invited(child, actor=first)
        sent = len(mailoutbox)
        assert address(child, "invite_again") not in client.get(address(child)).text

        assert client.post(address(child, "invite_again")).status_code == 404
        assert len(mailoutbox) == sent

    def test_the_child_and_a_stranger_find_nothing(self, client, parent):
        login = make_user("garance")
        child, other = make_child(make_user(), user=login), make_child(make_user())
        ask_for_guardian(other)
        for name in ("guardian", "withdraw_guardian"):
            assert client.post(address(other, name)).status_code == 404
        client.force_login(login)
        for name in ("guardian", "withdraw_guardian"):
            assert client.get(address(child, name)).status_code == 404
        assert Application.objects.get().state == ApplicationState.SENT


class TestLink:
    @pytest.fixture
    def child(self):
        return make_child(make_user("camille", first_name="Camille", last_name="MARTIN"), last_name="ROCHE")

    @pytest.fixture
    def link(self, child):
        return inviting.path(make_invited(child))

    def test_to_look_changes_nothing_and_tells_the_first_name_alone(self, client, link, child):
        page = client.get(link).text

        for told in ("Garance", "Camille MARTIN", "J’ai un compte", "Je n’ai pas de compte"):
            assert told in page
        for hidden in ("ROCHE", str(child.birth_year), child.school.name):
            assert hidden not in page.partition("<main")[2]
        assert "next=" in page
        assert child.guardians.count() == 1

    def test_with_the_account_that_one_has(self, client, link, child):
        user = make_user("dominique")
        client.force_login(user)
        page = client.post(link, {"birth_year": child.birth_year}, follow=True)

        assert page.redirect_chain[-1][0] == f"/beneficiaires/{child.public_id}/"
        assert "Vous suivez désormais Garance" in page.text
        assert user in child.guardians.all()
        assert client.get(link).status_code == 404

    def test_with_a_new_one(self, client, link, child):
        form = client.get(f"{link}nouveau-compte/").context["form"]
        assert form["last_name"].value() == "LEROY"
        said = {"first_name": "Dominique", "last_name": "LEROY", "birth_year": child.birth_year}
        password = "trois mots bien choisis"
        page = client.post(
            f"{link}nouveau-compte/",
            {**said, "phone": "", "new_password1": password, "new_password2": password},
            follow=True,
        )

        assert "Notez votre identifiant" in page.text
        assert page.redirect_chain[-1][0] == f"/beneficiaires/{child.public_id}/"
        user = User.objects.get(email=ADDRESS)
        assert {*child.guardians.all()} >= {user}

    def test_of_a_wrong_year_nothing_comes(self, client, link, child):
        before = User.objects.count()
        password = "trois mots bien choisis"
        said = {"first_name": "D", "last_name": "L", "birth_year": child.birth_year + 1}
        said |= {"new_password1": password, "new_password2": password}
        page = client.post(f"{link}nouveau-compte/", said, follow=True)
        assert "Ce n’est pas son année" in page.text
        client.force_login(make_user("dominique"))
        page = client.post(link, {"birth_year": child.birth_year + 1}, follow=True)

        assert "Ce n’est pas son année" in page.text
        assert (child.guardians.count(), User.objects.count()) == (1, before + 1)

    def test_the_fifth_year_that_is_tried_waits_whoever_tries(self, client, link, child):
        statuses = []
        for number in range(5):
            client.force_login(make_user(f"essai{number}"))
            statuses.append(client.post(link, {"birth_year": 1990 + number}).status_code)

        assert 429 not in statuses[:4]
        assert statuses[4] == 429

    def test_neither_an_agent_nor_a_child(self, client, link, child):
        for user in (make_agent(), make_beneficiary(make_user(), user=make_user("enfant")).user):
            client.force_login(user)
            client.post(link, {"birth_year": child.birth_year})
        assert "ni le compte d’un agent" in client.get(link).text
        assert child.guardians.count() == 1

    def test_who_is_connected_has_an_account(self, client, link):
        client.force_login(make_user("dominique"))

        assert client.get(f"{link}nouveau-compte/")["Location"] == link

    def test_a_dead_one_says_so(self, client):
        for page in ("/responsable/trop-tard/", "/responsable/trop-tard/nouveau-compte/"):
            response = client.get(page)
            assert response.status_code == 404
            assert "Cette invitation ne sert plus" in response.text

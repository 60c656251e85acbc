"""What agents see of the outbox."""

import pytest
from post_office.models import Email

from accounts import services
from accounts.tests.factories import make_user

from .delivering import deliver, deliver_by, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def agent(enter):
    enter(make_user("agent", is_staff=True, is_superuser=True))


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("path", ["", "?q=camille", "?etat=2", "{pk}/change/"])
def test_agents_see_to_whom_but_not_what(client, path):
    services.send_first_access(user_id=make_user("camille").pk)
    url = f"/admin/core/outgoingmail/{path.format(pk=Email.objects.get().pk)}"
    response = client.get(url)

    assert "Votre compte Pass+ est prêt" in response.text
    assert "camille@famille.example" in response.text
    assert "à envoyer" in response.text
    assert "/accueil/premiere-connexion/" not in response.text


@pytest.mark.usefixtures("agent")
def test_agents_are_told_why_it_failed(client, settings):
    deliver_by(settings, "core.tests.mail.delivering.Choosy")
    write("refusee")
    deliver()

    assert "550" in client.get(f"/admin/core/outgoingmail/{Email.objects.get().pk}/change/").text


@pytest.mark.usefixtures("agent")
def test_agents_write_nothing_there_and_have_no_other_door(client):
    write()
    pk = Email.objects.get().pk

    assert client.post(f"/admin/core/outgoingmail/{pk}/change/", {"to": "x@y.example"}).status_code == 403
    assert client.post(f"/admin/core/outgoingmail/{pk}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/core/outgoingmail/add/").status_code == 403
    for door in (f"email/{pk}/change", f"email/{pk}/preview", f"email/{pk}/resend", "log", "emailtemplate"):
        assert client.get(f"/admin/post_office/{door}/").status_code == 404

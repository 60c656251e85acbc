"""Open redirect: an address of ours that leads to somebody else's site. And whose name we believe ours is."""

from urllib.parse import quote, urlsplit

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponseRedirect

from accounts.tests.factories import PASSWORD, make_user
from core.tests.queue import nothing_waits, work

from . import rights
from .database import undone
from .routes import SENT, every_pattern, every_route

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

ELSEWHERE = [
    *("https://ailleurs.example/", "//ailleurs.example/", "///ailleurs.example", "/\\ailleurs.example"),
    *("\\\\ailleurs.example", "https:ailleurs.example", "http:///ailleurs.example", "javascript:alert(1)"),
    *("https://testserver@ailleurs.example/", "https://testserver.ailleurs.example/", " //ailleurs.example"),
    *("/\t/ailleurs.example", "\u2028//ailleurs.example", "https://ailleurs.example\\@testserver/"),
]
NAMES = ["next", "vers", "url", "return_url", "redirect", "redirect_to", "continue", "_popup", "montant"]


def leads_away(response):
    location = response.get("Location", "")
    # As browsers read it: they take « \ » for « / » and leave out tabs and line breaks.
    read = location.replace("\\", "/").translate(dict.fromkeys(map(ord, "\t\r\n"))).strip()
    parts = urlsplit(read)
    return parts.netloc not in {"", "testserver"} or read.startswith("//") or parts.scheme == "javascript"


def astray(world, persona, routes, wanted):
    client = world.client(persona)
    found = []
    for route in routes:
        address = world.address(route)
        query = "&".join(f"{name}={quote(wanted)}" for name in NAMES)
        address += ("&" if "?" in address else "?") + query
        with undone():
            got = client.get(address, headers={"Referer": wanted.strip().partition("\u2028")[0]})
        with undone():
            sent = client.post(address, dict.fromkeys(NAMES, wanted) | SENT.get(route, {}))
        client = client if persona == rights.ANONYMOUS else world.client(persona)
        if leads_away(got) or leads_away(sent):
            found.append(route)
    return found


@pytest.mark.parametrize("persona", [rights.ANONYMOUS, rights.GUARDIAN])
def test_no_address_leads_away(world, persona):
    ours = [route for route in every_route() if not route.startswith("admin/")]

    assert astray(world, persona, ours, ELSEWHERE[0]) == []


@pytest.mark.parametrize("wanted", ELSEWHERE)
def test_however_it_is_written_where_somewhere_is_asked_for(world, wanted):
    doors = ["accueil/", "session/prolonger/", "deconnexion/", "admin/login/", "admin/second-facteur/"]

    assert astray(world, rights.GUARDIAN, doors, wanted) == []
    assert astray(world, rights.HALF_AGENT, doors, wanted) == []


@pytest.mark.parametrize("wanted", ELSEWHERE)
@pytest.mark.parametrize("door", ["/accueil/", "/admin/login/"])
def test_who_comes_in_is_not_led_away(client, wanted, door):
    make_user("agent", is_staff=True)
    sent = {"username": "agent", "password": PASSWORD, "next": wanted}
    response = client.post(f"{door}?next={quote(wanted)}", sent)

    assert response.status_code == 302
    assert not leads_away(response)


@pytest.mark.parametrize("wanted", ["https://ailleurs.example/", "//ailleurs.example"])
def test_the_control_a_view_that_leads_anywhere_is_found(world, monkeypatch, wanted):
    pattern = next(pattern for route, pattern in every_pattern() if route == "aide/")
    leading = login_not_required(lambda request: HttpResponseRedirect(request.GET["next"]))
    monkeypatch.setattr(pattern, "callback", leading)

    assert astray(world, rights.ANONYMOUS, ["aide/"], wanted) == ["aide/"]


class TestHost:
    @pytest.mark.parametrize(
        "host", ["ailleurs.example", "testserver.ailleurs.example", "testserver:80@x", ""]
    )
    def test_a_name_that_is_not_ours_is_refused(self, client, host):
        assert client.get("/accueil/", headers={"Host": host}).status_code == 400

    @pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-URL"])
    def test_a_header_that_nobody_asked_for_is_not_believed(self, client, header):
        response = client.get("/beneficiaires/", headers={header: "ailleurs.example"})

        assert response["Location"] == "/accueil/?next=/beneficiaires/"
        assert "ailleurs" not in client.get("/accueil/", headers={header: "ailleurs.example"}).text

    def test_in_clear_one_is_led_to_our_name_whatever_was_claimed(self, client, settings):
        settings.SECURE_SSL_REDIRECT = True
        response = client.get("/accueil/?next=/aide/", headers={"Host": "ailleurs.example"})

        assert response["Location"] == "https://pass.example/accueil/?next=/aide/"

    def test_the_links_of_an_e_mail_are_ours(self, client, settings, mailoutbox):
        settings.ALLOWED_HOSTS = ["*"]
        make_user("camille")
        nothing_waits()
        client.post(
            "/accueil/identifiants-oublies/", {"contact": "camille"}, headers={"Host": "ailleurs.example"}
        )
        work()
        [message] = mailoutbox

        assert "https://pass.example/accueil/nouveau-mot-de-passe/" in message.body
        assert "ailleurs" not in str(message.message())

"""Every address × every persona × every method, against the table of who may (rights.py)."""

from copy import deepcopy
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpResponse

from . import rights
from .database import unasked, undone, writes
from .rights import ANONYMOUS, HALF_AGENT, RIGHTS
from .routes import SENT, SENT_AS, body_of, every_pattern, every_route
from .world import FIRST_NAME, World

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

METHODS = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]
# To look changes nothing, but for these: that it was printed is kept; a telephone is prepared to be known.
NOTED = {
    # How many leave is counted.
    "accueil/<openid:key>/",
    f"{rights.TICKETS}impression/",
    "admin/second-facteur/",
    "mon-compte/second-facteur/",
    # Names leave the administration: the journal says so.
    "admin/backoffice/import/<path:object_id>/desinscrits/",
    "admin/backoffice/import/<path:object_id>/refuses/",
    "admin/payments/returnfile/<path:object_id>/refuses/",
}
DOORS = ("/accueil/?next=", "/admin/login/?next=", "/admin/second-facteur/?next=")
# A page that is answered is drawn again for HEAD, which Django gives to the same view: not for everybody.
TRIED_TWICE = {ANONYMOUS, rights.GUARDIAN, rights.PARTNER_MANAGER, rights.ADMINISTRATOR}
# Whatever they ask for, and whatever comes of it, her name is not in it.
OUTSIDERS = rights.EVERYBODY - rights.HER_FAMILY - rights.ORGANISME - rights.AGENTS


def test_the_table_knows_every_address_and_no_other():
    assert set(every_route()) == set(RIGHTS)


def expected(persona: str, route: str, method: str) -> str:
    right = RIGHTS[route]
    if method not in rights.FORM:
        return "not allowed"
    inside = rights.AGENTS if right.administration else rights.EVERYBODY
    to_come_in = {ANONYMOUS, HALF_AGENT}
    if persona not in inside or persona in to_come_in - right.who:
        return "asked to come in"
    if method not in right.methods:
        return "not allowed"
    who = rights.may_change(route) if method == "POST" and route.endswith("/change/") else right.who
    return "answered" if persona in who else "refused"


def outcome(response: Any, route: str) -> str:
    status = response.status_code
    if route == "admin/logout/" and response.get("Location") == "/admin/":
        return "asked to come in"
    if status in {401, 403, 404}:
        return "refused"
    if status == 405:
        return "not allowed"
    # To the next page is an answer of the first one.
    if route != "admin/login/" and status in {301, 302} and response["Location"].startswith(DOORS):
        return "asked to come in"
    return "answered" if status < 400 else f"status {status}"


def judge(world: World, persona: str, routes: list[str], methods: list[str] = METHODS) -> list[str]:
    """What is not as the table says."""
    client, wrong = world.client(persona), []
    cookies = deepcopy(client.cookies)
    for route in routes:
        said = ""
        for method in methods:
            if method == "HEAD" and said == "answered" and persona not in TRIED_TWICE:
                continue
            # The others are refused whoever sends them, before anybody asks the database who that is.
            apart = undone if method in rights.FORM else unasked
            with apart(), writes() as written:
                response = client.generic(method, world.address(route), **_body(route, method))
                said = outcome(response, route)
                # Read before it is taken back.
                text = body_of(response)
            if response.cookies:
                client.cookies = deepcopy(cookies)
            where = f"{persona}: {method} {route}"
            if said != (wanted := expected(persona, route, method)):
                wrong.append(f"{where} is {said}, not {wanted}")
            if written and (said != "answered" or (method in rights.READ and route not in NOTED)):
                wrong.append(f"{where} writes {written}")
            if persona in OUTSIDERS and FIRST_NAME.encode() in text:
                wrong.append(f"{where} names her")
    return wrong


def _body(route: str, method: str) -> dict[str, Any]:
    if method != "POST":
        return {}
    form = "&".join(f"{name}={value}" for name, value in SENT.get(route, {}).items())
    kind, content = SENT_AS.get(route, ("application/x-www-form-urlencoded", form))
    return {"data": content, "content_type": kind}


@pytest.mark.parametrize("persona", sorted(rights.EVERYBODY))
def test_as_the_table_says(world, persona, monkeypatch):
    # Without colours of its own, the campaign has no stylesheet of its own.
    monkeypatch.setitem(settings.BRAND, "colors", ["#123456", "#abcdef"])

    assert "\n".join(judge(world, persona, every_route())) == ""


class TestControls:
    """The judge finds what is planted."""

    def pattern(self, wanted):
        return next(pattern for route, pattern in every_pattern() if route == wanted)

    def test_a_page_that_does_not_ask_whose_child_it_is(self, world, monkeypatch):
        monkeypatch.setattr(self.pattern(rights.HER), "callback", lambda *_, **__: HttpResponse(FIRST_NAME))

        assert judge(world, rights.STRANGER, [rights.HER], ["GET", "POST"]) == [
            f"stranger: GET {rights.HER} is answered, not refused",
            f"stranger: GET {rights.HER} names her",
            f"stranger: POST {rights.HER} is answered, not not allowed",
            f"stranger: POST {rights.HER} names her",
        ]

    def test_a_look_that_writes(self, world, monkeypatch):
        def writing(request):
            world.people[rights.STRANGER].save()
            return HttpResponse("")

        monkeypatch.setattr(self.pattern("mon-compte/"), "callback", writing)

        assert judge(world, rights.STRANGER, ["mon-compte/"], ["GET"]) == [
            "stranger: GET mon-compte/ writes ['accounts_user']"
        ]

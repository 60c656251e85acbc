"""No header by who asks."""

import pytest

from accounts.tests.factories import make_user
from core.tests.queue import nothing_waits, work

from . import rights
from .database import undone
from .routes import every_route

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]


class TestInjection:
    BROKEN = [
        "x\r\nSet-Cookie: a=b",
        "x\nX-Evil: 1",
        "x%0d%0aX-Evil: 1",
        "x\u2028X-Evil: 1",
        "\u560d\u560aX-Evil: 1",
    ]

    @pytest.mark.parametrize("text", BROKEN)
    def test_no_answer_carries_a_header_of_who_asks(self, world, text):
        client = world.client(rights.GUARDIAN)
        names = ["next", "vers", "q", "page", "nom", "montant", "avant", "ticket", "format", "activites"]
        for route in every_route():
            if route.startswith("admin/"):
                continue
            with undone():
                response = client.get(
                    world.address(route).partition("?")[0],
                    dict.fromkeys(names, text),
                    headers={"X-Request-ID": text, "Origin": text.strip()},
                )
            assert response.status_code < 500, route
            said = "\n".join(f"{name}: {value}" for name, value in response.items())
            assert "\nX-Evil" not in said
            assert "a" not in response.cookies
            assert not any("\n" in value or "\r" in value for value in response.headers.values())

    @pytest.mark.parametrize("text", BROKEN)
    def test_no_e_mail_does_either(self, client, text, mailoutbox):
        make_user("camille", email="camille@famille.example", first_name=text)
        nothing_waits()
        client.post("/accueil/identifiants-oublies/", {"contact": "camille"})
        client.post("/accueil/identifiants-oublies/", {"contact": f"camille@famille.example{text}"})
        work()
        [message] = mailoutbox

        assert not {"X-Evil", "Set-Cookie", "Bcc"} & set(message.message().keys())

"""Every text that a person or a spreadsheet can enter, shown on every page as what it is: words."""

from urllib.parse import quote

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.utils import DatabaseError
from django.http import HttpResponse

from accounts.models import Beneficiary

from . import rights
from .database import undone
from .routes import every_pattern, every_route

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]

# Short, for there are short fields; out of an attribute, then an element that no page of ours has.
ATTACK = """'"><x-a>"""
SHORT = "<x-a>"
LEADS = "javascript:x()"
APPS = ["accounts", "wallets", "partners", "tickets", "content", "passplus"]
# Nobody types them: keys and digests, and what the way to a page is made of.
MADE_BY_US = {
    *("password", "session_salt", "key", "code", "public_id", "subject_key", "username"),
    *("uai", "insee_code", "slug", "fingerprint", "to", "from_email", "cc", "bcc", "headers"),
}


def texts(model):
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and not field.is_relation
        if is_text and not field.choices and not field.primary_key and field.name not in MADE_BY_US:
            yield field


def attacked():
    """Write it everywhere, past every form, and say into which fields it went."""
    written = []
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            for field in texts(model):
                room = field.max_length or 1000
                text = (
                    LEADS if isinstance(field, models.URLField) else ATTACK if room >= len(ATTACK) else SHORT
                )
                try:
                    with transaction.atomic():
                        model._base_manager.update(**{field.name: text})
                except (DatabaseError, ValidationError, TypeError) as refused:
                    # A constraint, or a ledger that is only added to.
                    written.append(f"{model._meta.label}.{field.name} refuses: {type(refused).__name__}")
                    continue
                written.append(f"{model._meta.label}.{field.name}")
    return written


def broken(response):
    """Whether the words are elements now, or an address."""
    if not response.get("Content-Type", "").startswith("text/html"):
        return False
    page = response.content.decode()
    return "<x-a" in page or "'\">" in page or 'href="javascript:' in page.lower()


def broken_pages(world, persona, routes, query=""):
    client, found = world.client(persona), []
    for route in routes:
        address = world.address(route)
        address += (("&" if "?" in address else "?") + query) if query else ""
        with undone():
            response = client.get(address)
            if response.status_code >= 500 or broken(response):
                found.append((route, response.status_code))
    return found


@pytest.mark.parametrize("persona", [rights.GUARDIAN, rights.CHILD, rights.ADMINISTRATOR])
def test_what_is_stored(world, persona):
    with undone():
        written = attacked()
        routes = [
            route for route in every_route() if persona == rights.ADMINISTRATOR or route[:6] != "admin/"
        ]

        assert {"accounts.Beneficiary.first_name", "partners.Partner.website", "content.Article.body"} <= set(
            written
        )
        assert broken_pages(world, persona, routes) == []


REFLECTED = "&".join(
    f"{name}={quote(ATTACK)}"
    for name in (
        *("q", "nom", "next", "page", "montant", "avant", "vers", "commune", "activites", "organisme"),
        *("ticket", "ticket_type", "par", "campagne", "activite", "autour", "annules", "o", "p", "e"),
    )
)


@pytest.mark.parametrize("persona", [rights.ANONYMOUS, rights.GUARDIAN, rights.ADMINISTRATOR])
def test_what_is_asked_comes_back_as_words(world, persona):
    routes = [route for route in every_route() if persona == rights.ADMINISTRATOR or route[:6] != "admin/"]

    assert broken_pages(world, persona, routes, REFLECTED) == []


def test_what_is_sent_comes_back_as_words(world):
    names = [
        *(
            "username",
            "contact",
            "code",
            "name",
            "activity",
            "commune",
            "address",
            "phone",
            "city",
            "postcode",
        ),
        *("email", "amount", "choice", "offer", "preferred", "latitude", "longitude", "next"),
    ]
    client = world.client(rights.GUARDIAN)
    for route in every_route():
        if "POST" in rights.RIGHTS[route].methods and not route.startswith("admin/"):
            with undone():
                response = client.post(world.address(route), dict.fromkeys(names, ATTACK), follow=True)
                client = world.client(rights.GUARDIAN)
            assert not broken(response), route


def test_the_control_a_page_that_shows_it_as_it_is_is_found(world, monkeypatch):
    pattern = next(pattern for route, pattern in every_pattern() if route == rights.HER)

    def planted(request, public_id):
        return HttpResponse(Beneficiary.objects.get(public_id=public_id).first_name)

    monkeypatch.setattr(pattern, "callback", planted)
    with undone():
        attacked()

        assert broken_pages(world, rights.GUARDIAN, [rights.HER]) == [(rights.HER, 200)]

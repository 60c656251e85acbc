"""What came along with a copied text opens no door less, and stops no feed: cases 5, 7, 8 and 39."""

import io

import openpyxl
import pytest
from django.urls import reverse

from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from content.models import Article
from content.tests.factories import make_article
from core.spreadsheets import as_csv, as_xlsx
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db

COPIED = [
    "voisin.test\N{ZERO WIDTH SPACE}",
    "\N{ZERO WIDTH NO-BREAK SPACE}voisin.test",
    "\N{FIRST STRONG ISOLATE}voisin.test\N{POP DIRECTIONAL ISOLATE}",
]


@pytest.mark.parametrize("typed", [*COPIED, "voİsİn.test", "voısın.test"])
def test_one_comes_in(client, typed):
    """cases 5 and 7."""
    make_user("voisin.test")
    response = client.post("/accueil/", {"username": typed, "password": PASSWORD})

    assert response.status_code == 302


@pytest.mark.parametrize("typed", ["0692 12 34 56", "0690123456", "+262 692 12 34 56"])
def test_a_guardian_overseas_has_a_telephone(client, typed):
    """cases 8."""
    parent = make_user("parent")
    make_beneficiary(parent)
    client.force_login(parent)
    response = client.post("/mon-compte/coordonnees/", {"phone": typed})

    assert response.status_code == 302
    parent.refresh_from_db()
    assert parent.phone in {"0692 12 34 56", "0690 12 34 56"}


def test_an_agent_writes_no_control_character(client, enter):
    """cases 39: what is typed is an article, a name, a telephone."""
    enter(make_user("agent", is_staff=True, is_superuser=True))
    written = {
        "title": "Un\x02 titre",
        "slug": "un-titre",
        "summary": "Ré\x1fsumé",
        "body": "Première ligne\x0bdeuxième ligne",
        "publish_at_0": "01/09/2026",
        "publish_at_1": "08:00",
    }
    response = client.post("/admin/content/article/add/", written)

    assert response.status_code == 302, response.context["adminform"].form.errors
    article = Article.objects.get()
    assert (article.title, article.body) == ("Un titre", "Première ligne\ndeuxième ligne")


def test_what_was_stored_before_stops_no_feed(client):
    """cases 39: 500 for everybody until the article was edited."""
    make_article(title="Un\x02 titre", body="Première\x0b ligne\x0c")
    response = client.get("/actualites/flux/")

    assert response.status_code == 200
    assert "Un titre" in response.text
    assert "Première ligne" in response.text


def test_what_was_stored_before_stands_in_no_calendar(client):
    """cases 39."""
    parent = make_user("parent")
    wallet = make_wallet(beneficiary=make_beneficiary(parent, first_name="Ga\x0brance"))
    client.force_login(parent)
    response = client.get(reverse("tickets:calendar", args=[wallet.beneficiary.public_id]))

    assert b"\x0b" not in response.content
    assert b"Garance" in response.content


def test_what_was_stored_before_stands_in_no_document_and_no_spreadsheet(client):
    """cases 39."""
    columns = {"Nom": lambda row: row}
    book = openpyxl.load_workbook(io.BytesIO(b"".join(as_xlsx(columns, ["Ga\x0brance"]))))

    assert book.active["A2"].value == "Garance"
    assert "\x0b" not in "".join(as_csv(columns, ["Ga\x0brance"]))


def test_an_agent_finds_who_was_pasted(client, enter):
    """cases 5: in the search of a list."""
    enter(make_user("agent", is_staff=True, is_superuser=True))
    make_user("lina.martin", first_name="Lina", last_name="Martin")
    response = client.get("/admin/accounts/user/", {"q": "\N{ZERO WIDTH SPACE}lina.mar\N{SOFT HYPHEN}tin "})

    assert [user.username for user in response.context["cl"].result_list] == ["lina.martin"]


def test_an_agent_finds_a_ticket_by_its_pasted_code_or_number(client, enter):
    """cases 5."""
    enter(make_user("agent", is_staff=True, is_superuser=True))
    ticket = make_ticket()
    for typed in (ticket.shown_code.replace("-", "\N{HYPHEN}"), f"{ticket.pk}\N{ZERO WIDTH SPACE}"):
        response = client.get("/admin/tickets/ticket/", {"q": typed})
        assert [found.pk for found in response.context["cl"].result_list] == [ticket.pk]


def test_a_family_finds_what_was_pasted(client):
    response = client.get("/partenaires/", {"nom": "ju\N{SOFT HYPHEN}do\N{ZERO WIDTH SPACE}"})

    assert response.context["form"].cleaned_data["nom"] == "judo"

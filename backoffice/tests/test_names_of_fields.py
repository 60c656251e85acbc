"""A field that stands in a table, or beside another of the same label, is heard as what it is."""

import pytest
from django.urls import reverse

from content.tests.factories import make_article, make_topic
from partners.tests.factories import make_offer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("agent")]


def test_a_field_of_a_list_is_called_as_its_column_and_its_row(client):
    make_topic("Où sont mes tickets")

    page = client.get(reverse("admin:content_helptopic_changelist")).text

    assert page.count('aria-label="Ordre, Où sont mes tickets"') == 1


def test_so_is_one_of_a_row_below_a_page(client):
    offer = make_offer()

    page = client.get(reverse("admin:partners_partner_change", args=[offer.partner_id])).text

    for column in ("Activité", "Porte-monnaie", "Supprimer"):
        assert page.count(f'aria-label="{column}, {offer}"') == 1
    # Of the row that is still to be written, which a script copies.
    assert 'aria-label="Porte-monnaie"' in page


def test_a_moment_is_called_by_its_two_parts(client):
    article = make_article()

    page = client.get(reverse("admin:content_article_change", args=[article.pk])).text

    for part in ("date", "heure"):
        assert page.count(f'aria-label="Publier le\N{NO-BREAK SPACE}: {part}"') == 1

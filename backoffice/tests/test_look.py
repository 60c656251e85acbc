"""What the administration looks like: the colours of the brand, and what nothing brings back."""

import pytest
from django.urls import reverse

from content.tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_a_brand_has_its_colours_there_too(client, agent, settings):
    assert "/marque/" not in client.get(reverse("admin:index")).text

    settings.BRAND = settings.BRAND | {"colors": ["#004b8d", "#ffe000"]}

    assert 'href="/marque/?v=004b8d-ffe000"' in client.get(reverse("admin:index")).text


@pytest.mark.parametrize("many", [False, True])
def test_to_delete_says_that_nothing_brings_it_back(client, agent, many):
    article = make_article(title="Vieille nouvelle")
    page = reverse("admin:content_article_delete", args=[article.pk])
    back = reverse("admin:content_article_change", args=[article.pk])
    if many:
        back = reverse("admin:content_article_changelist")
        answer = client.post(back, {"action": "delete_selected", "_selected_action": [article.pk]})
    else:
        answer = client.get(page)

    for told in (
        "Vieille nouvelle",
        "Cela ne se défait pas.",
        'value="Supprimer" class="final"',
        f'href="{back}"',
    ):
        assert told in answer.text
    assert "sûr" not in answer.text

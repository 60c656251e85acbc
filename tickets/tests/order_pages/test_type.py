"""« Effectuer une transaction »: which type of ticket."""

import re

import pytest

from .pages import page, sentences

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("answer", "leads_to"), [("affecte", "organisme/"), ("papier", "papier/")])
def test_each_answer_leads_on(client, culture, answer, leads_to):
    response = client.get(page(culture), {"ticket_type": answer})

    assert response.headers["Location"] == page(culture, leads_to)


def test_the_first_answer_is_selected(client, culture):
    assert re.search(r'value="affecte"[^>]*checked', client.get(page(culture)).text)


def test_an_answer_we_did_not_propose(client, culture):
    assert sentences(client.get(page(culture), {"ticket_type": "autre"}), "ticket_type")

"""security.md F2 and F25: no family stops the site by what it downloads."""

import io
import json
import zipfile

import pytest
from django.urls import reverse

from accounts.tests.factories import make_user
from privacy.my_data import archive
from tickets.models import Printing
from tickets.tests.factories import make_tickets
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_it_does_not_grow_with_what_was_printed(child, parent, drawn, django_assert_max_num_queries):
    """security.md F2: 70 tickets, each printed 22 times, took 26 s of processor."""
    tickets = make_tickets(70, amount="1", wallet=make_wallet("80", beneficiary=child))
    with django_assert_max_num_queries(20) as before:
        archive.make(user_id=parent.pk)
    Printing.objects.bulk_create(
        Printing(ticket=ticket, actor=parent) for ticket in tickets for _ in range(22)
    )
    with django_assert_max_num_queries(len(before)):
        made = archive.make(user_id=parent.pk)

    seldom, often = (len(words.split()) for words in drawn)
    # Of each ticket: a number instead of another, a date instead of a dash.
    assert often - seldom <= 8 * len(tickets)
    told = json.loads(zipfile.ZipFile(io.BytesIO(made)).read("mes-donnees.json"))
    [wallet] = told["Bénéficiaires"][0]["Porte-monnaie"]
    assert {ticket["Impressions"] for ticket in wallet["Tickets"]} == {22}


def test_it_is_made_three_times_an_hour(client, child, drawn):
    """security.md F2: and whoever asks again is told when."""
    answers = [client.get(reverse("privacy:my_data")) for _ in range(4)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == "1200"
    assert "Trop de téléchargements de vos données de suite" in answers[-1].text
    assert "Attendez 20\N{NO-BREAK SPACE}minutes" in answers[-1].text
    assert len(drawn) == 3


def test_another_account_has_its_own(client, child, drawn):
    for _ in range(4):
        client.get(reverse("privacy:my_data"))
    client.force_login(make_user("autre"))

    assert client.get(reverse("privacy:my_data")).status_code == 200

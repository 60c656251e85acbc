"""What the page of an import shows."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from .importing import bring, make_import, work

pytestmark = pytest.mark.django_db


def test_names_are_shown_as_text(client, agent):
    content = "Nom;Commune;Activités Sport\n<script>alert(1)</script>;Antony;Judo".encode()
    page = bring(client, content).request["PATH_INFO"]
    work()

    assert "<script>alert" not in client.get(page).text


def test_it_says_when_nothing_moves(client, agent):
    old = timezone.now() - dt.timedelta(minutes=5)
    job = make_import(seen_at=old)

    assert (
        "Prévenez l’exploitation" in client.get(reverse("admin:backoffice_import_change", args=[job.pk])).text
    )

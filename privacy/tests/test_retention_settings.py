"""How long each thing is kept: a setting, which the families read."""

import datetime as dt

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse

from content.placeholders import period
from passplus.settings import kept_for

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("days", "said"),
    [(730, "2 ans"), (365, "1 an"), (90, "3 mois"), (30, "1 mois"), (45, "45 jours"), (1, "1 jour")],
)
def test_a_period_in_words(days, said):
    assert period(dt.timedelta(days=days)) == said.replace(" ", NBSP)


@pytest.mark.parametrize("number", ["0", "-1"])
def test_not_at_all_is_a_mistake(monkeypatch, number):
    monkeypatch.setenv("KEEP_FAMILIES", number)
    with pytest.raises(ImproperlyConfigured, match="KEEP_FAMILIES"):
        kept_for("KEEP_FAMILIES", 730)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "KEEP_FAMILIES",
        "KEEP_JOURNAL",
        "KEEP_SIGN_INS",
        "KEEP_SECURITY_LOG",
        "KEEP_EMAILS",
        "KEEP_IMPORTS",
        "KEEP_SUGGESTIONS",
    ],
)
def test_the_page_of_personal_data_says_it(client, settings, name):
    setattr(settings, name, dt.timedelta(days=47))

    assert f"47{NBSP}jours" in client.get(reverse("content:privacy")).text

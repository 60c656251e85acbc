"""What is counted of requests."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_a_page(client, counted):
    client.get("/accueil/")

    assert counted("passplus_requests_total", "GET", "accounts:login", "200") == 1
    assert counted("passplus_request_seconds_count", "accounts:login") == 1
    assert 0 < counted("passplus_request_seconds_sum", "accounts:login") < 10


@pytest.mark.django_db
def test_whatever_is_asked_for_there_are_few_labels(client, counted):
    for number in range(20):
        client.get(f"/nulle-part/{number}/")
        client.generic(f"VERB{number}", "/accueil/")
    client.get("/favicon.ico").close()

    assert counted("passplus_requests_total", "GET", "unknown", "404") == 20
    assert counted("passplus_requests_total", "other", "unknown", "405") == 20
    assert counted("passplus_requests_total", "GET", "static", "200") == 1


@pytest.mark.django_db
def test_a_page_that_breaks(counted, monkeypatch):
    monkeypatch.setattr("content.views.render", lambda *_: 1 / 0)
    Client(raise_request_exception=False).get("/aide/")

    assert counted("passplus_requests_total", "GET", "content:help", "500") == 1

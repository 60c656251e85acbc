"""« Que répondre ? »: the page that an agent on the telephone has open."""

import re

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.tests.factories import make_agent
from backoffice.acts.pages import ActsAdmin

pytestmark = pytest.mark.django_db


def test_each_act_that_it_names_is_one(client, agent):
    """admin.md 25, 33: the guide named acts that answered none of it, and was silent on others."""
    labels = {
        act.label
        for of_model in admin.site._registry.values()
        if isinstance(of_model, ActsAdmin)
        for act in of_model.acts
    }

    page = client.get(reverse("admin:calls")).text

    named = set(re.findall("<b>(.*?)</b>", page.partition('class="calls"')[2]))
    assert len(named) > 12
    assert named - labels == set()


def test_each_page_leads_to_it(client, agent):
    for page in ("admin:index", "admin:search", "admin:tickets_ticket_changelist"):
        assert f'href="{reverse("admin:calls")}"' in client.get(reverse(page)).text


def test_who_only_answers_calls_begins_with_the_search(client, enter):
    enter(make_agent("téléconseiller"))

    assert client.get(reverse("admin:index")).url == reverse("admin:search")


def test_who_runs_the_campaign_begins_with_what_waits(client, agent):
    assert "Ce qui attend quelqu’un" in client.get(reverse("admin:index")).text

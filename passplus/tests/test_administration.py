"""In the administration each field has a name, and each frame that moves is one that a keyboard moves."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from backoffice.base.rows import Rows
from demo import family
from demo.tests.full_house import AGENT, LISTS, furnish

from .html_faults import in_names

pytestmark = pytest.mark.django_db


def rows_pages(agent: User) -> Iterator[str]:
    """Of each model: its list, an empty form, and the newest row."""
    request = RequestFactory().get("/admin/")
    request.user = agent
    for model, its_admin in admin.site._registry.items():
        page = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{page}_changelist")
        if its_admin.has_add_permission(request):
            yield reverse(f"{page}_add")
        newest = model._default_manager.order_by("-pk").first()
        if newest:
            yield reverse(f"{page}_change", args=[newest.pk])


def unreached(document: Element) -> Iterator[str]:
    for frame in document.iter():
        if "scrolls" in frame.get("class", "").split():
            is_named = frame.get("aria-label") or frame.get("aria-labelledby")
            if not (is_named and frame.get("role") == "region" and frame.get("tabindex") == "0"):
                yield "a frame that no keyboard moves"


def faults_of(html: str) -> list[str]:
    document = html5lib.parse(html, namespaceHTMLElements=False)
    return [*in_names(document), *unreached(document)]


def test_every_page(enter):
    family.load()
    pages = furnish()

    faults: dict[str, list[str]] = {}
    for username in (AGENT, LISTS):
        agent = User.objects.get(username=username)
        client = enter(agent)
        for address in {*pages[username], *rows_pages(agent)} - faults.keys():
            answer = client.get(address, follow=True)
            assert answer.status_code == 200, address
            faults[address] = faults_of(answer.text)

    assert {address: found for address, found in faults.items() if found} == {}
    assert len(faults) > 100


def test_rows_below_the_fields_of_a_page_stand_in_such_a_frame():
    inlines = [inline for one in admin.site._registry.values() for inline in one.inlines]

    assert inlines
    assert [inline for inline in inlines if not issubclass(inline, Rows)] == []


@pytest.mark.parametrize(
    ("planted", "faults"),
    [
        ("<div class=scrolls></div>", ["a frame that no keyboard moves"]),
        ("<div class=scrolls role=region tabindex=0></div>", ["a frame that no keyboard moves"]),
        ("<div class='module scrolls' role=region tabindex=0 aria-label=A></div>", []),
        ("<input name=a>", ["a field without a name: a"]),
    ],
)
def test_control_planted_faults_are_found(planted, faults):
    assert faults_of(planted) == faults

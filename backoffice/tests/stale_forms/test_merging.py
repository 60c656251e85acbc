"""What another agent saved meanwhile stays."""

import datetime as dt

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import Beneficiary, User
from applications.models import Convention
from backoffice.base.model_admin import BaseAdmin
from backoffice.base.read_only import ReadOnly
from backoffice.tests.filled import filled
from content.models import HelpTopic
from content.tests.factories import make_topic
from core.merging import MergingForm
from partners.models import Partner
from wallets.tests.factories import make_campaign

from .cases import CASES, ONE_FIELD, now, save

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", CASES, ids=lambda model: model._meta.label)
def test_what_another_agent_saved_meanwhile_stays(opened, model):
    make, theirs, mine = CASES[model]
    row = make()
    send = opened(row)
    save(row, **theirs)

    assert send(**mine).status_code == 302
    assert now(row, *theirs) == list(theirs.values())
    assert now(row, *mine) == list(mine.values())


def test_no_class_is_forgotten():
    """A class that an agent may edit; its inlines add and remove, or compare what they change."""
    editable = {
        model
        for model, one in admin.site._registry.items()
        if type(one).has_change_permission is BaseAdmin.has_change_permission
        or model in {User, Beneficiary, Partner, Convention}
    }
    assert editable == {*CASES, *ONE_FIELD}
    inlines = [inline for one in admin.site._registry.values() for inline in one.inlines]
    edited = [inline for inline in inlines if not issubclass(inline, ReadOnly)]
    assert edited
    assert all(issubclass(inline.form, MergingForm) for inline in edited)


def test_dates_that_another_agent_moved_are_judged_as_they_are(opened):
    """The page showed dates in order; with those of now, they would not be."""
    campaign = make_campaign()
    send = opened(campaign)
    later = campaign.last_cancellation_on + dt.timedelta(days=30)
    save(campaign, last_cancellation_on=later, last_ticket_on=later)
    day = later - dt.timedelta(days=1)
    page = send(last_validation_on=f"{day:%d/%m/%Y}", confirmed="on", reason="Essai")

    assert page.status_code == 200
    assert now(campaign, "last_cancellation_on", "last_validation_on") == [later, campaign.last_validation_on]


def test_a_list_that_is_edited(agent):
    one, two = make_topic("Un\N{NO-BREAK SPACE}?"), make_topic("Deux\N{NO-BREAK SPACE}?")
    HelpTopic.objects.exclude(pk__in=[one.pk, two.pk]).delete()
    address = reverse("admin:content_helptopic_changelist")
    said = filled(agent.get(address).text, "changelist-form")
    row = next(name for name, value in said.items() if name.endswith("-id") and value == [str(one.pk)])
    save(two, position=9)
    agent.post(address, said | {row.replace("-id", "-position"): "4", "_save": "Enregistrer"})

    assert now(one, "position") + now(two, "position") == [4, 9]


def test_a_form_that_no_page_showed_is_compared_with_now(agent):
    topic = make_topic("Où\N{NO-BREAK SPACE}?")
    said = {"audience": topic.audience, "question": topic.question, "position": 3, "answer": "Ici."}
    agent.post(reverse("admin:content_helptopic_change", args=[topic.pk]), said)

    assert now(topic, "position", "answer") == [3, "Ici."]

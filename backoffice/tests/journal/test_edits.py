"""Every edit of an agent is a line of the journal."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from content.models import Article
from content.tests.factories import make_article, make_topic
from partners.models import Suggestion
from partners.tests.factories import make_commune, make_offer

from .edits import edit, page_of

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("agent")
def test_of_agents_and_their_roles(client):
    """admin.md 14: three agents were made, one an administrator, without a line."""
    newcomer = make_user("paul")
    act = reverse("admin:accounts_user_role-d-agent", args=[newcomer.pk])
    sent = {"reason": "Elle arrive", "role": "administrateur"}
    seen = re.search(r'name="seen" value="(\w+)"', client.post(act, sent).text)[1]
    client.post(act, sent | {"seen": seen})

    line = AuditEntry.objects.get()
    assert (line.action, line.details) == (Action.APPOINTED, "aucun → administrateur")
    assert [change[1:] for change in line.changes] == [["non", "oui"]]


@pytest.mark.usefixtures("agent")
def test_of_a_new_account(client):
    client.post("/admin/accounts/user/add/", {"username": "paul", "email": "paul@passplus.example"})

    line = AuditEntry.objects.get()
    assert (line.action, line.subject) == (Action.ADDED, "Compte paul")
    assert ["Adresse e-mail", "", "paul@passplus.example"] in line.changes


@pytest.mark.usefixtures("agent")
def test_of_a_child(client):
    """admin.md 14: a child's number and collège."""
    child = make_beneficiary(first_name="Inès", last_name="ROUX", pupil_number="0920000123")
    line = edit(client, child, pupil_number="0920000124", reason="Faute de frappe")

    assert line.changes == [["Numéro d’élève", "0920000123", "0920000124"]]
    assert line.concerns == "élève 0920000124"


@pytest.mark.usefixtures("agent")
def test_of_a_campaign_an_organisme_a_text_a_suggestion(client):
    """admin.md 14: the price of things and what everybody reads."""
    topic = make_topic("Avant ?")
    suggestion = Suggestion.objects.create(name="Club", commune=make_commune())

    assert edit(client, make_offer().partner, name="CLUB NOUVEAU").changes[0][2] == "CLUB NOUVEAU"
    assert edit(client, topic, question="Après ?").changes == [["Question", "Avant ?", "Après ?"]]
    assert edit(client, suggestion, handled="on").changes == [["Traitée", "non", "oui"]]


@pytest.mark.usefixtures("agent")
def test_of_many_at_once_and_of_what_is_deleted(client):
    """admin.md 14: actions of the lists."""
    suggestion = Suggestion.objects.create(name="Club", commune=make_commune())
    asked = {"action": "mark_as_handled", "_selected_action": [suggestion.pk]}
    client.post("/admin/partners/suggestion/", asked)
    article = make_article(title="Vieille nouvelle")
    client.post(f"/admin/content/article/{article.pk}/delete/", {"post": "yes"})

    assert not Article.objects.exists()
    lines = list(AuditEntry.objects.order_by("pk").values_list("action", "subject"))
    assert lines == [
        (Action.CHANGED, "Organisme proposé Club"),
        (Action.DELETED, "Actualité Vieille nouvelle"),
    ]
    # Enough to write it again.
    told = AuditEntry.objects.get(action=Action.DELETED).changes
    assert ["titre", "Vieille nouvelle", ""] in [[label.lower(), *rest] for label, *rest in told]


@pytest.mark.usefixtures("agent")
def test_an_edit_that_changes_nothing_is_no_line(client):
    article = make_article()
    client.post(page_of(article), {"title": article.title})

    assert not AuditEntry.objects.exists()


@pytest.mark.usefixtures("agent")
def test_django_s_own_log_is_not_written(client):
    """security.md F10: it is a table that can be edited."""
    edit(client, make_user("camille"), city="Sceaux")

    assert not LogEntry.objects.exists()


@pytest.mark.usefixtures("agent")
def test_of_an_act(client):
    """admin.md 14: a line said what was done, not what was before."""
    camille = make_user("camille")
    client.post(f"{page_of(camille).removesuffix('change/')}fermer/", {"reason": "Appel"})

    line = AuditEntry.objects.get()
    assert (line.action, line.concerns) == (Action.ACCOUNT_CLOSED, "camille")
    assert line.changes == [["actif", "oui", "non"]]

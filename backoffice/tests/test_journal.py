"""The journal answers « who did what »: every edit in the admin, before and after, and it is found again."""

import re
from decimal import Decimal

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import audit
from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_beneficiary, make_user
from backoffice import roles
from backoffice.base.model_admin import BaseAdmin
from content.models import Article
from content.tests.factories import make_article, make_topic
from partners.models import Suggestion
from partners.tests.factories import make_commune, make_offer
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db

JOURNAL = "/admin/accounts/auditentry/"


@pytest.fixture
def agent(enter):
    agent = make_user("agnes", first_name="Agnès", last_name="BERNARD", is_staff=True, is_superuser=True)
    enter(agent)
    return agent


def page_of(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def edit(client, row, **said):
    """Send the form of a row as its page has it, but for what is said."""
    page = client.get(page_of(row))
    form = page.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        sent |= {f"{inline.formset.prefix}-{name}": value for name, value in management.initial.items()}
        for one in inline.formset.forms:
            if one.instance.pk:
                sent |= {one.add_prefix(name): one[name].value() for name in one.fields}
    sent = {name: value for name, value in (sent | said).items() if value is not None and value is not False}
    response = client.post(page_of(row), sent)
    assert response.status_code == 302, response.context["errors"]
    return AuditEntry.objects.order_by("pk").last()


# --- Every edit -----------------------------------------------------------------------------------


def test_of_an_account(client, agent):
    """admin.md 14, security.md F10: an e-mail was changed without a line, a value, a reason."""
    camille = make_user("camille", city="Antony")
    line = edit(client, camille, email="autre@famille.example", city="Sceaux", reason="Courrier du 3 mars")

    assert (line.action, line.actor, line.reason) == (Action.CHANGED, agent, "Courrier du 3 mars")
    assert (line.subject, line.concerns) == ("Compte camille", "camille")
    assert line.changes == [
        ["Adresse e-mail", "camille@famille.example", "autre@famille.example"],
        ["Ville", "Antony", "Sceaux"],
    ]


@pytest.mark.parametrize(("field", "value"), [("email", "autre@famille.example"), ("username", "camille.2")])
@pytest.mark.usefixtures("agent")
def test_who_changes_the_way_into_an_account_says_why(client, field, value):
    """security.md F10: milder acts ask why."""
    camille = make_user("camille")
    response = client.post(page_of(camille), {"username": "camille", "email": camille.email} | {field: value})

    assert "Dites pourquoi" in response.text
    camille.refresh_from_db()
    assert camille.username == "camille"
    assert not AuditEntry.objects.exists()


@pytest.mark.usefixtures("agent")
def test_whoever_changes_the_rest_need_not(client):
    line = edit(client, make_user("camille"), phone="06 12 34 56 78")

    assert (line.action, line.reason) == (Action.CHANGED, "")


def test_who_only_looks_is_asked_nothing(client, enter):
    adviser = make_user("adviser", is_staff=True)
    adviser.groups.add(Group.objects.get(name="téléconseiller"))
    enter(adviser)
    page = client.get(page_of(make_user("camille")))

    assert page.status_code == 200
    assert "Obligatoire si vous changez" not in page.text


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


# --- What it is about -------------------------------------------------------------------------------


def test_a_line_says_whose_ticket_it_was(agent):
    """admin.md 15: ticket acts said only « Ticket n° »."""
    child = make_beneficiary(first_name="Inès", last_name="ROUX", pupil_number="0920000123")
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    audit.record(action=Action.TICKET_CANCELLED, subject=ticket, reason="Perdu", actor=agent)

    assert AuditEntry.objects.get().concerns == "Inès ROUX, élève 0920000123"


@pytest.mark.parametrize(
    "said",
    [
        "ROUX",
        "inès roux",
        "0920000123",
        "Agnès",
        "Bernard agnès",
        "parent.roux",
        "12,50",
        "Courrier du 3",
        "ticket n° {number}",
    ],
)
def test_it_is_found_by(client, agent, said):
    """admin.md 15: child, agent, identifiant, amount, motif, number of the ticket."""
    child = make_beneficiary(first_name="Inès", last_name="ROUX", pupil_number="0920000123")
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    audit.record(
        action=Action.TICKET_CANCELLED,
        subject=ticket,
        reason="Courrier du 3 mars",
        actor=agent,
        details="12,50 € à parent.roux",
    )
    audit.record(action=Action.CAMPAIGN_OPENED, subject=make_campaign(), reason="Rentrée", actor=None)
    found = client.get(JOURNAL, {"q": said.format(number=ticket.number)}).context["cl"].queryset

    assert [line.action for line in found] == [Action.TICKET_CANCELLED]


def test_it_is_found_by_what_was_before(client, agent):
    """admin.md 15: an address that is no longer anybody's."""
    edit(client, make_user("camille"), email="autre@famille.example", reason="Courrier")

    for address in ("camille@famille.example", "AUTRE@famille.example"):
        assert client.get(JOURNAL, {"q": address}).context["cl"].queryset.count() == 1


def test_it_is_narrowed_by_agent_action_and_date(client, agent):
    """admin.md 15: only by action."""
    other = make_user("paul", is_staff=True)
    make_user("famille")
    for actor in (agent, other, None):
        audit.record(action=Action.ACCOUNT_CLOSED, subject=make_user(), reason="Départ", actor=actor)

    def count(**asked):
        return client.get(JOURNAL, asked).context["cl"].queryset.count()

    assert (count(agent=other.pk), count(agent="commande"), count(agent="x")) == (1, 1, 3)
    assert count(action__exact=Action.ERASED) == 0
    assert count(at__year=AuditEntry.objects.first().at.year) == 3
    assert "famille" not in client.get(JOURNAL).text


@pytest.mark.usefixtures("agent")
def test_its_list_leads_to_the_page_and_shows_before_and_after(client):
    """admin.md 14, 15: linked to what it is about."""
    camille = make_user("camille", city="Antony")
    edit(client, camille, city="Sceaux")
    page = client.get(JOURNAL).text

    assert f'<a href="{page_of(camille)}">Compte camille</a>' in page
    assert "Ville\N{NO-BREAK SPACE}: Antony → Sceaux" in page


@pytest.mark.usefixtures("agent")
def test_its_list_costs_the_same_for_two_lines_and_for_fifty(client):
    def queries(lines):
        for _ in range(lines):
            audit.record(
                action=Action.ACCOUNT_CLOSED,
                subject=make_user(),
                reason="Départ",
                actor=make_user(is_staff=True),
            )
        with CaptureQueriesContext(connection) as asked:
            client.get(JOURNAL)
        return len(asked)

    queries(0)
    assert queries(2) == queries(48)


# --- « Historique » and the first page ----------------------------------------------------------------


def test_the_history_of_a_child_tells_of_its_tickets_and_guardians_too(client, agent):
    """admin.md 14: « Historique » told another story than the journal."""
    guardian = make_user("parent")
    child = make_beneficiary(guardian)
    ticket = make_ticket(wallet=make_wallet("50", beneficiary=child))
    audit.record(action=Action.TICKET_CANCELLED, subject=ticket, reason="Ticket perdu", actor=agent)
    audit.record(action=Action.ACCESS_RESET, subject=guardian, reason="Clés perdues", actor=agent)
    audit.record(action=Action.ACCESS_RESET, subject=make_user("autre"), reason="Rien à voir", actor=agent)
    page = client.get(f"/admin/accounts/beneficiary/{child.pk}/history/").text

    assert "Ticket perdu" in page
    assert "Clés perdues" in page
    assert "Agnès BERNARD" in page
    assert "Rien à voir" not in page


def test_who_may_not_read_the_journal_sees_there_what_but_not_why(client, enter):
    adviser = make_user("adviser", is_staff=True)
    adviser.groups.add(Group.objects.get(name=next(iter(roles.ROLES))))
    enter(adviser)
    child = make_beneficiary()
    audit.record(action=Action.GUARDIAN_REMOVED, subject=child, reason="Jugement", actor=adviser)
    page = client.get(f"/admin/accounts/beneficiary/{child.pk}/history/").text

    assert "responsable légal retiré" in page
    assert "Jugement" not in page


@pytest.mark.usefixtures("agent")
def test_of_what_is_not_there(client):
    assert client.get("/admin/accounts/beneficiary/999/history/").url == "/admin/"
    assert "n’en dit rien" in client.get(f"/admin/accounts/user/{make_user().pk}/history/").text


@pytest.mark.usefixtures("agent")
def test_the_first_page_reminds_an_agent_of_what_he_did(client):
    """admin.md 14: « Actions récentes » knew edits only."""
    edit(client, make_user("camille"), city="Sceaux")

    assert "Compte camille" in client.get("/admin/").text


# --- Out of the administration ----------------------------------------------------------------------


@pytest.mark.usefixtures("agent")
def test_it_is_exported(client):
    """admin.md 15: for an inspection."""
    assert client.get(JOURNAL).text.count("Exporter en CSV") == 1


# --- In French ------------------------------------------------------------------------------------

NBSP = "\N{NO-BREAK SPACE}"


def test_euros_of_an_edit_and_of_an_act(client, agent):
    """admin.md 14, its kind: « 60.00 → 72.50 »."""
    campaign = make_campaign()
    line = edit(client, campaign, supplement="12.5", confirmed="on", reason="Délibération")
    assert line.changes == [["Supplément boursier", f"10,00{NBSP}€", f"12,50{NBSP}€"]]

    wallet = make_wallet("1060", campaign=campaign)
    before = audit.values(wallet, ["balance"])
    assert before == {"solde": f"1{NBSP}060,00{NBSP}€"}


def test_where_an_organisme_stands_is_no_euros(agent):
    partner = make_offer().partner
    partner.latitude = Decimal("48.750000")
    assert audit.shown(partner, "latitude") == "48,750000"


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("model", ["wallets/wallet", "wallets/entry", "tickets/ticket"])
def test_amounts_in_lists_are_euros(client, model):
    make_ticket(wallet=make_wallet("1060"))
    page = client.get(f"/admin/{model}/")
    column = page.text.split('class="field-in_euros')[1]
    one = client.get(page_of(page.context["cl"].result_list[0])).text

    assert f"{NBSP}€</div>" in one
    assert column.partition("</td>")[0].endswith(f"{NBSP}€")


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("lines", "told"), [(0, "0 ligne du journal"), (1, "1 ligne du journal"), (16, "16 lignes du journal")]
)
def test_lines_are_counted(client, lines, told):
    """« 16 journal »."""
    for _ in range(lines):
        audit.record(action=Action.CHANGED, subject=None, reason="", actor=None)
    page = client.get(JOURNAL).text
    counted = page[page.index('<p class="paginator">') :].partition("</p>")[0]

    assert " ".join(counted.split()).endswith(told)


def test_every_list_counts_in_french():
    for model, one in admin.site._registry.items():
        assert isinstance(one, BaseAdmin)
        single, several = one.counted or (str(model._meta.verbose_name), str(model._meta.verbose_name_plural))
        first = several.split()[0]
        assert first.endswith(("s", "x")) or first == "porte-monnaie", several
        assert first.startswith(single.split()[0][:4]), several

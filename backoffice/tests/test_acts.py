"""What agents do to somebody's account, money or ticket: with a reason, by a service, and in the journal."""

import io
import uuid
from collections.abc import Callable
from decimal import Decimal
from html import unescape
from urllib.parse import urlencode

import pypdf
import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from accounts import links
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.tests.factories import PASSWORD, make_agent, make_beneficiary, make_telephone, make_user
from backoffice.roles import ROLES
from core.codes import show_code
from partners.tests.factories import make_commune, make_offer, make_partner
from tickets import services
from tickets.models import State
from tickets.tests.factories import make_ticket
from wallets.models import Kind, LateCancellation
from wallets.tests.factories import days, make_campaign, make_wallet

pytestmark = pytest.mark.django_db
WHY = "Appel de la famille"


@pytest.fixture
def administrator(enter):
    agent = make_agent("administrateur")
    enter(agent)
    return agent


@pytest.fixture
def act(client):
    """`act(row, "annuler", …)` sends the act's form, with a reason; again, where it is to be read again."""

    def send(row, name, **said):
        model = f"{row._meta.app_label}_{row._meta.model_name}"
        page = reverse(f"admin:{model}_{name}", args=[row.pk])
        response = client.post(page, {"reason": WHY} | said)
        if response.context and response.context.get("read_again"):
            return client.post(page, {"reason": WHY, "seen": response.context["seen"]} | said)
        return response

    return send


def journal():
    return [(entry.action, entry.reason, entry.actor) for entry in AuditEntry.objects.all()]


# --- Money ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("way", "balance"), [("credit", "72.50"), ("debit", "47.50")])
def test_a_wallet_is_corrected(act, agent, way, balance):
    wallet = make_wallet("60")

    act(wallet, "corriger", way=way, amount="12,50", key=uuid.uuid4())

    wallet.refresh_from_db()
    assert wallet.balance == Decimal(balance)
    assert journal() == [(Action.CORRECTION, WHY, agent)]
    line = AuditEntry.objects.get()
    assert "12,50" in line.details
    after = f"{balance.replace('.', ',')}\N{NO-BREAK SPACE}€"
    assert line.changes == [["solde", "60,00\N{NO-BREAK SPACE}€", after]]


def test_the_same_form_twice_corrects_once_and_says_so_once(act, agent):
    wallet, key = make_wallet("60"), uuid.uuid4()
    for _ in range(2):
        assert act(wallet, "corriger", way="credit", amount="5", key=key).status_code == 302

    wallet.refresh_from_db()
    assert wallet.balance == 65
    assert len(journal()) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"amount": "60,01"},
        {"amount": "0"},
        {"amount": "-5"},
        {"amount": "douze"},
        {"way": "autre"},
        {"key": "aucune"},
        {"reason": ""},
        {"reason": "x" * 301},
    ],
    ids=str,
)
def test_a_refused_correction_changes_nothing_and_leaves_no_trace(act, agent, said):
    wallet = make_wallet("60")
    response = act(wallet, "corriger", **({"way": "debit", "amount": "5", "key": uuid.uuid4()} | said))

    assert response.status_code == 200
    assert response.context["form"].errors
    wallet.refresh_from_db()
    assert wallet.balance == 60
    assert journal() == []


# --- Tickets ----------------------------------------------------------------------------------


def test_a_ticket_is_cancelled_and_its_credit_comes_back(act, agent):
    ticket = make_ticket("10", wallet=make_wallet("60"))

    act(ticket, "annuler")

    ticket.refresh_from_db()
    ticket.wallet.refresh_from_db()
    assert (ticket.state, ticket.cancelled_by, ticket.wallet.balance) == (State.CANCELLED, agent, 60)
    assert journal() == [(Action.TICKET_CANCELLED, WHY, agent)]


@pytest.mark.parametrize("late_cancellation", LateCancellation)
@pytest.mark.parametrize(("said", "state"), [({}, State.UNUSED), ({"accept_loss": "on"}, State.CANCELLED)])
def test_after_the_last_day_a_credit_is_lost_on_purpose_only(act, agent, said, state, late_cancellation):
    """admin.md 8: a ticket stolen in July is stopped, whatever families may do themselves."""
    campaign = make_campaign(late_cancellation=late_cancellation)
    ticket = make_ticket("20", wallet=make_wallet(campaign=campaign))
    campaign.last_ticket_on = campaign.last_cancellation_on = days(-1)
    campaign.save()

    act(ticket, "annuler", **said)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.credit_lost) == (state, state == State.CANCELLED)
    assert [line.details for line in AuditEntry.objects.all()] == [
        "20,00\N{NO-BREAK SPACE}€ perdus"
    ] * ticket.credit_lost


def test_a_paper_ticket_is_used_where_there_is_an_offer(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    offer = make_offer(kind=Kind.CULTURE)

    act(ticket, "utiliser", offer=offer.pk)

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer, ticket.used_by) == (State.USED, offer, agent)
    assert AuditEntry.objects.get().details == str(offer)


def test_the_organisme_is_chosen_by_its_name_its_commune_and_its_activity(
    client, agent, django_assert_max_num_queries
):
    sceaux, antony = make_commune("92071", "Sceaux"), make_commune("92002", "Antony")
    make_offer("Judo", partner=make_partner("JUDO CLUB", commune=sceaux))
    for name in ("ARTS MARTIAUX", "JUDO CLUB", "MJC"):
        make_offer("Judo", partner=make_partner(name, commune=antony), kind=Kind.SPORT)
    asked = {"app_label": "tickets", "model_name": "ticket", "field_name": "offer", "term": "judo antony"}
    with django_assert_max_num_queries(10):
        found = client.get(reverse("admin:autocomplete"), asked).json()["results"]

    assert [offer["text"] for offer in found] == [
        f"{name}, Antony – Judo (Sport)" for name in ("ARTS MARTIAUX", "JUDO CLUB", "MJC")
    ]


def test_the_list_has_only_what_the_wallet_of_the_ticket_pays_for(client, agent):
    """admin.md 31: « Marquer utilisé » offered Culture for a Sport ticket, and refused it afterwards."""
    sport = make_offer("Judo", kind=Kind.SPORT)
    make_offer("Judo", kind=Kind.CULTURE)
    ticket = make_ticket(wallet=make_wallet(kind=Kind.SPORT))
    page = client.get(reverse("admin:tickets_ticket_utiliser", args=[ticket.pk]))
    address = page.context["form"].fields["offer"].widget.get_url()
    assert address in unescape(page.text)
    asked = {"app_label": "tickets", "model_name": "ticket", "field_name": "offer", "term": "judo"}

    found = client.get(f"{address}&{urlencode(asked)}").json()["results"]

    assert [offer["id"] for offer in found] == [str(sport.pk)]


def test_and_nowhere_else(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    response = act(ticket, "utiliser", offer=make_offer(kind=Kind.SPORT).pk)

    assert "n’accepte pas les tickets Culture" in response.text
    assert journal() == []


def test_an_assigned_ticket_needs_no_organisme(act, agent):
    offer = make_offer(kind=Kind.CULTURE)
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE), offer=offer)

    act(ticket, "utiliser")

    ticket.refresh_from_db()
    assert ticket.state == State.USED


def test_a_use_is_undone(act, agent):
    ticket = make_ticket(wallet=make_wallet(kind=Kind.CULTURE))
    services.use(ticket_id=ticket.pk, actor=agent, offer_id=make_offer(kind=Kind.CULTURE).pk)

    act(ticket, "annuler-l-utilisation")

    ticket.refresh_from_db()
    assert (ticket.state, ticket.offer) == (State.UNUSED, None)
    assert journal() == [(Action.USE_UNDONE, WHY, agent)]


# --- Accounts ---------------------------------------------------------------------------------


def test_access_is_sent_to_the_address_of_the_account(act, agent):
    family = make_user("famille", email="chez-nous@famille.example")

    act(family, "rendre-l-acces")

    assert journal() == [(Action.ACCESS_RESET, WHY, agent)]
    family.refresh_from_db()
    assert family.check_password(PASSWORD)
    assert [message.to for message in mail.outbox] == [["chez-nous@famille.example"]]


def test_without_an_address_it_says_so(act, agent):
    assert "n’a pas d’adresse e-mail" in act(make_user(email=""), "rendre-l-acces").text
    assert journal() == []


def test_access_by_letter_is_a_letter_to_print(act, agent):
    family = make_user("famille", email="")

    response = act(family, "acces-par-courrier")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="lettre-famille.pdf"'
    assert "no-store" in response.headers["Cache-Control"]
    family.refresh_from_db()
    code = links.access_code(family, Channel.HAND)
    assert show_code(code) in pypdf.PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert family.check_password(PASSWORD)
    assert journal() == [(Action.LETTER_MADE, WHY, agent)]
    assert code not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    "fields", [{"is_staff": True, "email": ""}, {"is_active": False, "email": ""}, {}], ids=str
)
def test_no_letter_for_an_agent_a_closed_account_nor_one_with_an_address(act, administrator, fields):
    account = make_user(**fields)

    assert act(account, "acces-par-courrier").status_code == 302
    account.refresh_from_db()
    assert account.access_code_at is None
    assert journal() == []


def test_a_letter_needs_a_reason(act, agent):
    account = make_user(email="")

    assert act(account, "acces-par-courrier", reason="").context["form"].errors
    account.refresh_from_db()
    assert account.access_code_at is None


def test_a_closed_account_is_out_at_the_next_click_and_may_be_reopened(client, act, agent, django_user_model):
    family = make_user("famille")
    browser = client.__class__()
    browser.force_login(family)
    assert browser.get("/mon-compte/").status_code == 200

    act(family, "fermer")
    assert browser.get("/mon-compte/").status_code == 302
    assert not browser.login(username="famille", password=PASSWORD)

    act(family, "rouvrir")
    assert not browser.login(username="famille", password=PASSWORD), "whoever knew it may be why"
    assert [action for action, *_ in journal()] == [Action.ACCOUNT_REOPENED, Action.ACCOUNT_CLOSED]


def test_an_agent_does_not_close_its_own_account(act, administrator):
    assert "son propre compte" in act(administrator, "fermer").text


def test_a_guardian_comes_and_goes_at_once(client, act, agent):
    child, other = make_beneficiary(make_user()), make_user("autre.parent")
    browser = client.__class__()
    browser.force_login(other)
    page = reverse("tickets:home", args=[child.public_id])
    assert browser.get(page).status_code == 404

    assert "coming" in act(child, "ajouter-un-responsable", said=" Autre.Parent ").context["form"].errors
    assert browser.get(page).status_code == 404, "looked at, not confirmed"
    act(child, "ajouter-un-responsable", said=" Autre.Parent ", coming=other.pk)
    assert browser.get(page).status_code == 200

    act(child, "retirer-un-responsable", guardian=other.pk)
    assert browser.get(page).status_code == 302, "the session has ended"
    other.refresh_from_db()
    browser.force_login(other)
    assert browser.get(page).status_code == 404
    assert [action for action, *_ in journal()] == [Action.GUARDIAN_REMOVED, Action.GUARDIAN_ADDED]


def test_a_guardian_is_replaced_at_once_or_not_at_all(act, agent):
    leaving, coming = make_user("mere"), make_user("pere")
    child = make_beneficiary(leaving)
    act(child, "remplacer-un-responsable", guardian=leaving.pk, said="personne")
    assert list(child.guardians.all()) == [leaving]

    act(child, "remplacer-un-responsable", guardian=leaving.pk, said="pere", coming=coming.pk)

    assert list(child.guardians.all()) == [coming]
    assert [action for action, *_ in journal()] == [Action.GUARDIAN_REPLACED]
    assert "(mere) →" in AuditEntry.objects.get().details


@pytest.mark.parametrize("fields", [None, {"is_staff": True}, {"is_active": False}], ids=str)
def test_nobody_becomes_a_guardian_who_cannot_be(act, agent, fields):
    child = make_beneficiary()
    coming = make_user("personne", **fields).pk if fields is not None else 999_999

    assert act(child, "ajouter-un-responsable", said="personne", coming=coming).status_code == 200
    assert child.guardians.count() == 0


def test_a_child_guards_no_child(act, agent):
    login = make_user("garance")
    make_beneficiary(user=login)
    child = make_beneficiary()

    assert act(child, "ajouter-un-responsable", said="garance", coming=login.pk).status_code == 200
    assert child.guardians.count() == 0


def test_twice_the_same_guardian(act, agent):
    parent = make_user("parent")

    again = act(make_beneficiary(parent), "ajouter-un-responsable", said="parent", coming=parent.pk)
    assert "déjà responsable" in again.text


def test_the_guardian_of_another_child_cannot_be_taken_off_this_one(act, agent):
    stranger = make_user()
    make_beneficiary(stranger)

    response = act(make_beneficiary(make_user()), "retirer-un-responsable", guardian=stranger.pk)

    assert response.context["form"].errors["guardian"]


# --- Who may ----------------------------------------------------------------------------------

RIGHTS = {
    "corriger": "gestionnaire",
    "annuler": "téléconseiller",
    "utiliser": "gestionnaire",
    "rendre-l-acces": "téléconseiller",
    "acces-par-courrier": "gestionnaire",
    "compte-vole": "gestionnaire",
    "fermer": "gestionnaire",
    "ajouter-un-responsable": "gestionnaire",
    "remplacer-un-responsable": "gestionnaire",
    "second-facteur": "administrateur",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", RIGHTS)
def test_each_act_is_for_those_who_may(client, enter, role, name):
    make: dict[str, Callable[[], Model]] = {
        "corriger": make_wallet,
        "annuler": make_ticket,
        "utiliser": make_ticket,
        "ajouter-un-responsable": make_beneficiary,
        "remplacer-un-responsable": lambda: make_beneficiary(make_user()),
        "acces-par-courrier": lambda: make_user(email=""),
    }
    row = make.get(name, make_user)()
    if name == "second-facteur":
        row = make_user(is_staff=True)
        make_telephone(row)
    enter(make_agent(role))
    model = f"{row._meta.app_label}_{row._meta.model_name}"
    may = list(ROLES).index(role) >= list(ROLES).index(RIGHTS[name])
    address = reverse(f"admin:{model}_{name}", args=[row.pk])

    assert client.get(address).status_code == (200 if may else 403)
    assert (address in client.get(reverse(f"admin:{model}_change", args=[row.pk])).text) == may


def test_a_role_alone_opens_nothing_to_a_family(client):
    family = make_user()
    family.groups.add(Group.objects.get(name="administrateur"))
    client.force_login(family)

    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_an_act_on_what_is_not_there(act, agent):
    ticket = make_ticket()
    ticket.pk = 999_999

    assert act(ticket, "annuler").status_code == 404


@pytest.mark.parametrize(
    ("role", "fields", "may"),
    [
        ("gestionnaire", {}, True),
        ("gestionnaire", {"is_staff": True}, False),
        ("administrateur", {"is_staff": True}, True),
        ("administrateur", {"is_staff": True, "is_superuser": True}, False),
    ],
)
def test_an_agents_account_is_changed_by_who_appoints_agents(client, enter, act, role, fields, may):
    """Its address is a way in; who is out of it is not let in again by just anybody."""
    account, closed = make_user(**fields), make_user(**fields, is_active=False)
    enter(make_agent(role))
    page = client.get(reverse("admin:accounts_user_change", args=[account.pk])).text

    assert ('name="email"' in page) == may
    done = 302 if may else 403
    assert (act(account, "fermer").status_code, act(closed, "rouvrir").status_code) == (done, done)


def test_nor_is_the_second_factor_of_a_superuser(act, administrator):
    assert act(make_user(is_staff=True, is_superuser=True), "second-facteur").status_code == 403


@pytest.mark.parametrize(
    ("address", "told"), [("autre@famille.example", "à a…@famille.example"), ("", "ne viennent plus ici")]
)
def test_an_address_that_an_agent_types_is_not_confirmed_and_the_old_one_is_told(
    client, agent, address, told
):
    account = make_user("camille", email_confirmed_at=timezone.now())
    values = {"username": "camille", "email": address, "reason": "Courrier"}
    client.post(reverse("admin:accounts_user_change", args=[account.pk]), values)

    account.refresh_from_db()
    assert (account.email, account.email_confirmed_at) == (address, None)
    [message] = [message for message in mail.outbox if message.to == ["camille@famille.example"]]
    assert told in message.body


def test_what_else_an_agent_corrects_leaves_the_address_confirmed(client, agent):
    account = make_user("camille", email_confirmed_at=timezone.now())
    values = {"username": "camille", "email": account.email, "city": "Sceaux"}
    client.post(reverse("admin:accounts_user_change", args=[account.pk]), values)

    account.refresh_from_db()
    assert (account.city, account.email_confirmed_at is None, mail.outbox) == ("Sceaux", False, [])


def test_nobody_raises_itself(client, enter):
    agent = make_agent()
    enter(agent)
    values = {"username": agent.username, "is_superuser": "on", "is_staff": "on", "groups": []}

    assert client.post(reverse("admin:accounts_user_change", args=[agent.pk]), values).status_code == 403


def test_an_administrator_makes_no_superuser(client, administrator):
    account = make_user("nouvel.agent")
    values = {"username": account.username, "email": account.email, "is_superuser": "on", "is_staff": "on"}
    client.post(reverse("admin:accounts_user_change", args=[account.pk]), values)

    account.refresh_from_db()
    assert (account.is_staff, account.is_superuser) == (False, False)


def test_a_new_agent_gets_a_link_and_no_password(client, administrator):
    values = {"username": "nouvelle", "email": "nouvelle@departement.example"}
    client.post(reverse("admin:accounts_user_add"), values)
    account = type(administrator).objects.get(username="nouvelle")

    assert not account.has_usable_password()
    [message] = mail.outbox
    assert message.to == ["nouvelle@departement.example"]
    assert "/accueil/premiere-connexion/nouvelle/" in message.body


def test_a_new_account_without_an_address_waits_for_a_letter(client, administrator):
    client.post(reverse("admin:accounts_user_add"), {"username": "nouvelle", "email": ""})

    assert type(administrator).objects.never_activated().get().access_code_at is None
    assert mail.outbox == []


# --- The journal ------------------------------------------------------------------------------


@pytest.mark.parametrize("change", ["change", "delete"])
def test_nothing_in_the_journal_can_be_changed_from_the_admin(client, act, administrator, change):
    act(make_wallet("60"), "corriger", way="credit", amount="5", key=uuid.uuid4())
    entry = AuditEntry.objects.get()
    address = reverse(f"admin:accounts_auditentry_{change}", args=[entry.pk])

    assert client.post(address, {"reason": "Autre", "post": "yes"}).status_code == 403
    assert AuditEntry.objects.get().reason == WHY


def test_the_journal_is_searched(client, act, administrator):
    act(make_wallet("60"), "corriger", way="credit", amount="5", key=uuid.uuid4())

    assert WHY in client.get(reverse("admin:accounts_auditentry_changelist"), {"q": "famille"}).text

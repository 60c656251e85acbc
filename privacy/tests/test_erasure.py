"""« Effacer »: what an agent does for a family that asks, and what it does not let happen."""

from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection, connections
from django.urls import reverse
from django.utils import timezone

from accounts import guardianship
from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, Guardianship, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.roles import ROLES
from partners.tests.factories import make_offer
from privacy import erasure
from tickets import services
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Entry, Kind, LateCancellation, Nature, Wallet
from wallets.tests.factories import make_campaign, make_wallet

from .leaving import end, kept_for_days, make_former

pytestmark = pytest.mark.django_db
WHY = "Courrier du 3 novembre"


@pytest.fixture
def agent(enter):
    agent = make_user("agent", is_staff=True)
    agent.groups.add(Group.objects.get(name="administrateur"))
    enter(agent)
    return agent


def address(row):
    return reverse(f"admin:accounts_{row._meta.model_name}_effacer", args=[row.pk])


@pytest.fixture
def erase(client, agent):
    """`erase(child, …)` sends the form of the page, as it is shown."""

    def send(row, **said):
        page = client.get(address(row))
        form = page.context["form"]
        shown = {name: field.initial for name, field in form.fields.items() if field.initial is not None}
        return client.post(address(row), shown | {"reason": WHY, "is_sure": "on"} | said)

    return send


def is_gone(row):
    row.refresh_from_db()
    return bool(row.anonymised_at)


# --- A child ----------------------------------------------------------------------------------


def test_a_child_its_login_and_its_parents_are_nobody_at_once(client, erase, agent):
    parent, login = make_user("parent"), make_user("enfant")
    child = make_beneficiary(parent, user=login)
    client.get(reverse("admin:accounts_beneficiary_change", args=[child.pk]))

    assert erase(child).status_code == 302
    assert all(is_gone(row) for row in (child, parent, login))
    assert not Guardianship.objects.exists()
    line = AuditEntry.objects.get()
    assert (line.action, line.actor, line.reason) == (Action.ERASED, agent, WHY)
    assert line.subject == "Bénéficiaire anonymisé"


def test_a_parent_of_another_child_stays(erase):
    parent, agent_too = make_user("parent"), make_user(is_staff=True)
    child, other = make_beneficiary(parent, agent_too), make_beneficiary(parent)
    erase(child)

    assert (is_gone(child), is_gone(other)) == (True, False)
    assert (is_gone(parent), is_gone(agent_too)) == (False, False)
    assert list(parent.children.all()) == [other]


def test_the_money_that_is_left_lapses_in_sight(client, erase, agent):
    child = make_beneficiary(make_user())
    campaign = make_campaign()
    for kind in Kind:
        make_wallet("20.50", beneficiary=child, campaign=campaign, kind=kind)
    assert "41,00" in client.get(address(child)).text

    erase(child)

    assert {wallet.balance for wallet in Wallet.objects.all()} == {0}
    lapsed = Entry.objects.filter(nature=Nature.LAPSE)
    assert [(entry.amount, entry.actor) for entry in lapsed] == [(Decimal("-20.50"), agent)] * 2
    assert AuditEntry.objects.get().details == "41,00\N{NO-BREAK SPACE}€ abandonnés"
    call_command("check_ledger")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"giving_up": "60"}, "a changé"),
        ({"giving_up": ""}, None),
        ({"is_sure": ""}, None),
        ({"reason": ""}, None),
        ({"reason": "Madame lenormand-zwyck l’a demandé"}, "nomme qui doit être effacé"),
        ({"reason": "Pour l’élève E777X"}, "nomme qui doit être effacé"),
    ],
    ids=str,
)
def test_it_is_not_done_by_mistake(erase, said, told):
    child = make_beneficiary(make_user(), last_name="LENORMAND-ZWYCK", pupil_number="E777X")
    make_wallet("50", beneficiary=child)

    response = erase(child, **said)

    assert response.status_code == 200
    assert (told or "") in response.text
    assert response.context["form"].errors
    assert not is_gone(child)
    assert Wallet.objects.get().balance == 50
    assert not AuditEntry.objects.exists()


def test_not_while_a_ticket_may_be_used(erase):
    wallet = make_wallet(beneficiary=make_beneficiary(make_user()))
    used, cancelled, waiting = (make_ticket("10", wallet=wallet) for _ in range(3))
    services.use(ticket_id=used.pk, actor=make_user(), offer_id=make_offer().pk)
    services.cancel(ticket_id=cancelled.pk, actor=make_user())

    response = erase(wallet.beneficiary)

    last_day = f"{wallet.campaign.last_validation_on:%d/%m/%Y}"
    assert f"n°\N{NO-BREAK SPACE}{waiting.pk}. Annulez-les" in response.text
    assert last_day in response.text
    wallet.refresh_from_db()
    assert (is_gone(wallet.beneficiary), wallet.balance) == (False, 40)
    services.cancel(ticket_id=waiting.pk, actor=make_user())
    assert erase(wallet.beneficiary).status_code == 302
    assert is_gone(wallet.beneficiary)


def test_a_ticket_whose_day_is_over_holds_nobody(erase):
    campaign = make_campaign(late_cancellation=LateCancellation.REFUSED)
    wallet = make_wallet("10", beneficiary=make_beneficiary(make_user()), campaign=campaign)
    make_ticket("10", wallet=wallet)
    end(campaign, days_ago=1)
    erase(wallet.beneficiary)

    assert is_gone(wallet.beneficiary)


def test_the_school_s_list_does_not_bring_it_back_until_nobody_remembers(erase, settings):
    child, _ = make_former(make_user(), days_ago=10, pupil_number="e12")
    erase(child)
    child.refresh_from_db()
    number = child.pupil_number
    assert number.startswith("EFFACE-")

    call_command("purge")
    child.refresh_from_db()
    assert child.pupil_number == number
    end(child.wallets.get().campaign, days_ago=kept_for_days() + 1)
    Beneficiary.objects.update(anonymised_at=timezone.now() - 2 * settings.KEEP_FAMILIES)
    call_command("purge")
    child.refresh_from_db()
    assert child.pupil_number.startswith("ANONYME-")


def test_what_a_parent_did_is_the_family_s_from_then_on(client, erase):
    """The ledger keeps the account's number: while the parent has another child, no list says the name."""
    parent = make_user("parent", first_name="Claire", last_name="ZWYCKMARKER")
    child, other = make_beneficiary(parent), make_beneficiary(parent)
    for each in (child, other):
        ticket = make_ticket("10", wallet=make_wallet("10", beneficiary=each), actor=parent)
        services.cancel(ticket_id=ticket.pk, actor=parent)
    erase(child)

    def pages(whose):
        wallet = whose.wallets.get()
        rows = [wallet, *wallet.entries.all(), *wallet.tickets.all()]
        names = [f"admin:{row._meta.app_label}_{row._meta.model_name}_change" for row in rows]
        return " ".join(
            client.get(reverse(name, args=[row.pk])).text for name, row in zip(names, rows, strict=True)
        )

    assert "ZWYCKMARKER" not in pages(child)
    assert "ZWYCKMARKER" in pages(other)
    names = {entry.author for entry in Entry.objects.filter(wallet__beneficiary=child, actor=parent)}
    assert names == {"la famille"}


# --- An account -------------------------------------------------------------------------------


def test_a_parent_whom_another_one_follows(erase):
    leaving, staying = make_user("parent"), make_user("autre")
    child = make_beneficiary(leaving, staying)

    assert erase(leaving).status_code == 302
    assert (is_gone(leaving), is_gone(child)) == (True, False)
    assert list(child.guardians.all()) == [staying]
    assert AuditEntry.objects.get().subject.startswith("anonyme-")


@pytest.mark.parametrize("other", [None, {"is_active": False}], ids=["alone", "a closed account"])
def test_not_the_only_one_who_acts_for_a_child(erase, other):
    parent = make_user("parent")
    make_beneficiary(parent, *([make_user(**other)] if other else []), first_name="Garance")
    response = erase(parent)

    assert "Personne d’autre n’agit pour Garance" in response.text
    assert not is_gone(parent)


def test_a_child_s_own_login_and_the_child_stays(erase):
    login = make_user("enfant")
    child = make_beneficiary(make_user(), user=login)
    erase(login)

    assert (is_gone(login), is_gone(child), child.user) == (True, False, None)


# --- Who may ----------------------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_user, make_beneficiary], ids=["account", "child"])
@pytest.mark.parametrize("role", ROLES)
def test_it_is_for_who_may(client, enter, role, make):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name=role))
    enter(agent)

    assert client.get(address(make())).status_code == (200 if role == "administrateur" else 403)


@pytest.mark.parametrize("fields", [{"is_staff": True}, {"is_staff": True, "is_superuser": True}], ids=str)
def test_an_agent_is_not_erased(client, agent, fields):
    colleague = make_user(**fields)

    assert client.post(address(colleague), {"reason": WHY, "is_sure": "on"}).status_code in {302, 403}
    assert not is_gone(colleague)


@pytest.mark.parametrize("act", ["rouvrir", "effacer", "acces-par-courrier"])
def test_nothing_is_done_any_more_to_an_account_that_is_nobody(client, agent, erase, act):
    user = make_user()
    erase(user)

    assert (
        client.post(reverse(f"admin:accounts_user_{act}", args=[user.pk]), {"reason": WHY}).status_code == 403
    )
    assert 'name="email"' not in client.get(reverse("admin:accounts_user_change", args=[user.pk])).text


def test_nor_to_a_child(client, agent, erase):
    child = make_beneficiary(make_user())
    erase(child)
    page = reverse("admin:accounts_beneficiary_change", args=[child.pk])

    assert 'name="last_name"' not in client.get(page).text
    assert client.post(address(child), {"reason": WHY}).status_code == 403
    assert "anonymisé" not in client.get(reverse("admin:accounts_beneficiary_changelist")).text


def test_a_parent_reads_how_to_ask(client):
    parent = make_user()
    make_beneficiary(parent)
    client.force_login(parent)

    assert "demandez à faire effacer" in client.get(reverse("accounts:account")).text


# --- At the same instant ----------------------------------------------------------------------


def test_a_ticket_is_made_first_or_not_at_all(at_once):
    wallet = make_wallet("10", beneficiary=make_beneficiary(make_user()))
    actor = make_user(is_staff=True)
    outcomes = at_once(
        lambda: make_ticket("10", wallet=wallet, actor=actor),
        lambda: erasure.erase_child(beneficiary_id=wallet.beneficiary_id, giving_up=Decimal(10), actor=actor),
    )

    wallet.refresh_from_db()
    erased = is_gone(wallet.beneficiary)
    assert outcomes == (["InsufficientFunds", "done"] if erased else ["BalanceChanged", "done"])
    assert wallet.balance == 0
    assert not Wallet.objects.out_of_balance().exists()
    assert Ticket.objects.count() == (0 if erased else 1)


def test_with_a_parent_who_is_taken_away_nobody_waits_in_a_circle(at_once):
    parent = make_user()
    child = make_beneficiary(parent, make_user())
    actor = make_user(is_staff=True)
    outcomes = at_once(
        lambda: guardianship.remove(beneficiary_id=child.pk, user_id=parent.pk, may_be_last=True),
        lambda: erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=actor),
    )

    assert outcomes in (["done", "done"], ["NoSuchGuardian", "done"], ["InUse", "done"])


@pytest.mark.skipif(connection.vendor == "sqlite", reason="one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_an_account_that_somebody_holds_is_not_waited_for():
    parent = make_user()
    child = make_beneficiary(parent)
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM accounts_user WHERE id = %s FOR KEY SHARE", [parent.pk])
        with pytest.raises(erasure.InUse):
            erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=make_user())
    finally:
        beside.close()

    assert not is_gone(child)
    assert User.objects.filter(anonymised_at=None).exists()

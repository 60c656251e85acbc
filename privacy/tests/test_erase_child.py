"""« Effacer » a child: what an agent does for a family that asks, and what it does not let happen."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary, Guardianship
from accounts.tests.factories import make_beneficiary, make_user
from partners.tests.factories import make_offer
from tickets import services
from tickets.tests.factories import make_ticket
from wallets.models import Entry, Kind, LateCancellation, Nature, Wallet
from wallets.tests.factories import make_campaign, make_wallet

from .erasing import WHY, address, is_gone
from .leaving import end, kept_for_days, make_former

pytestmark = pytest.mark.django_db


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

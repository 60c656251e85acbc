"""Who leaves is chosen, the last one on purpose."""

import re

import pytest
from django.urls import reverse

from accounts import guardianship
from accounts.exceptions import LastGuardian
from accounts.tests.factories import make_beneficiary, make_user
from tickets import services as tickets
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db


def test_the_last_one_leaves_on_purpose_only(act, agent):
    """admin.md 18: a child without guardian, and no word of it."""
    father = make_user()
    child = make_beneficiary(father)
    act(child, "retirer-un-responsable", guardian=father.pk)
    assert child.guardians.count() == 1

    act(child, "retirer-un-responsable", guardian=father.pk, leaves_nobody="on")
    assert child.guardians.count() == 0


def test_two_agents_who_each_remove_one_leave_one():
    """admin.md 18: decided under the lock, not when the page was drawn."""
    child = make_beneficiary(mother := make_user(), father := make_user())
    guardianship.remove(beneficiary_id=child.pk, user_id=mother.pk)
    with pytest.raises(LastGuardian):
        guardianship.remove(beneficiary_id=child.pk, user_id=father.pk)

    assert list(child.guardians.all()) == [father]


def test_the_board_lists_the_children_without_guardian(client, agent):
    """admin.md 18: nothing on the board."""
    alone = make_beneficiary(last_name="SEULE")
    make_beneficiary(make_user(), last_name="SUIVI")
    page = client.get(reverse("admin:index")).text
    [address] = re.findall(r'href="([^"]*responsables=aucun)"', page)
    shown = client.get(address).context["cl"].result_list

    assert "enfant sans responsable légal" in page
    assert list(shown) == [alone]


def test_the_page_shows_the_tickets_that_who_leaves_may_hold(client, agent, ruling):
    """security.md F5: what he printed stays money, and the page said nothing of it."""
    child, mother, father, _, _ = ruling
    wallet = make_wallet("60", beneficiary=child)
    ordered, printed, used = (make_ticket(wallet=wallet, actor=actor) for actor in (father, mother, father))
    tickets.record_printing(ticket_ids=[printed.pk], actor=father)
    tickets.cancel(ticket_id=used.pk, actor=father)
    page = client.get(reverse("admin:accounts_beneficiary_retirer-un-responsable", args=[child.pk]))
    of_the_father = [address for words, address in page.context["about"].links if str(father) in words]

    assert of_the_father == [
        reverse("admin:tickets_ticket_annuler", args=[it.pk]) for it in (ordered, printed)
    ]
    assert "Si c’est pere qui part" in page.context["about"].outcome
    for address in of_the_father:
        assert client.get(address).status_code == 200

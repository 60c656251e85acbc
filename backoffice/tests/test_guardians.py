"""Who comes is looked at, then confirmed; who leaves keeps no way in, and the agent sees what they hold."""

import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import guardianship, services
from accounts.audit import AuditEntry
from accounts.models import Beneficiary, User
from accounts.tests.factories import PASSWORD, make_beneficiary, make_user
from core.exceptions import LastGuardian, NoSuchGuardian
from tickets import services as tickets
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
WHY = "Jugement du 3 mars"


@pytest.fixture
def agent(enter):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    enter(agent)
    return agent


@pytest.fixture
def act(client):
    def send(child, name, **said):
        address = reverse(f"admin:accounts_beneficiary_{name}", args=[child.pk])
        return client.post(address, {"reason": WHY} | said)

    return send


@pytest.fixture
def nicolas():
    user = make_user("parent.921000099", first_name="Nicolas", last_name="DA COSTA", city="Colombes")
    make_beneficiary(user, first_name="Tiago", last_name="DA COSTA")
    return user


def told():
    return [message.to[0] for message in mail.outbox]


# --- Who comes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said",
    [
        " Parent.921000099",
        "PARENT.921000099@famille.example",
        "da costa nicolas",
        "costa colombes",
        "dacosta nikola",
    ],
)
def test_nobody_is_added_who_was_not_looked_at(act, agent, nicolas, said):
    """admin.md 13: « C’est fait », and a stranger saw and spent a child's money."""
    child = make_beneficiary(make_user())

    page = act(child, "ajouter-un-responsable", said=said)

    for known in ("Nicolas DA COSTA", "Colombes", "parent de Tiago DA COSTA", nicolas.email, "jamais venu"):
        assert known in page.text
    assert child.guardians.count() == 1

    act(child, "ajouter-un-responsable", said=said, coming=nicolas.pk)
    assert nicolas in child.guardians.all()


def test_who_types_an_identifiant_sees_its_account_alone(act, agent, nicolas):
    """admin.md 13, its kind: somebody whose e-mail is written like that identifiant was shown beside it."""
    make_user("nicolas.2", first_name="Nicolas", last_name="DA COSTA", email="n.dacosta@famille.example")
    one = make_user("n.dacosta@famille.example", email="autre@famille.example")
    child = make_beneficiary(make_user())

    two = act(child, "ajouter-un-responsable", said="da costa nicolas").context["form"]
    assert len(two.found) == 2
    for said, meant in (("nicolas.2", "nicolas.2"), ("n.dacosta@famille.example", one.username)):
        page = act(child, "ajouter-un-responsable", said=said, coming=nicolas.pk)
        assert [user.username for user in page.context["form"].fields["coming"].queryset] == [meant]


def test_one_who_does_not_answer_to_what_was_said_is_not_added(act, agent, nicolas):
    """admin.md 13: an id that was forged, or left from another search."""
    child = make_beneficiary()
    act(child, "ajouter-un-responsable", said="quelqu’un", coming=nicolas.pk)
    make_user("autre")
    act(child, "ajouter-un-responsable", said="autre", coming=nicolas.pk)

    assert child.guardians.count() == 0


def test_the_journal_and_the_message_name_who_came(act, client, agent, nicolas):
    """admin.md 13: neither before nor after was his name shown."""
    child = make_beneficiary()
    act(child, "ajouter-un-responsable", said=nicolas.username, coming=nicolas.pk)

    page = client.get(reverse("admin:accounts_beneficiary_change", args=[child.pk])).text
    assert "responsable légal ajouté, Nicolas DA COSTA (parent.921000099)" in page
    assert "Nicolas DA COSTA" in AuditEntry.objects.get().details


def test_those_who_are_guardians_already_are_told(act, agent, nicolas):
    mother = make_user()
    child = make_beneficiary(mother)
    act(child, "ajouter-un-responsable", said=nicolas.username, coming=nicolas.pk)

    assert told() == [mother.email]


def test_of_many_the_first_ten_are_shown(act, agent):
    for _ in range(12):
        make_user(last_name="MARTIN")
    page = act(make_beneficiary(), "ajouter-un-responsable", said="martin")

    assert len(page.context["form"].fields["coming"].queryset) == 10
    assert "Ajoutez un mot" in page.text


# --- Who leaves -------------------------------------------------------------------------------


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


@pytest.fixture
def ruling():
    """The father made the child's login, chose its password, and still has a link."""
    mother, father = make_user("mere"), make_user("pere")
    child = make_beneficiary(mother, father, first_name="Inès")
    login, link = services.make_child_login(beneficiary_id=child.pk, actor=father)
    mail.outbox.clear()
    return Beneficiary.objects.get(pk=child.pk), mother, father, login, link


def use_password(login):
    login.set_password(PASSWORD)
    login.save()
    browser = Client()
    browser.force_login(login)
    return browser


def test_who_leaves_keeps_no_way_in_by_the_childs_login(act, agent, ruling):
    """security.md F5: the link, the password and the session of the login that he made outlived him."""
    child, mother, father, _, link = ruling
    assert Client().get(link, follow=True).context["validlink"]

    act(child, "retirer-un-responsable", guardian=father.pk)

    assert not Client().get(link, follow=True).context["validlink"]
    assert told() == [mother.email]
    assert "est fermé" in mail.outbox[0].body
    assert "accès propre de l’enfant fermé" in AuditEntry.objects.get().details


def test_nor_by_its_password_or_session(act, agent, ruling):
    """security.md F5."""
    child, _, father, login, _ = ruling
    browser = use_password(login)
    assert browser.get("/mon-compte/").status_code == 200

    act(child, "retirer-un-responsable", guardian=father.pk)

    assert browser.get("/mon-compte/").status_code == 302
    assert not Client().login(username=login.username, password=PASSWORD)


def test_nor_by_its_address(act, agent, ruling):
    """security.md F5: « identifiants oubliés » would send him another link."""
    child, mother, father, login, _ = ruling
    services.make_child_login(beneficiary_id=child.pk, actor=mother)
    User.objects.filter(pk=login.pk).update(email=father.email.upper())

    act(child, "remplacer-un-responsable", guardian=father.pk, said="mere2", coming=make_user("mere2").pk)

    login.refresh_from_db()
    assert login.email == ""
    assert not login.has_usable_password()


def test_the_login_that_who_stays_made_goes_on(act, agent, ruling):
    child, mother, father, login, _ = ruling
    services.make_child_login(beneficiary_id=child.pk, actor=mother)
    login.refresh_from_db()
    browser = use_password(login)

    act(child, "retirer-un-responsable", guardian=father.pk)

    assert browser.get("/mon-compte/").status_code == 200


@pytest.mark.parametrize(("code_at", "closed"), [(None, True), (timezone.now(), False)])
def test_of_a_login_made_before_it_was_kept_by_whom(code_at, closed):
    """security.md F5: those of before are closed, unless a letter or an e-mail invited the child."""
    login = make_user("ines", access_code_at=code_at)
    child = make_beneficiary(make_user(), father := make_user(), user=login)
    left = guardianship.remove(beneficiary_id=child.pk, user_id=father.pk)

    assert left.login_closed is closed


def test_who_is_removed_meanwhile_makes_no_login(ruling):
    """security.md F5: asked again under the lock."""
    child, _, father, _, _ = ruling
    guardianship.remove(beneficiary_id=child.pk, user_id=father.pk)

    with pytest.raises(NoSuchGuardian):
        services.make_child_login(beneficiary_id=child.pk, actor=father)


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

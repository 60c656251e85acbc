"""« Compte volé », and giving an access back: nobody stays in, and the owner hears of it everywhere."""

import datetime as dt
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import email_change, links, recovery, services
from accounts.audit import Action, AuditEntry
from accounts.links import Channel
from accounts.models import User
from accounts.recovery import Address
from accounts.tests.factories import PASSWORD, make_agent, make_beneficiary, make_user
from core.exceptions import NoFormerAddress, OwnAccount
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_wallet

pytestmark = pytest.mark.django_db
OLD, NEW = "mere@famille.example", "voleur@ailleurs.example"
SECRET = "trois tulipes mauves"
WHY = "Appel de la famille"


@pytest.fixture
def act(client):
    def send(row, name, **said):
        address = reverse(f"admin:accounts_user_{name}", args=[row.pk])
        return client.post(address, {"reason": WHY} | said)

    return send


@pytest.fixture
def stolen():
    """The thief has the password, is inside, has changed the address, and made the child's login."""
    days_ago = timezone.now() - dt.timedelta(days=2)
    user = make_user("mere", email=NEW, former_email=OLD, email_changed_at=days_ago, last_login=days_ago)
    child = make_beneficiary(user, first_name="Inès")
    services.make_child_login(beneficiary_id=child.pk, actor=user)
    child.refresh_from_db()
    child.user.set_password(PASSWORD)
    child.user.save()
    return User.objects.get(pk=user.pk)


def told():
    return sorted(message.to[0] for message in mail.outbox)


def ways_in(user):
    """Every link and code that may lie about."""
    user = User.objects.get(pk=user.pk)
    [user] = services.new_access_codes(user_ids=[user.pk])
    change = email_change.ask(user_id=user.pk, address="encore@ailleurs.example")
    changes = [email_change.confirm_path(change), email_change.refuse_path(change)]
    paths = [*changes, *(links.password_path(user, channel) for channel in Channel)]
    codes = [links.access_path(user, Channel.HAND), links.access_path(user, Channel.MAIL)]
    return [*paths, *codes]


def opens(path):
    page = Client().get(path, follow=True)
    return page.status_code == 200 and (page.context or {}).get("validlink", True)


def choose_password(path):
    browser = Client()
    form = browser.get(path, follow=True)
    browser.post(form.request["PATH_INFO"], {"new_password1": SECRET, "new_password2": SECRET})


def stop(act, user):
    act(user, "compte-vole", address=Address.KEPT)


def close(act, user):
    act(user, "fermer")


def close_and_reopen(act, user):
    act(user, "fermer")
    act(user, "rouvrir")


@pytest.mark.parametrize("what", [stop, close, close_and_reopen])
def test_nothing_that_opened_the_account_opens_it_any_more(act, agent, stolen, what):
    """admin.md 12, security.md F3: « Fermer », « Rouvrir » let the thief's password live again."""
    inside = Client()
    inside.force_login(stolen)
    paths = ways_in(stolen)
    assert all(map(opens, paths))

    what(act, stolen)

    assert inside.get("/mon-compte/").status_code == 302
    assert not Client().login(username="mere", password=PASSWORD)
    assert not any(map(opens, paths))


def test_an_account_closed_long_ago_with_its_password_does_not_live_again(act, agent):
    """admin.md 12: those that were closed before passwords died with it."""
    user = make_user("famille", is_active=False)
    act(user, "rouvrir")

    assert not Client().login(username="famille", password=PASSWORD)


def test_an_access_is_given_back_after_it_was_reopened(act, agent):
    """admin.md 12: to an account without a password too."""
    user = make_user("famille", last_login=timezone.now())
    close_and_reopen(act, user)
    act(user, "rendre-l-acces")

    [message] = mail.outbox
    [path] = re.findall(r"https?://[^/]+(/accueil/nouveau\S+)", str(message.body))
    choose_password(path)
    assert Client().login(username="famille", password=SECRET)


def test_what_the_thief_made_for_the_child_falls_too(act, agent, stolen):
    """security.md F5: the link to a child's password was seen by whoever made its login."""
    child = stolen.children.get()
    path = links.password_path(child.user, Channel.HAND)

    stop(act, stolen)

    assert not opens(path)
    assert not Client().login(username=child.user.username, password=PASSWORD)


def test_also_where_no_maker_was_kept(act, agent, stolen):
    """admin.md 12, security.md F5: logins that were made before their makers were kept."""
    child = stolen.children.get()
    type(child).objects.update(login_made_by=None)
    path = links.password_path(child.user, Channel.HAND)

    stop(act, stolen)

    assert not opens(path)
    assert not Client().login(username=child.user.username, password=PASSWORD)


@pytest.mark.parametrize(
    ("address", "after"), [(Address.KEPT, NEW), (Address.FORMER, OLD), (Address.NONE, "")]
)
def test_the_agent_says_which_address_it_has(act, agent, stolen, address, after):
    """admin.md 16: else « identifiants oubliés » goes to the thief's address."""
    act(stolen, "compte-vole", address=address)

    stolen.refresh_from_db()
    assert stolen.email == after
    assert told() == sorted([OLD, NEW]), "whoever may be the owner"
    [line] = AuditEntry.objects.filter(action=Action.ACCOUNT_STOLEN)
    assert address.label in line.details
    assert OLD in line.details
    assert NEW in line.details


def test_the_page_offers_no_address_that_is_not_known(client, agent):
    page = client.get(reverse("admin:accounts_user_compte-vole", args=[make_user(email="").pk]))

    assert [value for value, _ in page.context["form"].fields["address"].choices] == [Address.KEPT]
    with pytest.raises(NoFormerAddress):
        recovery.stop_theft(user_id=make_user().pk, address=Address.FORMER, actor=agent)


def test_an_agent_asks_another_one(agent):
    with pytest.raises(OwnAccount):
        recovery.stop_theft(user_id=agent.pk, address=Address.KEPT, actor=agent)


def test_such_an_account_is_not_taken_for_one_never_activated(act, agent, stolen):
    stop(act, stolen)

    assert stolen not in User.objects.never_activated()


def test_the_page_shows_the_tickets_that_were_made_by_it_lately(client, agent, stolen):
    """admin.md 8, 12: what the thief bought is stopped from there."""
    wallet = make_wallet("60", beneficiary=stolen.children.get())
    lately, long_ago, _by_another = (make_ticket(wallet=wallet, actor=it) for it in (stolen, stolen, agent))
    Ticket.objects.filter(pk=long_ago.pk).update(created_at=timezone.now() - dt.timedelta(days=8))
    about = client.get(reverse("admin:accounts_user_compte-vole", args=[stolen.pk])).context["about"]

    assert [address for _, address in about.links] == [
        reverse("admin:tickets_ticket_annuler", args=[lately.pk])
    ]


# --- The address, and since when --------------------------------------------------------------


def test_the_page_says_all_that_falls_and_what_comes_next(client, agent, stolen):
    """An agent confirmed without knowing what else would fall, nor how to undo it."""
    [child] = stolen.children.all()
    page = client.get(reverse("admin:accounts_user_compte-vole", args=[stolen.pk]))

    assert f"l’accès propre d’{child.user} ({child.user.username})" in page.context["about"].outcome
    for told in (
        "appareils sont déconnectés",
        "les liens reçus par e-mail",
        "rendez l’accès",
        "Par erreur",
    ):
        assert told in page.text


@pytest.mark.parametrize("name", ["rendre-l-acces", "compte-vole", "fermer"])
def test_the_page_shows_the_address_and_that_it_is_new(client, agent, stolen, name):
    """admin.md 16, 17: to which address it goes was not shown, nor that it changed two days ago."""
    about = client.get(reverse(f"admin:accounts_user_{name}", args=[stolen.pk])).context["about"]

    assert (
        f"{NEW}, depuis le {timezone.localtime(stolen.email_changed_at):%d/%m/%Y}"
        in dict(about.facts).values()
    )
    assert OLD in about.warnings[0]


def test_nothing_is_red_about_an_old_address(client, agent):
    user = make_user()
    about = client.get(reverse("admin:accounts_user_rendre-l-acces", args=[user.pk])).context["about"]

    assert about.warnings == []
    assert user.email in about.outcome


def test_an_access_to_a_new_address_is_told_to_the_one_before(act, agent, stolen):
    """admin.md 16: the journal showed « E-mail envoyé à gest.perso@x » alone."""
    act(stolen, "rendre-l-acces")

    assert told() == sorted([OLD, NEW])
    assert OLD in AuditEntry.objects.get(action=Action.ACCESS_RESET).details


@pytest.mark.parametrize(("address", "expected"), [(NEW, [OLD, NEW]), ("", [OLD])])
def test_both_addresses_are_told_of_a_change_by_an_agent(client, agent, address, expected):
    """admin.md 16: only the old one was told."""
    user = make_user("mere", email=OLD)
    page = reverse("admin:accounts_user_change", args=[user.pk])
    client.post(page, {"username": "mere", "email": address, "reason": WHY})

    assert told() == sorted(expected)
    assert all("Appelez-nous" in message.body for message in mail.outbox)


# --- Letters ----------------------------------------------------------------------------------


@pytest.fixture
def by_letter():
    """In use, without an address; another guardian has one."""
    user = make_user("mere", email="", last_login=timezone.now())
    make_beneficiary(user, make_user("pere", email="pere@famille.example"))
    return user


@pytest.mark.parametrize(("role", "status"), [("téléconseiller", 403), ("gestionnaire", 200)])
def test_a_letter_is_made_by_a_gestionnaire(enter, act, by_letter, role, status):
    """code.md 3.5, security.md F7: the code of any family opened on any téléconseiller's screen."""
    enter(make_agent(role))

    assert act(by_letter, "acces-par-courrier").status_code == status


def test_no_letter_for_who_has_an_address(act, agent):
    """code.md 3.5, admin.md 16: it goes by e-mail then, which the owner sees."""
    user = make_user()

    assert act(user, "acces-par-courrier").status_code == 302
    user.refresh_from_db()
    assert user.access_code_at is None


def test_those_around_are_told_of_a_letter(act, agent, by_letter):
    """code.md 3.5, security.md F7: nobody heard of it."""
    act(by_letter, "acces-par-courrier")

    assert told() == ["pere@famille.example"]


def test_the_guardians_are_told_of_a_childs_letter(act, agent):
    login = make_user("ines", email="", last_login=timezone.now())
    make_beneficiary(make_user(email=OLD), user=login)
    act(login, "acces-par-courrier")

    assert told() == [OLD]


def test_an_address_that_was_just_taken_away_is_told(act, agent):
    """admin.md 16: a gestionnaire removes the address, then makes a letter."""
    user = make_user(email="", former_email=OLD, email_changed_at=timezone.now(), last_login=timezone.now())
    act(user, "acces-par-courrier")

    assert told() == [OLD]


def test_nobody_is_told_of_a_first_letter(act, agent):
    user = make_user(email="", password=None)
    make_beneficiary(user, make_user())
    act(user, "acces-par-courrier")

    assert told() == []


def test_the_journal_says_that_the_code_was_used(act, agent, by_letter):
    """security.md F7: it had the act, not that the letter was used."""
    act(by_letter, "acces-par-courrier")
    by_letter.refresh_from_db()
    choose_password(links.access_path(by_letter, Channel.HAND))

    lines = AuditEntry.objects.about(by_letter).order_by("pk")
    assert [line.action for line in lines] == [Action.LETTER_MADE, Action.LETTER_USED]


def test_a_childs_link_is_no_letter(agent):
    child = make_beneficiary(make_user())
    _, path = services.make_child_login(beneficiary_id=child.pk, actor=child.guardians.get())
    choose_password(path)

    assert not AuditEntry.objects.exists()

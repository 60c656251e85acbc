"""The link of an invitation, from the e-mail to the counter."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from accounts.tests.factories import PASSWORD, make_agent, make_beneficiary, make_user
from partners import accepting, invitations
from partners.models import Invitation, Membership, Role
from partners.tests.factories import make_partner
from partners.tests.members import mails_to, make_invitation, make_member, token_of
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db
SECRET = "violoncelle tambour 9 hautbois"
TYPED = {"first_name": "Nadia", "last_name": "Roux", "new_password1": SECRET, "new_password2": SECRET}


@pytest.fixture
def partner():
    return make_partner("CHORALE D ANTONY")


@pytest.fixture
def invitation(partner):
    return make_invitation(partner)


@pytest.fixture
def path(invitation):
    return invitations.path(invitation)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_to_look_changes_nothing_and_says_who_invites_to_what(client, path):
    page = client.get(path)

    for said in ("CHORALE D ANTONY", "Guichet", "Ahmed Benali", "J’ai un compte", "Je n’ai pas de compte"):
        assert said in text_of(page)
    assert page["Referrer-Policy"] == "strict-origin"
    assert Invitation.objects.pending().exists()


def test_a_post_of_nobody_changes_nothing(client, path):
    client.post(path)

    assert Invitation.objects.pending().exists()


def test_a_parent_joins_with_the_account_it_has(client, partner, invitation, path):
    parent = make_user(first_name="Nadia", last_name="Roux")
    make_beneficiary(parent)
    client.force_login(parent)
    assert "connecté sous Nadia Roux" in text_of(client.get(path))
    page = client.post(path, follow=True)

    assert page.redirect_chain[-1][0] == reverse("tickets:counter", args=[partner.pk])
    [joined] = Membership.objects.filter(user=parent)
    assert (joined.partner, joined.role) == (partner, Role.COUNTER)
    invitation.refresh_from_db()
    assert invitation.accepted_by == parent
    [told] = mails_to(invitation.invited_by.email)
    assert "Nadia Roux a rejoint CHORALE D ANTONY" in told


def test_it_serves_once(client, invitation, path):
    accepting.accept(token=token_of(invitation), user=make_user())
    client.force_login(make_user())

    assert client.get(path).status_code == 404
    assert "ne sert plus" in text_of(client.post(path))
    assert Membership.objects.count() == 2


def test_from_the_login_back_to_it(client, path):
    user = make_user("nadia")
    login = re.search(r'href="([^"]+)">J’ai un compte', client.get(path).content.decode()).group(1)
    page = client.post(login, {"username": user.username, "password": PASSWORD}, follow=True)

    assert page.redirect_chain[-1][0] == path
    assert "Accepter l’invitation" in text_of(page)


def test_who_has_no_account_makes_one(client, partner, invitation, path):
    page = client.post(f"{path}nouveau-compte/", TYPED, follow=True)

    assert page.redirect_chain[-1][0] == reverse("tickets:counter", args=[partner.pk])
    user = User.objects.get(first_name="Nadia")
    assert (user.username, user.email) == ("nadia.roux", invitation.email)
    assert user.email_confirmed_at is not None
    assert user.check_password(SECRET)
    assert page.wsgi_request.user == user
    assert "nadia.roux" in text_of(page)
    assert user.is_member


@pytest.mark.parametrize(
    "wrong",
    [
        {"first_name": ""},
        {"last_name": "R0ux"},
        {"new_password2": "autre chose"},
        {"new_password1": "court", "new_password2": "court"},
        {"new_password1": "roux-nadia-2026", "new_password2": "roux-nadia-2026"},
    ],
)
def test_a_name_and_a_good_password_are_needed(client, path, wrong):
    client.post(f"{path}nouveau-compte/", TYPED | wrong, follow=True)

    assert not User.objects.filter(email="suite@club.example").exists()
    assert Invitation.objects.pending().exists()


def test_who_is_connected_makes_no_second_account(client, path):
    client.force_login(make_user())
    page = client.post(f"{path}nouveau-compte/", TYPED)

    assert (page.status_code, page["Location"]) == (302, path)
    assert Invitation.objects.pending().exists()


def test_no_account_is_left_by_a_link_that_is_dead(client, invitation, path):
    invitations.withdraw(invitation_id=invitation.pk, partner_id=invitation.partner_id)
    page = client.post(f"{path}nouveau-compte/", TYPED)

    assert page.status_code == 404
    assert not User.objects.filter(first_name="Nadia").exists()


@pytest.mark.parametrize("who", ["agent", "child"])
def test_neither_an_agent_nor_a_child_joins(client, path, who):
    user = make_agent() if who == "agent" else make_user()
    if who == "child":
        make_beneficiary(make_user(), user=user)
    client.force_login(user)
    assert "ni le compte d’un agent ni celui d’un enfant" in text_of(client.get(path))
    client.post(path)

    assert not Membership.objects.filter(user=user).exists()
    assert Invitation.objects.pending().exists()


def test_a_manager_who_accepts_the_counter_stays_a_manager(partner, invitation):
    manager = invitation.invited_by
    accepting.accept(token=token_of(invitation), user=manager)

    assert Membership.objects.get(user=manager).is_manager


def test_before_its_day_the_link_waits(client, partner):
    """PARTNER_HALF.md 2: the members of before have seven days to object."""
    before = make_member(partner)
    invitation = invitations.hand_over(partner_id=partner.pk, email="neuf@club.example", actor=make_agent())
    path, user = invitations.path(invitation), make_user()
    client.force_login(user)
    assert "Votre accès s’ouvre le" in text_of(client.get(path))
    assert client.post(path).status_code == 404
    assert not Membership.objects.filter(user=user).exists()
    [told] = mails_to(before.user.email)
    assert "nouveau responsable de CHORALE D ANTONY" in told
    Invitation.objects.update(opens_on=days(0))
    client.post(path)

    assert Membership.objects.get(user=user).is_manager


def test_the_day_of_a_takeover_is_in_seven_days_and_the_link_is_good_for_fourteen_more(partner):
    invitation = invitations.hand_over(partner_id=partner.pk, email="neuf@club.example", actor=make_agent())

    assert (invitation.opens_on, invitation.last_day) == (days(7), days(21))

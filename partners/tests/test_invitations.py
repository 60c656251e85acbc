"""Inviting somebody to act for an organisme."""

import datetime as dt

import pytest
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from accounts.exceptions import LinkOutOfUse
from accounts.tests.factories import make_agent, make_user
from core import throttle
from partners import accepting, invitations
from partners.exceptions import AlreadyAMember, NotInvited
from partners.models import Invitation, Role
from partners.models.invitation import VALID_FOR
from partners.tests.factories import make_partner
from partners.tests.members import link_in, mails_to, make_invitation, make_manager, make_member, token_of
from partners.throttle_policies import INVITATION

pytestmark = pytest.mark.django_db
ADDRESS = "suite@club.example"


@pytest.fixture
def partner():
    return make_partner("CHORALE D ANTONY")


@pytest.fixture
def manager(enter, partner):
    manager = make_manager(partner)
    enter(manager.user)
    return manager


def test_from_the_form_to_the_message(client, partner, manager):
    address = reverse("partners:invite", args=[partner.pk])
    page = client.post(address, {"email": ADDRESS, "role": Role.MANAGER}, follow=True)

    [invitation] = page.context["invitations"]
    assert (invitation.email, invitation.role, invitation.invited_by) == (
        ADDRESS,
        "responsable",
        manager.user,
    )
    [mail] = mails_to(ADDRESS)
    for said in ("CHORALE D ANTONY", "Ahmed Benali", "responsable"):
        assert said in mail
    assert link_in(mail) == invitations.path(invitation)


def test_the_counter_invites_nobody(client, partner):
    client.force_login(make_member(partner).user)

    assert client.get(reverse("partners:invite", args=[partner.pk])).status_code == 404


def test_an_agents_name_is_not_told(partner):
    agent = make_agent(first_name="Claude", last_name="Agent")
    invitations.invite(partner_id=partner.pk, email=ADDRESS, role=Role.MANAGER, actor=agent)
    [mail] = mails_to(ADDRESS)

    assert "invité par le département" in mail
    assert "Claude" not in mail


def test_a_member_is_not_invited_again_to_what_it_is(partner):
    manager = make_manager(partner)
    member = make_member(partner, user=make_user(email=ADDRESS))
    of_it = {"partner_id": partner.pk, "email": ADDRESS.upper(), "actor": manager.user}
    with pytest.raises(AlreadyAMember):
        invitations.invite(**of_it, role=Role.COUNTER)
    invitation = invitations.invite(**of_it, role=Role.MANAGER)
    accepting.accept(token=token_of(invitation), user=member.user)
    member.refresh_from_db()

    assert member.role == Role.MANAGER


def test_of_two_invitations_of_one_address_the_last_is_good(partner):
    first = make_invitation(partner)
    second = invitations.invite(
        partner_id=partner.pk, email=ADDRESS.title(), role=Role.MANAGER, actor=first.invited_by
    )

    assert [it.pk for it in Invitation.objects.pending()] == [second.pk]
    with pytest.raises(LinkOutOfUse):
        accepting.of_link(token_of(first))


def test_sent_again_with_another_link(client, partner, manager):
    invitation = make_invitation(partner)
    before = token_of(invitation)
    client.post(reverse("partners:send_again", args=[partner.pk, invitation.pk]))
    first, second = map(link_in, mails_to(ADDRESS))

    assert first != second
    assert accepting.of_link(second.split("/")[-2]).pk == invitation.pk
    with pytest.raises(LinkOutOfUse):
        accepting.of_link(before)


def test_withdrawn_after_it_was_asked(client, partner, manager):
    invitation = make_invitation(partner)
    address = reverse("partners:withdraw", args=[partner.pk, invitation.pk])
    assert ADDRESS in client.get(address).content.decode()
    assert accepting.of_link(token_of(invitation))
    client.post(address)

    with pytest.raises(LinkOutOfUse):
        accepting.of_link(token_of(invitation))
    with pytest.raises(NotInvited):
        invitations.send_again(invitation_id=invitation.pk, partner_id=partner.pk)


def test_another_organismes_invitation_is_not_there(client, partner, manager):
    stranger = make_invitation(make_partner())
    of_it = [partner.pk, stranger.pk]

    assert client.get(reverse("partners:withdraw", args=of_it)).status_code == 404
    client.post(reverse("partners:send_again", args=of_it))
    assert len(mails_to(ADDRESS)) == 1


def test_who_invites_the_whole_town_waits(client, partner, manager, rf):
    request = rf.get("/")
    for _ in range(INVITATION.account.free):
        throttle.count(INVITATION, request, account=manager.user.username)
    page = client.post(
        reverse("partners:invite", args=[partner.pk]), {"email": ADDRESS, "role": Role.COUNTER}
    )

    assert page.status_code == 429
    assert mails_to(ADDRESS) == []


def test_a_link_is_good_for_fourteen_days(partner):
    invitation = make_invitation(partner)
    Invitation.objects.update(sent_at=timezone.now() - VALID_FOR)
    assert accepting.of_link(token_of(invitation))
    Invitation.objects.update(sent_at=F("sent_at") - dt.timedelta(days=1))

    with pytest.raises(LinkOutOfUse):
        accepting.of_link(token_of(invitation))


@pytest.mark.parametrize("token", ["x", "x:y", ""])
def test_a_link_of_nobody(token):
    with pytest.raises(LinkOutOfUse):
        accepting.of_link(token)


def test_two_pending_of_one_address(refused_by, partner):
    made = make_invitation(partner)
    with refused_by("partners_invitation_one_is_pending"):
        Invitation.objects.create(
            partner=partner, email=ADDRESS.upper(), role=Role.COUNTER, invited_by=made.invited_by
        )


def test_one_key_twice(refused_by, partner):
    made = make_invitation(partner)
    with refused_by("partners_invitation_key_is_unique"):
        Invitation.objects.create(
            partner=partner, email="x@x.example", role=made.role, invited_by=made.invited_by, key=made.key
        )


@pytest.mark.parametrize(
    ("constraint", "columns"),
    [
        ("role_is_known", {"role": "tresorier"}),
        ("accepted_means_by_somebody", {"accepted_at": timezone.now()}),
        (
            "ends_once",
            {"withdrawn_at": timezone.now(), "accepted_at": timezone.now(), "accepted_by": F("invited_by")},
        ),
    ],
)
def test_an_invitation_that_cannot_be(refused_by, partner, constraint, columns):
    make_invitation(partner)
    with refused_by(f"partners_invitation_{constraint}"):
        Invitation.objects.update(**columns)

"""An agent invites who answers for an organisme, hands it over, closes an access."""

import pytest
from django.urls import reverse

from accounts.audit import Action
from accounts.tests.factories import make_agent
from partners.models import Invitation, Membership, Role
from partners.tests.factories import make_partner
from partners.tests.members import mails_to, make_invitation, make_manager, make_member
from wallets.tests.factories import days

from .journal import WHY, journal

pytestmark = pytest.mark.django_db
ADDRESS = "tresorier@club.example"


@pytest.fixture
def partner():
    return make_partner("CHORALE D ANTONY")


def page_of(partner):
    return reverse("admin:partners_partner_change", args=[partner.pk])


def test_the_first_manager_is_invited(act, agent, partner):
    act(partner, "inviter-un-responsable", email=ADDRESS)
    invitation = Invitation.objects.get()

    assert (invitation.email, invitation.role, invitation.opens_on) == (ADDRESS, Role.MANAGER, None)
    assert journal() == [(Action.MEMBER_INVITED, WHY, agent)]
    assert "invité par le département" in mails_to(ADDRESS)[0]


def test_an_orphan_is_handed_over_in_seven_days(act, agent, partner):
    """PARTNER_HALF.md 2: old members told, seven days to object."""
    before = make_member(partner)
    act(partner, "confier", email=ADDRESS)
    assert not Invitation.objects.exists()
    act(partner, "confier", email=ADDRESS, papers="procès-verbal d’assemblée")

    assert Invitation.objects.get().opens_on == days(7)
    assert journal() == [(Action.ENTRUSTED, WHY, agent)]
    assert len(mails_to(before.user.email)) == len(mails_to(ADDRESS)) == 1


def test_nobody_is_told_of_an_organisme_without_members(client, agent, partner):
    page = client.get(reverse("admin:partners_partner_confier", args=[partner.pk]), follow=True)

    assert "il n’a pas de membre" in page.text


def test_the_last_manager_is_closed_by_an_agent(act, agent, partner):
    manager = make_manager(partner)
    act(partner, "fermer-un-acces", access=f"membre {manager.pk}")
    manager.refresh_from_db()

    assert manager.closed_by == agent
    assert journal() == [(Action.MEMBERSHIP_CLOSED, WHY, agent)]
    assert "le département" in mails_to(manager.user.email)[0]


def test_a_takeover_is_stopped(act, agent, partner):
    make_member(partner)
    act(partner, "confier", email=ADDRESS, papers="récépissé de déclaration")
    act(partner, "fermer-un-acces", access=f"invitation {Invitation.objects.get().pk}")

    assert not Invitation.objects.pending().exists()


@pytest.mark.parametrize("kind", ["membre", "invitation"])
def test_another_organismes_access_is_not_closed(act, agent, partner, kind):
    make_member(partner)
    strangers = {"membre": make_manager(make_partner()), "invitation": make_invitation(make_partner())}
    act(partner, "fermer-un-acces", access=f"{kind} {strangers[kind].pk}")

    assert Membership.objects.open().count() == 3
    assert Invitation.objects.pending().count() == 1


def test_the_page_of_an_organisme_shows_who_acts_for_it(client, agent, partner):
    make_manager(partner)
    make_invitation(partner)
    page = client.get(page_of(partner)).text

    assert "Ahmed Benali" in page
    assert "suite@club.example, invité comme guichet" in page


@pytest.mark.parametrize("name", ["inviter-un-responsable", "confier", "fermer-un-acces"])
def test_an_adviser_does_none_of_it(client, enter, partner, name):
    enter(make_agent("téléconseiller"))
    make_member(partner)

    assert client.get(reverse(f"admin:partners_partner_{name}", args=[partner.pk])).status_code == 403

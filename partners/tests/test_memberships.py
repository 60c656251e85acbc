"""Who acts for an organisme."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from partners import absent_members, memberships, merged_members
from partners.exceptions import LastManager, NotAMember
from partners.models import Membership, Partner, Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member
from wallets.tests.factories import days

pytestmark = pytest.mark.django_db


def test_an_account_acts_for_its_own_organismes_alone():
    member = make_member(make_partner("LE SIEN"))
    make_partner("UN AUTRE")

    assert [str(it) for it in Partner.objects.accessible_to(member.user)] == ["LE SIEN"]


def test_not_once_its_membership_is_closed():
    partner = make_partner()
    make_member(partner, Role.MANAGER)
    member = make_member(partner)
    closed = memberships.close(membership_id=member.pk, partner_id=partner.pk, actor=make_user("chef"))

    assert not Partner.objects.accessible_to(member.user).exists()
    assert (closed.closed_by.username, Membership.objects.filter(pk=member.pk).exists()) == ("chef", True)


def test_an_agents_account_acts_for_none():
    agent = make_agent()
    make_member(make_partner(), user=agent)

    assert not Partner.objects.accessible_to(agent).exists()


def test_who_joins_twice_is_one_member_with_the_last_role():
    partner, user = make_partner(), make_user()
    make_member(partner, user=user)
    make_member(partner, Role.MANAGER, user=user)

    assert [it.role for it in partner.memberships.all()] == [Role.MANAGER]


def test_the_last_manager_stays():
    partner = make_partner()
    manager = make_member(partner, Role.MANAGER)
    make_member(partner)
    of_it: Any = {"membership_id": manager.pk, "partner_id": partner.pk}
    with pytest.raises(LastManager):
        memberships.close(**of_it, actor=manager.user)
    with pytest.raises(LastManager):
        memberships.change_role(**of_it, role=Role.COUNTER, actor=manager.user)


def test_a_treasurer_is_handed_over():
    partner = make_partner()
    old, new = make_member(partner, Role.MANAGER), make_member(partner, Role.MANAGER)
    memberships.close(membership_id=old.pk, partner_id=partner.pk, actor=old.user)

    assert [it.pk for it in partner.memberships.open()] == [new.pk]


def test_another_organismes_member_is_none_of_ours():
    stranger = make_member(make_partner())
    with pytest.raises(NotAMember):
        memberships.close(membership_id=stranger.pk, partner_id=make_partner().pk, actor=make_user())


def test_who_has_not_come_for_long_is_closed():
    partner = make_partner()
    make_member(partner)
    here = make_member(partner)
    Membership.objects.update(seen_on=days(-800), warned_on=days(-40))
    memberships.note_visit(here)

    assert absent_members.close_unseen(Membership.objects.unseen(days(0))) == 1
    assert [it.pk for it in partner.memberships.open()] == [here.pk]


def test_members_follow_an_organisme_that_is_merged_and_keep_the_larger_role():
    double, kept, both = make_partner(), make_partner(), make_user()
    make_member(double, Role.MANAGER, user=both)
    make_member(kept, user=both)
    other = make_member(double)
    merged_members.move(double.pk, kept.pk)

    found = Membership.objects.open().filter(partner=kept)
    assert {it.user_id: it.role for it in found} == {both.pk: Role.MANAGER, other.user_id: Role.COUNTER}
    assert not Membership.objects.open().filter(partner=double).exists()


def test_a_member_twice(refused_by):
    member = make_member(make_partner())
    with refused_by("partners_membership_once"):
        Membership.objects.create(user=member.user, partner=member.partner, role=Role.COUNTER)


def test_another_role(refused_by):
    member = make_member(make_partner())
    with refused_by("partners_membership_role_is_known"):
        Membership.objects.filter(pk=member.pk).update(role="tresorier")


def test_closed_by_somebody_at_no_time(refused_by):
    member = make_member(make_partner())
    with refused_by("partners_membership_closed_means_dated"):
        Membership.objects.filter(pk=member.pk).update(closed_by=member.user)


def test_a_visit_is_noted():
    member = make_member(make_partner())
    memberships.note_visit(member)
    member.refresh_from_db()

    assert member.seen_on == timezone.localdate()

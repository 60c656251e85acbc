"""Two people decide about the members of an organisme at the same instant."""

import pytest

from accounts.tests.factories import make_user
from partners import accepting, mail, memberships
from partners.models import Invitation, InvitationQuerySet, Membership, Partner
from partners.tests.factories import make_partner
from partners.tests.members import make_invitation, make_manager, token_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["the second one waits", "without the lock"])
def locked(request, monkeypatch, without_lock):
    """The control: with the lock taken away both read before either writes."""
    if not request.param:
        without_lock()
        monkeypatch.setattr(memberships, "lock", lambda pk: Partner.objects.get(pk=pk))
    return request.param


def test_one_invitation_lets_one_person_in(at_once, meeting_before, locked):
    invitation = make_invitation(make_partner())
    token = token_of(invitation)
    meeting_before(InvitationQuerySet, "update", sure=not locked)
    people = [make_user(), make_user()]

    outcomes = at_once(*(lambda user=user: accepting.accept(token=token, user=user) for user in people))
    if locked:
        assert outcomes == ["LinkOutOfUse", "done"]
        assert Membership.objects.filter(user__in=people).count() == 1
        assert Invitation.objects.get().accepted_by_id in {user.pk for user in people}
    else:
        assert outcomes != ["LinkOutOfUse", "done"]


def test_two_managers_who_close_each_other_leave_one(at_once, meeting_before, monkeypatch, locked):
    partner = make_partner()
    managers = [make_manager(partner), make_manager(partner)]
    meeting_before(Membership, "save", sure=not locked)
    monkeypatch.setattr(mail, "closed", lambda *_: None)
    closed = [
        lambda one=one, actor=other.user: memberships.close(
            membership_id=one.pk, partner_id=partner.pk, actor=actor
        )
        for one, other in (managers, managers[::-1])
    ]

    outcomes = at_once(*closed)
    if locked:
        assert outcomes == ["LastManager", "done"]
        assert Membership.objects.open().count() == 1
    else:
        assert outcomes != ["LastManager", "done"]

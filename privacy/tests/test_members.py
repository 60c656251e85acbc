"""Who acts for an organisme: its data, its erasure, and what the nightly purge does with it."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.acts import account_merges
from partners import accepting, invitations, mail, memberships
from partners.models import Invitation, Membership, Role
from partners.tests.factories import make_partner
from partners.tests.members import mails_to, make_invitation, make_manager, make_member
from payments.bank_accounts import reading
from payments.models import AccountState
from payments.tests.bank_accounts.accounts import NUMBER, call_back, make_asked
from privacy.my_data.held import held
from privacy.retention.families import accounts_due
from tickets.counter import tries
from tickets.models import FailedTry, Why
from tickets.tests.counter.counters import Counter
from tickets.tests.factories import make_ticket
from wallets.models import Kind
from wallets.tests.factories import days, make_wallet

pytestmark = pytest.mark.django_db


def test_my_data_tells_for_whom_one_acts_and_how_many_tickets_one_used():
    counter = Counter()
    for _ in range(2):
        counter.use(make_ticket(wallet=make_wallet(kind=Kind.CULTURE)))
    memberships.note_visit(counter.membership)
    [told] = held(counter.member)["Mon compte"]["Organismes"]

    assert told["Organisme"] == counter.partner.name
    assert (told["Rôle"], told["Tickets utilisés"]) == ("Guichet", 2)
    assert (told["Dernière visite"], told["Fermé le"]) == (timezone.localdate(), None)
    assert (told["Comptes bancaires demandés"], told["IBAN lus"]) == ([], [])


def test_my_data_tells_when_one_asked_for_a_bank_account_and_read_its_iban():
    account = make_asked()
    for reader in (account.asked_by, make_agent()):
        reading.whole(account_id=account.pk, where="x", actor=reader)
    [told] = held(account.asked_by)["Mon compte"]["Organismes"]

    assert told["Comptes bancaires demandés"] == [account.asked_at]
    assert told["IBAN lus"] == [account.readings.get(actor=account.asked_by).read_at]


def test_a_manager_who_is_erased_leaves_what_it_asked_for(erase):
    """Its organisme is still paid there; who was called is forgotten."""
    account = make_asked(holder="ASSOCIATION ZWYCK")
    user = account.asked_by
    User.objects.filter(pk=user.pk).update(first_name="Ermengarde", last_name="Zwyck")
    make_beneficiary(user, make_user())
    call_back(account, person="Mme Ermengarde Zwyck, trésorière")
    assert erase(user).status_code == 302
    account.refresh_from_db()

    assert (account.called_person, account.called_number) == ("effacé", NUMBER)
    assert (account.holder, account.state) == ("ASSOCIATION ZWYCK", AccountState.CALLED)
    assert account.asked_by.anonymised_at


def test_who_is_erased_acts_for_nobody_and_its_name_leaves_the_managers_mails(erase):
    partner = make_partner()
    manager = make_manager(partner)
    member = make_member(partner, user=make_user(first_name="Ermengarde", last_name="Zwyck"))
    make_beneficiary(member.user, make_user())
    mail.joined(member)
    assert erase(member.user).status_code == 302
    member.refresh_from_db()

    assert member.closed_at is not None
    assert (member.user.is_member, member.name) == (False, "un compte effacé")
    assert manager.user.is_active


def test_the_invitation_of_who_is_erased_is_gone(erase):
    invitation = make_invitation(make_partner())
    user = make_user(email="ailleurs@club.example")
    make_beneficiary(user, make_user())
    accepting.accept(token=invitations.path(invitation).split("/")[-2], user=user)
    erase(user)

    assert not Invitation.objects.exists()


def test_who_acts_for_an_organisme_is_not_purged_with_its_children():
    member = make_member(make_partner(), user=make_user(date_joined=timezone.now() - dt.timedelta(days=3000)))
    assert member.user not in accounts_due(timezone.now())
    memberships.close_of([member.user_id])

    assert member.user in accounts_due(timezone.now())


@pytest.mark.parametrize(("seen", "warned"), [(-699, False), (-701, True)])
def test_who_does_not_come_is_warned_a_month_before(purge, seen, warned):
    member = make_member(make_partner())
    Membership.objects.update(seen_on=days(seen))
    purge()
    purge()
    member.refresh_from_db()

    assert member.warned_on == (timezone.localdate() if warned else None)
    assert len(mails_to(member.user.email)) == warned
    assert member.closed_at is None


@pytest.mark.parametrize(("warned", "closed"), [(-29, False), (-30, True)])
def test_and_closed_after_it(purge, warned, closed):
    partner = make_partner()
    manager, member = make_manager(partner), make_member(partner)
    memberships.note_visit(manager)
    Membership.objects.filter(pk=member.pk).update(seen_on=days(-731), warned_on=days(warned))
    purge()
    member.refresh_from_db()

    assert (member.closed_at is not None, member.user.is_member) == (closed, not closed)
    assert len(mails_to(manager.user.email)) == len(mails_to(member.user.email)) == closed


def test_a_visit_takes_the_warning_back():
    member = make_member(make_partner())
    Membership.objects.update(seen_on=days(-720), warned_on=days(-10))
    member.refresh_from_db()
    memberships.note_visit(member)
    member.refresh_from_db()

    assert (member.seen_on, member.warned_on) == (timezone.localdate(), None)


@pytest.mark.parametrize(("late", "left"), [(-1, 1), (1, 0)], ids=["not yet", "over"])
def test_tries_and_invitations_have_their_time(purge, late, left):
    hour, now = dt.timedelta(hours=late), timezone.now()
    invitation = make_invitation(make_partner())
    Invitation.objects.update(sent_at=now - invitations.KEPT_FOR - hour)
    FailedTry.objects.create(
        partner=invitation.partner,
        actor=invitation.invited_by,
        why=Why.UNKNOWN,
        code_digest="x",
        at=now - tries.KEPT_FOR - hour,
    )
    purge()

    assert (FailedTry.objects.count(), Invitation.objects.count()) == (left, left)


def test_two_accounts_of_one_person_that_are_merged_act_for_what_both_acted_for():
    double, kept = make_user(), make_user()
    both, one = make_partner(), make_partner()
    make_member(both, Role.MANAGER, user=double)
    make_member(both, user=kept)
    make_member(one, user=double)
    account_merges.MERGE.run(double, make_user(is_staff=True), {"kept": kept, "reason": "Une seule personne"})

    theirs = Membership.objects.open().values_list("user", "partner", "role")
    assert set(theirs) == {(kept.pk, both.pk, Role.MANAGER), (kept.pk, one.pk, Role.COUNTER)}
    for user in (double, kept):
        user.refresh_from_db()
    assert (double.is_member, kept.is_member) == (False, True)

"""An agent takes it up, accepts, asks, refuses, reopens."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from applications import deciding
from applications.exceptions import AlreadyAsked, BeingRead, Moved, NoReadablePaper, PapersUnread
from applications.models import Application, ApplicationState, PaperState
from wallets.exceptions import CampaignOver, SupplementSpent
from wallets.models import Campaign, Wallet
from wallets.supplements import grant_supplement, take_back_supplement
from wallets.tests.factories import days, spend

from .factories import make_application, make_child, make_decider, make_photo, send

pytestmark = pytest.mark.django_db
STATES = ApplicationState


@pytest.fixture
def application():
    return make_application()


@pytest.fixture
def agent():
    return make_decider()


def balances(application):
    theirs = Wallet.objects.filter(beneficiary=application.beneficiary)
    return sorted(theirs.values_list("balance", flat=True))


def of(application, agent, **fields):
    return {"application_id": application.pk, "actor": agent, **fields}


def test_accepted_both_wallets_have_ten_euros_more(application, agent, mailoutbox):
    entries = deciding.accept(**of(application, agent))

    application.refresh_from_db()
    assert (application.state, application.decided_by, application.reason) == (STATES.ACCEPTED, agent, "")
    assert [entry.amount for entry in entries] == [Decimal(10)] * 2
    assert balances(application) == [Decimal(70)] * 2
    assert mailoutbox[-1].subject.startswith("Supplément boursier accordé")


def test_a_second_time_nothing_is_granted(application, agent):
    deciding.accept(**of(application, agent))

    with pytest.raises(Moved):
        deciding.accept(**of(application, agent))
    assert balances(application) == [Decimal(70)] * 2


def test_granted_by_hand_meanwhile_it_is_accepted_and_nothing_more_is_given(application, agent):
    grant_supplement(
        beneficiary_id=application.beneficiary_id, campaign_id=application.campaign_id, actor=agent
    )

    assert deciding.accept(**of(application, agent)) == []
    assert balances(application) == [Decimal(70)] * 2


def test_papers_are_read_before(agent):
    application = send(make_child(), make_photo(), make_photo())
    with pytest.raises(PapersUnread):
        deciding.accept(**of(application, agent))
    application.papers.update(state=PaperState.REFUSED, sealed=b"", fault="Abîmé.")
    with pytest.raises(NoReadablePaper):
        deciding.accept(**of(application, agent))
    assert balances(application) == [Decimal(60)] * 2


def test_of_a_campaign_that_is_over_nothing_is_granted(application, agent):
    Campaign.objects.update(last_ticket_on=days(-1))

    with pytest.raises(CampaignOver):
        deciding.accept(**of(application, agent))
    application.refresh_from_db()
    assert application.state == STATES.SENT


@pytest.mark.parametrize(("act", "state"), [("ask", STATES.INCOMPLETE), ("refuse", STATES.REFUSED)])
def test_the_family_reads_why(application, agent, act, state, mailoutbox):
    deciding.claim(**of(application, agent))
    getattr(deciding, act)(**of(application, agent, reason="Photo floue."))

    application.refresh_from_db()
    assert (application.state, application.reason, application.claimed_by) == (state, "Photo floue.", None)
    assert "Photo floue." in mailoutbox[-1].body
    with pytest.raises(Moved):
        getattr(deciding, act)(**of(application, agent, reason="Encore."))


class TestClaims:
    def test_for_a_quarter_of_an_hour_nobody_else_decides(self, application, agent):
        other = make_decider()
        deciding.claim(**of(application, agent))
        for refused in (
            lambda: deciding.claim(**of(application, other)),
            lambda: deciding.accept(**of(application, other)),
            lambda: deciding.ask(**of(application, other, reason="x")),
            lambda: deciding.refuse(**of(application, other, reason="x")),
        ):
            with pytest.raises(BeingRead):
                refused()
        deciding.claim(**of(application, agent))

        Application.objects.update(claimed_at=timezone.now() - dt.timedelta(minutes=15))
        deciding.claim(**of(application, other))

    def test_the_next_is_the_oldest_that_nobody_has(self, agent):
        old, young = make_application(), make_application()
        Application.objects.filter(pk=old.pk).update(waiting_since=timezone.now() - dt.timedelta(days=3))

        assert deciding.claim_next(actor=agent) == old.pk
        assert deciding.claim_next(actor=make_decider()) == young.pk
        assert deciding.claim_next(actor=make_decider()) is None
        assert deciding.claim_next(actor=agent) == old.pk

    def test_what_is_decided_is_not_taken_up(self, application, agent):
        deciding.refuse(**of(application, agent, reason="x"))
        with pytest.raises(Moved):
            deciding.claim(**of(application, agent))


class TestReopening:
    def test_a_refusal_waits_again(self, application, agent):
        deciding.refuse(**of(application, agent, reason="x"))
        assert deciding.reopen(**of(application, agent)) == []

        application.refresh_from_db()
        assert (application.state, application.reason, application.decided_by) == (STATES.SENT, "", None)
        deciding.accept(**of(application, agent))

    def test_a_paper_that_was_asked_for_is_so_no_more(self, application, agent):
        deciding.ask(**of(application, agent, reason="x"))
        deciding.reopen(**of(application, agent))

        application.refresh_from_db()
        assert (application.state, application.reason) == (STATES.SENT, "")

    def test_what_was_given_is_taken_back(self, application, agent):
        deciding.accept(**of(application, agent))
        assert len(deciding.reopen(**of(application, agent))) == 2
        assert balances(application) == [Decimal(60)] * 2

        deciding.accept(**of(application, agent))
        assert balances(application) == [Decimal(70)] * 2

    def test_what_was_taken_back_by_hand_is_not_taken_twice(self, application, agent):
        deciding.accept(**of(application, agent))
        take_back_supplement(
            beneficiary_id=application.beneficiary_id, campaign_id=application.campaign_id, actor=agent
        )
        assert deciding.reopen(**of(application, agent)) == []

    def test_that_of_a_child_merged_meanwhile_is_read_again(self, application, agent, monkeypatch):
        """Else it would wait again, and the other row would keep what it gave."""
        deciding.accept(**of(application, agent))
        kept = make_child()

        def merged_first(**asked):
            Application.objects.filter(pk=application.pk).update(beneficiary=kept)
            return take_back_supplement(**asked)

        monkeypatch.setattr(deciding, "take_back_supplement", merged_first)
        with pytest.raises(Moved):
            deciding.reopen(**of(application, agent))
        assert balances(application) == [Decimal(70)] * 2

    def test_what_is_spent_stays(self, application, agent):
        deciding.accept(**of(application, agent))
        for wallet in Wallet.objects.filter(beneficiary=application.beneficiary):
            spend(wallet, "65")

        with pytest.raises(SupplementSpent):
            deciding.reopen(**of(application, agent))
        application.refresh_from_db()
        assert application.state == STATES.ACCEPTED

    def test_not_while_another_lives(self, application, agent):
        deciding.refuse(**of(application, agent, reason="x"))
        send(application.beneficiary)
        with pytest.raises(AlreadyAsked):
            deciding.reopen(**of(application, agent))

    def test_what_is_not_decided_is_not_reopened(self, application, agent):
        with pytest.raises(Moved):
            deciding.reopen(**of(application, agent))

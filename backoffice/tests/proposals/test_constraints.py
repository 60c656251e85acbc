"""What the database refuses of a proposal."""

import pytest
from django.utils import timezone

from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_user

pytestmark = pytest.mark.django_db


def make_proposal(**fields):
    agent = make_user(is_staff=True)
    given = {"act": "ouvrir", "subject_key": "wallets.campaign 1", "reason": "x", "proposed_by": agent}
    return Proposal.objects.create(**given | fields)


def decided(state, **fields):
    return {"state": state, "decided_at": timezone.now(), "decided_by": make_user(), **fields}


def test_two_living_proposals_of_one_act(refused_by):
    make_proposal()
    with refused_by("accounts_proposal_one_living"):
        make_proposal()


def test_two_acts_that_run_on_one_row(refused_by):
    make_proposal(**decided(ProposalState.RUNNING))
    with refused_by("accounts_proposal_one_running"):
        make_proposal(act="clore", **decided(ProposalState.RUNNING))


@pytest.mark.parametrize("state", [ProposalState.RUNNING, ProposalState.STOPPED, ProposalState.DONE])
def test_who_confirms_what_he_proposed(refused_by, state):
    agent = make_user()
    fields = decided(state) | {"proposed_by": agent, "decided_by": agent}
    with refused_by("accounts_proposal_second_agent"):
        make_proposal(**fields)
    make_proposal(**fields, alone=True)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("accounts_proposal_state_is_known", {"state": "perhaps"}),
        ("accounts_proposal_says_why", {"reason": ""}),
        ("accounts_proposal_decided_means_dated_and_signed", {"decided_at": timezone.now()}),
    ],
)
def test_a_proposal_that_is_none(refused_by, name, fields):
    if "state" in fields:
        fields = decided(fields["state"])
    with refused_by(name):
        make_proposal(**fields)


def test_a_refusal_without_a_word(refused_by):
    with refused_by("accounts_proposal_refused_says_why"):
        make_proposal(**decided(ProposalState.REFUSED))

"""No column about people is forgotten by « Mes données »."""

import pytest
from django.apps import apps

from accounts.audit import AuditEntry
from accounts.models import (
    Beneficiary,
    EmailChange,
    EndedGuardianship,
    ForgottenRequest,
    Guardianship,
    LinkedIdentity,
    School,
    SignIn,
    SignUp,
    Telephone,
    User,
)
from accounts.proposals import Proposal
from accounts.security_log import Reading, SecurityEvent
from applications.models import (
    Application,
    AskedOffer,
    Attestation,
    Candidacy,
    Convention,
    Countersignature,
    Newcomer,
    NewSchool,
    NewSheet,
    OtherGuardian,
    Paper,
    Reason,
    Rules,
    SheetEdit,
    SheetOffer,
    Signature,
    SigningCode,
)
from core.models import Attempts
from privacy.my_data.held import TOLD
from tickets.models import Dispute, FailedTry, KeptFigures, Notice, Order, Printing, Reminder, Ticket, Use
from wallets.models import Campaign, Entry, Wallet

pytestmark = pytest.mark.django_db
# What stands in no line of its own, and why.
NOT_TOLD = {
    User: {
        "password": "a secret",
        "id": "a number of ours",
        "groups": "of agents",
        "user_permissions": "of agents",
        "is_superuser": "of agents",
        "is_staff": "of agents",
        "is_active": "whoever reads this is",
        "is_member": "the organismes that it acts for",
        "session_salt": "a secret",
        "anonymised_at": "whoever reads this is not",
        "merged_into": "the lines around, « Comptes fusionnés »",
    },
    Beneficiary: {
        "id": "a number of ours",
        "public_id": "a part of addresses",
        "anonymised_at": "nobody acts for it by then",
        "merged_into": "the lines around, « Fiches fusionnées »",
        "school": "its own lines",
        "insee_code": "the name of the town",
        "user": "an account of its own, with its own archive",
        "login_made_by": "somebody else, perhaps",
        "guardians": "their names, by Guardianship",
    },
    SignIn: {"id": "a number of ours", "user": "the lines around"},
    EmailChange: {
        "id": "a number of ours",
        "user": "the lines around",
        "key": "a secret",
        "account_state": "a secret",
        "is_open": "whoever asked for another one since knows it",
    },
    LinkedIdentity: {
        "id": "a number of ours",
        "user": "the lines around",
        "subject": "what the provider calls it, and it alone",
        "account_state": "a secret",
    },
    AuditEntry: {
        "id": "a number of ours",
        "actor": "an agent",
        "subject": "the lines around",
        "subject_key": "a number of ours",
        "reason": "an agent's words, perhaps about somebody else",
        "details": "an agent's words, perhaps about somebody else",
        "concerns": "the lines around",
        "changes": "the values are those of the lines around, and of days before",
    },
    SecurityEvent: {
        "id": "a number of ours",
        "account_digest": "a digest",
        "user": "the lines around",
        "page": "of agents",
        "hour": "when it was last",
    },
    Reading: {
        "id": "a number of ours",
        "agent": "an agent",
        "subject_key": "the lines around",
        "at": "the day says it",
    },
    School: {"insee_code": "no fact about a person"},
    Wallet: {
        "undone_at": "its entries say so",
        "id": "a number of ours",
        "beneficiary": "the lines around",
        "campaign": "its name",
    },
    Entry: {
        "id": "a number of ours",
        "wallet": "the lines around",
        "actor": "somebody else, perhaps",
        "grant_key": "a number of ours",
        "nature": "the label says it",
        "reverses": "the label says it",
    },
    Application: {
        "number": "a number of ours",
        "key": "of a form",
        "beneficiary": "the lines around",
        "campaign": "its name",
        "partner": "the lines of its members",
        "sent_by": "somebody else, perhaps",
        "waiting_since": "since it was sent, or asked for",
        "child_key": "a digest",
        "claimed_by": "an agent",
        "claimed_at": "of a quarter of an hour",
        "decided_by": "an agent",
    },
    Candidacy: {
        "id": "a number of ours",
        "account": "the lines around",
        "application": "its own lines",
        "commune": "its name",
    },
    Signature: {
        "id": "a number of ours",
        "convention": "its title",
        "application": "its own lines",
        "partner": "the name it had",
        "account": "the lines around",
        "text_sha256": "a digest of the convention",
        "code_digest": "a digest",
    },
    Newcomer: {
        "id": "a number of ours",
        "application": "the lines around",
        "school": "its name",
    },
    NewSchool: {
        "id": "a number of ours",
        "application": "the lines around",
        "school": "its name",
    },
    OtherGuardian: {
        "id": "a number of ours",
        "application": "the lines around",
        "key": "a secret, of the link",
    },
    Paper: {
        "id": "a number of ours",
        "application": "the lines around",
        "key": "of a form",
        "place": "of a form",
        "format": "how it is kept",
        "sealed": "what one sent oneself, and has",
    },
    Ticket: {
        "code": "a secret that opens the ticket: it is printed on it",
        "order": "how many at once",
        "entry": "its own lines",
        "wallet": "the lines around",
        "offer": "organisme and activity",
        "used_by": "an agent",
        "cancelled_by": "somebody else, perhaps",
        "remakes": "the line of the one that it stands for, of the same amount",
    },
}
# Models about people whose rows are told as part of others, or tell nothing about a person.
WITHOUT_LINES = {
    NewSheet: "what it changes, a line each",
    SheetEdit: "a line of it",
    SheetOffer: "a line of it",
    Guardianship: "the names of the guardians",
    Printing: "how many, and the last, with the ticket",
    Order: "the tickets that came out of it",
    Campaign: "the rules of the scheme",
    KeptFigures: "sums of a campaign, of whom nothing says",
    Attempts: "digests that lead to nobody",
    Telephone: "an agent's second factor, and a secret",
    Reminder: "the e-mail that was sent",
    ForgottenRequest: "the e-mail that is about to be, if it means anybody",
    SignUp: "an address that has no account yet",
    Notice: "the e-mail that is about to be",
    Dispute: "what was answered, by e-mail, and on the page of the ticket",
    Use: "that it was used, when and where, with the ticket",
    FailedTry: "digests of codes that did not do, at the counter of an organisme",
    AskedOffer: "its activity and its wallet, with the organisme",
    Reason: "sentences for everybody",
    Convention: "a text for everybody",
    Attestation: "the paper of a signature, which has its lines",
    Countersignature: "an agent",
    SigningCode: "an e-mail, and a digest for a quarter of an hour",
    Rules: "a number, and a sentence for everybody",
    Proposal: "what came of it, in the entries and in the agents' acts",
    EndedGuardianship: "that a school names a guardian whom an agent took away",
}


def about_people():
    """Every model that leads to an account or a child."""
    ours = {"accounts", "wallets", "tickets", "applications"}
    return [model for model in apps.get_models() if model._meta.app_label in ours]


@pytest.mark.parametrize("model", about_people(), ids=lambda model: model.__name__)
def test_no_column_is_forgotten(model):
    if model in WITHOUT_LINES:
        return
    columns = {field.name for field in [*model._meta.fields, *model._meta.many_to_many]}
    told = set(TOLD[model])

    assert told | set(NOT_TOLD.get(model, {})) == columns
    assert not told & set(NOT_TOLD.get(model, {}))

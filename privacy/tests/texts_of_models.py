"""Which texts of which model are about people: each is planted in `planted`."""

from django.contrib.admin.models import LogEntry
from post_office.models import Email, Log

from accounts.audit import AuditEntry
from accounts.models import Beneficiary, EmailChange, ForgottenRequest, SignIn, User
from accounts.proposals import Proposal
from backoffice.models import Import, ImportLine, WrittenRows
from core.models import Piece, PreparedFile
from partners.models import Invitation, Suggestion
from privacy.models import KeptWords

# Which texts of which model are about people: each is planted below.
ABOUT_PEOPLE = {
    User: {
        "username",
        "first_name",
        "last_name",
        "email",
        "former_email",
        "phone",
        "address",
        "postcode",
        "city",
    },
    Beneficiary: {"first_name", "last_name", "pupil_number"},
    PreparedFile: {"about", "asked"},
    Piece: {"content"},
    SignIn: {"device"},
    EmailChange: {"old", "new"},
    Proposal: {"subject", "said", "facts", "reason", "answer"},
    AuditEntry: {"subject", "reason", "details", "concerns", "changes"},
    LogEntry: {"object_repr", "change_message"},
    ForgottenRequest: {"contact"},
    Email: {"to", "subject", "message", "html_message", "headers"},
    Log: {"message"},
    Import: {"name", "reason", "report", "content", "refused_lines"},
    ImportLine: {"name", "told", "said"},
    WrittenRows: {"changed"},
    KeptWords: {"words"},
    Suggestion: {"name", "activity", "contact"},
    Invitation: {"email"},
}
# Texts that are about nobody, and why.
ABOUT_NOBODY = {
    "core.Attempts": "digests",
    "accounts.AuditEntry": "action: of a list; subject_key: a number",
    "accounts.EmailChange": "key: drawn; account_state: a digest",
    "accounts.Beneficiary": "public_id: drawn; grade, insee_code: many share them",
    "accounts.Proposal": "act, label, permission, page, state: ours; subject_key: a number",
    "accounts.School": "a collège",
    "accounts.Reading": "subject_key: a number, or a digest",
    "accounts.SecurityEvent": "kind, page: of a list; account_digest: a digest",
    "accounts.User": "password, session_salt: secrets, made anew",
    "admin.LogEntry": "object_id: a number",
    "auth.Group": "a role",
    "auth.Permission": "a right",
    "content.Article": "written for everybody",
    "content.HelpTopic": "written for everybody",
    "content.Page": "written for everybody",
    "contenttypes.ContentType": "a model",
    "core.PreparedFile": "name, content_type, stage, trouble: the program’s words",
    "django_tasks_database.DBTaskResult": "numbers of rows, and names of the program",
    "otp_static.StaticDevice": "of agents",
    "otp_static.StaticToken": "of agents",
    "otp_totp.TOTPDevice": "of agents",
    "partners.Activity": "of organismes",
    "partners.Commune": "a town",
    "partners.Offer": "of organismes",
    "partners.Partner": "of organismes",
    "partners.Invitation": "role: of a list; key: drawn",
    "partners.Membership": "role: of a list",
    "partners.Synonym": "words for activities",
    "partners.FormerName": "names of organismes",
    "core.CommandRun": "a command",
    "tickets.KeptFigures": "what: of a list; figures: numbers, by codes of communes and keys",
    "backoffice.ColumnMapping": "sort: of a list; shape: a digest; columns: titles of a spreadsheet",
    "backoffice.Import": "sort, stage: of a list",
    "backoffice.ImportLine": "verdict, choice, contacts: of a list; stays: the program’s words",
    "backoffice.WrittenRows": "model: of a list; made, lines: numbers",
    "post_office.Attachment": "none is ever sent",
    "post_office.Email": "cc, bcc, context, message_id…: ours, or empty",
    "post_office.EmailTemplate": "not used",
    "post_office.Log": "exception_type: a class",
    "sessions.Session": "whose it is by number; it ends by itself",
    "tickets.Dispute": "doubt: of a list",
    "tickets.FailedTry": "why: of a list; code_digest: a digest",
    "tickets.Notice": "of a list",
    "tickets.Ticket": "code: drawn; state: of a list",
    "tickets.Use": "way, undo_reason: of a list",
    "wallets.Campaign": "a year",
    "wallets.Entry": "nature, label, grant_key: the services' words",
    "wallets.Wallet": "of a list",
}

"""A family with names that nobody else has leaves a trace wherever it can; then none is left anywhere.

Every text of every table is read, so that a model of tomorrow cannot be forgotten: the first test asks
where its texts come from, the others find what was planted there.
"""

import csv
import datetime as dt
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, models
from django.urls import reverse
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from accounts import audit, email_change, identifiers, mail, recovery
from accounts.audit import Action, AuditEntry, subject_key
from accounts.models import Beneficiary, EmailChange, EndedGuardianship, ForgottenRequest, SignIn, User
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.models import Import, Sort, Stage
from backoffice.tests import exporting
from core.models import Piece, PreparedFile
from partners.models import Suggestion
from partners.tests.factories import make_commune, make_offer
from privacy import erasure
from privacy.models import KeptWords
from tickets import services as tickets
from tickets.models import Happened, Notice, Reminder
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

from .leaving import end, kept_for_days

pytestmark = pytest.mark.django_db

# In each of them, the same rare piece; no two places where people are written of may need another one.
RARE = "zwyck"
MARKS = [RARE, "0199887766", "E9182736"]
ADULT = {
    "first_name": "Ermengarde",
    "last_name": "LENORMAND-ZWYCK",
    "email": "Ermengarde@zwyck.example",
    "former_email": "ancienne@zwyck.example",
    "phone": "0199887766",
    "address": "12 impasse des Zwycks",
    "postcode": "99199",
    "city": "Zwyckville",
}
PUPIL = {"first_name": "Zwyckelinde", "last_name": "LENORMAND-ZWYCK", "pupil_number": "E9182736"}
NAMES = "Zwyckelinde LENORMAND-ZWYCK"

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
    Email: {"to", "subject", "message", "html_message"},
    Log: {"message"},
    Import: {"name", "reason", "report", "content"},
    KeptWords: {"words"},
    Suggestion: {"name", "activity", "contact"},
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
    "core.CommandRun": "a command",
    "backoffice.Import": "sort, stage: of a list",
    "post_office.Attachment": "none is ever sent",
    "post_office.Email": "cc, bcc, headers, context, message_id…: ours, or empty",
    "post_office.EmailTemplate": "not used",
    "post_office.Log": "exception_type: a class",
    "sessions.Session": "whose it is by number; it ends by itself",
    "tickets.Notice": "of a list",
    "tickets.Ticket": "code: drawn; state: of a list",
    "wallets.Campaign": "a year",
    "wallets.Entry": "nature, label, grant_key: the services' words",
    "wallets.Wallet": "of a list",
}
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def texts_of(model):
    return {field.name for field in model._meta.local_fields if isinstance(field, TEXTS)}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_it_is_known_of_each_text_whether_it_is_about_people(model):
    planted = ABOUT_PEOPLE.get(model, set())

    assert planted <= texts_of(model)
    assert planted == texts_of(model) or model._meta.label in ABOUT_NOBODY


# --- A family, everywhere ---------------------------------------------------------------------


class Family:
    """A parent, a child with a login of its own, and all that their years leave behind."""

    def __init__(self):
        self.agent = make_user("agent", is_staff=True, is_superuser=True)
        self.parent = make_user("ermengarde.zwyck", **ADULT)
        self.login = make_user("zwyckelinde", first_name=PUPIL["first_name"], last_name=PUPIL["last_name"])
        self.child = make_beneficiary(self.parent, user=self.login, is_enrolled=False, **PUPIL)
        self.wallet = make_wallet("60", beneficiary=self.child, campaign=make_campaign())
        self._buys()
        self._is_written_to()
        self._is_written_of()

    def _buys(self):
        used, cancelled = (make_ticket("10", wallet=self.wallet, actor=self.parent) for _ in range(2))
        tickets.record_printing(ticket_ids=[used.pk], actor=self.login)
        tickets.use(ticket_id=used.pk, actor=self.agent, offer_id=make_offer().pk)
        tickets.cancel(ticket_id=cancelled.pk, actor=self.parent)
        self.ticket = used
        Notice.objects.create(ticket=used, happened=Happened.USED)
        campaign = self.wallet.campaign
        Reminder.objects.create(
            user=self.parent, campaign=campaign, last_ticket_on=campaign.last_ticket_on, days=7
        )
        SignIn.objects.create(user=self.parent, device="Zwyckphone")
        email_change.ask(user_id=self.parent.pk, address="ermengarde@zwyck-neuf.example")

    def _is_written_to(self):
        recovery.send_new_access(user_id=self.parent.pk, address=self.parent.email)
        for contact in ("Ermengarde.Zwyck", self.parent.email.upper()):
            identifiers.ask(contact=contact)
        mail.send("mail/child_login_made", self.parent.email, first_name=self.child.first_name)
        sent = Email.objects.create(
            from_email="nous@pass.example",
            to=[self.parent.email],
            subject=f"Ticket créé pour {self.child.first_name}",
            message=NAMES,
            html_message=NAMES,
            status=STATUS.failed,
        )
        Log.objects.create(email=sent, status=STATUS.failed, message=f"550 {self.parent.email}")

    def _is_written_of(self):
        """By agents, about them and about others, and by the reports of what agents bring."""
        other = make_beneficiary(make_user("autre"))
        said = {
            self.child: f"Appel pour {NAMES}",
            self.ticket: f"{PUPIL['pupil_number']} au téléphone",
            self.wallet: "Madame Zwyck",
            self.parent: "Rappeler au 0199887766",
            other: "remplacée par Lenormand-Zwyck Ermengarde, 12 impasse des Zwycks",
        }
        for row, reason in said.items():
            audit.record(
                action=Action.GUARDIAN_REPLACED,
                subject=row,
                name=f"{row} de {NAMES}" if row is self.wallet else "",
                reason=reason,
                details=f"{self.parent} ({self.parent.username}) → autre",
                actor=self.agent,
            )
        self._is_proposed_about(other)
        # Of somebody else, and yet of them: what was before and after an agent's edit.
        for label, before in (("responsable", NAMES), ("numéro d’élève", PUPIL["pupil_number"])):
            told = [(label, before, "")]
            audit.record(action=Action.CHANGED, subject=other, reason="", actor=self.agent, changes=told)
        for row in (self.child, self.parent, self.wallet):
            LogEntry.objects.create(
                user=self.agent,
                content_type=ContentType.objects.get_for_model(row),
                object_id=str(row.pk),
                object_repr=NAMES,
                action_flag=CHANGE,
                change_message=json.dumps([{"changed": {"name": "responsabilité légale", "object": NAMES}}]),
            )
        Suggestion.objects.create(
            name="CLUB", commune=make_commune(), activity="Judo", contact=self.parent.email
        )
        Suggestion.objects.create(
            name="CLUB LENORMAND-ZWYCK", commune=make_commune(), activity="Avec Mme Lenormand-Zwyck"
        )
        EndedGuardianship.objects.create(user=self.parent, beneficiary=other)
        file = PreparedFile.objects.create(
            owner=self.agent, name="tickets.csv", about="q = zwyck", asked={"query": "q=zwyck"}
        )
        Piece.objects.create(file=file, attempt=1, number=0, content=NAMES.encode())
        self.report = Import.objects.create(
            sort=Sort.ROSTER,
            name="Eleves Lenormand-Zwyck.csv",
            content=b"",
            owner=self.agent,
            confirmed_by=self.agent,
            stage=Stage.DONE,
            reason="Rentrée des LENORMAND-ZWYCK",
            report={
                "told": "2 créés",
                "refused": [[2, f"Le numéro E1 est celui d’un autre enfant, {NAMES}."], [3, "Autre"]],
                "notes": [[4, "Ermengarde LENORMAND-ZWYCK, retiré par un agent, n’est pas remis."]],
                "created": [
                    [5, NAMES, "responsable légal relié au compte ermengarde.zwyck"],
                    [6, "Lina", ""],
                ],
            },
        )

        audit.record(
            action=Action.FILE_IMPORTED,
            subject=self.report,
            reason=self.report.reason,
            actor=self.agent,
            details="2 créés",
        )

    def _is_proposed_about(self, other):
        """A correction that waits, one that was refused, and one of another child."""
        for number, (row, answer) in enumerate([(self.wallet, ""), (self.wallet, NAMES), (other, "Non")]):
            decided = {"decided_by": self.parent, "decided_at": timezone.now()} if answer else {}
            Proposal.objects.create(
                act="corriger",
                subject=f"Porte-monnaie de {NAMES}" if row is self.wallet else "Autre",
                subject_key=subject_key(row),
                said={"reason": NAMES},
                facts=[["Enfant", NAMES]],
                reason=f"Appel de {NAMES}",
                answer=answer,
                state=ProposalState.REFUSED if answer else ProposalState.PENDING,
                proposed_by=self.agent,
                proposed_at=timezone.now() - dt.timedelta(days=number),
                **decided,
            )


@pytest.fixture
def family(settings):
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    return Family()


def marks_in(text):
    text = str(text).casefold()
    return {mark for mark in MARKS if mark.casefold() in text}


def traces_in_the_database():
    """The tables and columns that still tell something of the family."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 – a name of the database
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    (table, name)
                    for name, value in zip(names, row, strict=True)
                    if marks_in(_readable(value))
                }
    return found


def _readable(value):
    if isinstance(value, Decimal) or hasattr(value, "year"):
        return ""
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    # JSON is kept with its accents as escapes on one base, and as an object on the other.
    return json.dumps(value, ensure_ascii=False, default=str)


def exported(client):
    """All that agents can carry out of the administration."""
    for model in ("tickets_ticket", "wallets_entry", "partners_partner"):
        for kind in ("csv", "xlsx"):
            content = exporting.export(client, model, kind)
            if kind == "csv":
                yield from csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
            else:
                yield from openpyxl.load_workbook(io.BytesIO(content)).active.values


def shown(client, family):
    """The lists of the administration, and the pages of the rows themselves."""
    rows = [family.child, family.parent, family.login, family.wallet, family.ticket]
    names = {f"{row._meta.app_label}_{row._meta.model_name}" for row in rows}
    others = ("accounts_auditentry", "wallets_entry", "core_outgoingmail", "backoffice_import")
    for name in (*names, *others):
        yield client.get(reverse(f"admin:{name}_changelist")).text
    for row in rows:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        yield client.get(reverse(name, args=[row.pk])).text
        yield client.get(reverse(f"{name.removesuffix('change')}history", args=[row.pk])).text


def my_data(client, user):
    client.force_login(user)
    archive = zipfile.ZipFile(io.BytesIO(client.get(reverse("privacy:my_data")).content))
    yield archive.read("mes-donnees.json").decode()
    for page in pypdf.PdfReader(io.BytesIO(archive.read("mes-donnees.pdf"))).pages:
        yield page.extract_text()


def purge(family):
    end(family.wallet.campaign, days_ago=kept_for_days() + 1)
    call_command("purge")


def erase(family):
    """Which is not left to its time: what is young goes too."""
    left = family.wallet
    left.refresh_from_db()
    erasure.erase_child(beneficiary_id=family.child.pk, giving_up=left.balance, actor=family.agent)


def test_what_is_planted_is_found(family, client, enter):
    """The control: each of the places is seen by what looks for it below."""
    columns = {(model._meta.db_table, name) for model, names in ABOUT_PEOPLE.items() for name in names}
    # A postcode is many people's, and a constraint empties it; the others have a test of their own below.
    unplanted = {
        ("accounts_user", "postcode"),
        ("passplus_import", "content"),
        ("passplus_keptwords", "words"),
    }
    assert columns - traces_in_the_database() == unplanted
    assert marks_in(list(my_data(client, family.parent)))
    enter(family.agent)
    assert len([row for row in exported(client) if marks_in(row)]) == 2 * (2 + 4)
    assert any(map(marks_in, shown(client, family)))


@pytest.mark.parametrize("forget", [purge, erase], ids=["after its time", "at its request"])
def test_nothing_of_the_family_is_left_anywhere(family, forget, client, enter, capsys):
    forget(family)

    assert traces_in_the_database() == set()
    assert marks_in(capsys.readouterr().out) == set()
    enter(family.agent)
    assert [row for row in exported(client) if marks_in(row)] == []
    assert [marks_in(page) for page in shown(client, family) if marks_in(page)] == []
    call_command("check_ledger")


@pytest.mark.parametrize("forget", [purge, erase], ids=["after its time", "at its request"])
def test_nothing_of_the_child_is_left_to_the_parent_of_another_one(family, forget, client):
    """The parent stays, with its own name; of the child nothing is left, not even in its parent's archive."""
    User.objects.filter(pk=family.parent.pk).update(last_name="DURAND", email="durand@famille.example")
    make_beneficiary(family.parent, first_name="Paul")
    forget(family)

    told = " ".join(my_data(client, family.parent))
    assert "DURAND" in told
    assert "zwyckelinde" not in told.casefold()
    assert "E9182736" not in told
    assert Beneficiary.objects.filter(anonymised_at=None).count() == 2


def test_a_purge_that_is_stopped_forgets_the_next_night(family, monkeypatch):
    """code.md 3.17: between a family that is nobody and the texts that name it, its words are kept."""

    def stopped(search):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("privacy.texts.ALSO", [stopped])
        with pytest.raises(KeyboardInterrupt):
            purge(family)
    assert Beneficiary.objects.get(pk=family.child.pk).anonymised_at
    assert ("passplus_keptwords", "words") in traces_in_the_database()

    call_command("purge")
    assert traces_in_the_database() == set()
    assert not KeptWords.objects.exists()


def test_what_is_about_others_stays(family):
    before = Import.objects.get().report
    audit.record(
        action=Action.ACCESS_RESET, subject=make_user("zwycker"), reason="Zwyckerei", actor=family.agent
    )
    mail.password_changed(make_user("voisin"))
    erase(family)

    report = Import.objects.get().report
    assert (report["told"], report["notes"]) == (before["told"], [])
    assert (report["refused"], report["created"]) == ([[3, "Autre"]], [[6, "Lina", ""]])
    assert AuditEntry.objects.filter(reason="Zwyckerei").exists()
    assert Email.objects.filter(to="voisin@famille.example").exists()
    assert Suggestion.objects.filter(name="CLUB").exists()


def test_an_identifiant_that_is_a_word_of_everybody_takes_no_line_along(family):
    """code.md 3.14: erasing `sport` wiped a correction « Porte-monnaie Sport de … »."""
    sport = make_user("sport", first_name="", last_name="Petit")
    make_user("petit", last_name="Petit")
    told = {
        "Porte-monnaie Sport": "Délai trop petit",
        "Inès": "Appel de M. Petit",
        "Lina": "Appel",
    }
    for subject, reason in told.items():
        audit.record(
            action=Action.CORRECTION, subject=family.agent, name=subject, reason=reason, actor=family.agent
        )
    audit.record(
        action=Action.GUARDIAN_REMOVED,
        subject=family.agent,
        reason="Jugement",
        details="Petit (sport) → Lou (lou)",
        actor=family.agent,
    )
    erasure.erase_account(user_id=sport.pk)

    # Somebody else is called Petit; and the identifiant is theirs only between brackets.
    assert AuditEntry.objects.filter(subject__in=told, reason__in=told.values()).count() == 3
    assert not AuditEntry.objects.filter(reason="Jugement").exists()


@pytest.mark.parametrize(
    ("name", "reason"),
    [("liste-benoit.csv", "Rentrée"), ("x.csv", "Ajout de Benoît"), ("BENOIT_2026.xlsx", "Rentrée")],
)
def test_a_file_is_no_longer_called_like_somebody(family, name, reason):
    """security.md F21: the surname was left in what a file is called and why it was imported."""
    child = make_beneficiary(last_name="BENOÎT")
    make_beneficiary(last_name="BENOÎT")
    Import.objects.update(name=name, reason=reason)
    audit.record(action=Action.FILE_IMPORTED, subject=family.report, name=name, reason=reason, actor=None)
    brought = [("Fichier", "", name)]
    audit.record(action=Action.ADDED, subject=family.report, reason="", actor=None, changes=brought)
    erasure.erase_child(beneficiary_id=child.pk, giving_up=Decimal(0), actor=family.agent)

    assert Import.objects.get().name == "effacé"
    assert not AuditEntry.objects.filter(subject=name).exists()
    # Who brought which file is a line too.
    assert AuditEntry.objects.get(action=Action.ADDED).changes == (
        [] if "BENO" in name.upper() else [list(brought[0])]
    )


def test_an_address_that_was_never_confirmed_does_not_outlive_its_request(family):
    """security.md F21: it stayed in the outbox for ninety days."""
    long_ago = timezone.now() - dt.timedelta(days=60)
    user = make_user("camille")
    EmailChange.objects.create(
        user=user, old="", new="jamais@ailleurs.example", account_state="x", is_open=False, asked_at=long_ago
    )
    mail.confirm_email(user, "jamais@ailleurs.example", "/x/")
    call_command("purge")

    assert not Email.objects.filter(to="jamais@ailleurs.example").exists()


def test_an_address_that_two_parents_share_is_still_written_to_about_the_others(family):
    sharing = make_user("autre.parent", email=family.parent.email)
    mail.password_changed(sharing)
    erase(family)

    [left] = Email.objects.filter(to=sharing.email, subject__contains="mot de passe")[:1]
    assert "Zwyckelinde" not in left.message
    assert not Email.objects.filter(subject__contains="Zwyckelinde").exists()


def test_the_words_of_agents_and_of_families_go_with_their_time(family):
    """What nobody could find by a name: a file's, a reason for it, the name of a club."""
    past = timezone.now() - 2 * settings.KEEP_JOURNAL
    Import.objects.update(name="zwyck.csv", reason="Zwyck", content=b"zwyck", created_at=past)
    Suggestion.objects.update(name="Chez Zwyck", activity="Zwyck", created_at=past)
    purge(family)

    assert traces_in_the_database() == set()

"""A family with names that nobody else has, which leaves a trace wherever it can."""

import datetime as dt
import json
import uuid

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.utils import timezone
from post_office.models import STATUS, Email, Log

from accounts import audit, email_change, identifiers, recovery
from accounts.audit import Action, subject_key
from accounts.models import EndedGuardianship, SignIn, SignUp
from accounts.proposals import Proposal, ProposalState
from accounts.tests.factories import make_beneficiary, make_user
from applications.models import (
    Application,
    ApplicationKind,
    ApplicationState,
    Candidacy,
    Newcomer,
    NewSchool,
    NewSheet,
    OtherGuardian,
    Paper,
    SheetEdit,
)
from backoffice.models import Import, ImportLine, Sort, Stage, Verdict, WrittenRows
from content import contact_mail
from core.mail import send
from core.models import Piece, PreparedFile
from partners.models import Invitation, Role, Suggestion
from partners.tests.factories import make_commune, make_offer, make_partner
from privacy import erasure
from tickets import services as tickets
from tickets.models import Happened, Notice, Reminder
from tickets.tests.factories import make_ticket
from wallets.tests.factories import make_campaign, make_wallet

from . import planted_payments
from .leaving import end, kept_for_days

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

    def _asks(self, other):
        """With a paper; and of another child an agent wrote to its family by their name."""
        refused = {"state": ApplicationState.REFUSED, "decided_by": self.agent, "decided_at": timezone.now()}
        for child, sender in ((self.child, self.parent), (other, other.guardians.get())):
            Application.objects.create(
                key=uuid.uuid4(),
                kind=ApplicationKind.SCHOLARSHIP,
                beneficiary=child,
                campaign=self.wallet.campaign,
                sent_by=sender,
                reason=f"La notification est au nom de {NAMES}.",
                **refused,
            )
        self._enrols()
        self._is_asked_for(other)
        self._applies()
        theirs = Application.objects.get(beneficiary=self.child, kind=ApplicationKind.SCHOLARSHIP)
        paper = Paper(application=theirs, key=uuid.uuid4(), place=0)
        paper.sealed = paper.seal(NAMES.encode())
        paper.save()

    def _applies(self):
        """For a club that has the name of who asks, and writes from the same address."""
        draft = Candidacy.objects.create(
            account=self.parent,
            siret="73282932000074",
            name="CLUB ZWYCK",
            address="3 rue Lenormand-Zwyck",
            phone=ADULT["phone"],
            website="https://zwyck.example/",
            other_activities="Avec Mme Lenormand-Zwyck",
        )
        sent = Application.objects.create(
            key=uuid.uuid4(), kind=ApplicationKind.AFFILIATION, sent_by=self.parent
        )
        asked = Application.objects.create(
            key=uuid.uuid4(),
            kind=ApplicationKind.SHEET,
            partner=make_partner("CLUB QUI CHANGE"),
            sent_by=self.parent,
        )
        sheet = NewSheet.objects.create(application=asked, other_activities="Yoga par Mme Zwyck")
        SheetEdit.objects.create(sheet=sheet, column="phone", before="Chez Zwyck", after=ADULT["phone"])
        described = {"legal_form": "company", "commune": make_commune(), "capacity": "M. Zwyck lui-même"}
        Candidacy.objects.create(
            account=self.parent,
            application=sent,
            siret=draft.siret,
            name="ÉCOLE ZWYCK",
            email=self.parent.email,
            **described,
        )

    def _enrols(self):
        """A younger one, who is nobody yet; and the child goes to another collège."""
        asked = Application.objects.create(
            key=uuid.uuid4(),
            kind=ApplicationKind.ENROLMENT,
            campaign=self.wallet.campaign,
            child_key="0" * 64,
            sent_by=self.parent,
        )
        Newcomer.objects.create(
            application=asked,
            first_name="Zwyckette",
            last_name="LENORMAND-ZWYCK",
            birth_year=2014,
            grade="6",
            other_school="Collège Zwyck",
            other_commune="Zwyckville",
        )
        moved = Application.objects.create(
            key=uuid.uuid4(),
            kind=ApplicationKind.SCHOOL,
            beneficiary=self.child,
            campaign=self.wallet.campaign,
            sent_by=self.parent,
        )
        NewSchool.objects.create(
            application=moved, other_school="Collège Zwyck", grade="5", since=timezone.localdate()
        )

    def _is_asked_for(self, other):
        """By the parent of another child, as somebody who is to act for that one."""
        asked = Application.objects.create(
            key=uuid.uuid4(),
            kind=ApplicationKind.GUARDIAN,
            beneficiary=other,
            campaign=self.wallet.campaign,
            sent_by=other.guardians.get(),
        )
        OtherGuardian.objects.create(
            application=asked,
            first_name="Zwyckine",
            last_name=ADULT["last_name"],
            email=self.parent.email.upper(),
        )

    def _is_written_to(self):
        recovery.send_new_access(user_id=self.parent.pk, address=self.parent.email)
        for contact in ("Ermengarde.Zwyck", self.parent.email.upper()):
            identifiers.ask(contact=contact)
        SignUp.objects.create(email=self.parent.email.upper(), mailed_at=timezone.now())
        send(
            "mail/child_login_made",
            self.parent.email,
            account_ids=[self.parent.pk],
            first_name=self.child.first_name,
        )
        # By the site, without having come in.
        contact_mail.send(
            topic="autre", message=NAMES, address=self.parent.email.lower(), author=None, child=None
        )
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
        self._asks(other)
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
        Invitation.objects.create(
            partner=make_partner(), email=self.parent.email, role=Role.COUNTER, invited_by=self.agent
        )
        EndedGuardianship.objects.create(user=self.parent, beneficiary=other)
        planted_payments.plant(self.agent, NAMES, ADULT["phone"])
        file = PreparedFile.objects.create(
            owner=self.agent, name="tickets.csv", about="q = zwyck", asked={"query": "q=zwyck"}
        )
        Piece.objects.create(file=file, attempt=1, number=0, content=NAMES.encode())
        self.report = Import.objects.create(
            sort=Sort.ROSTER,
            name="Eleves Lenormand-Zwyck.csv",
            content=b"",
            refused_lines=f"Prénom;Motif du refus\n{NAMES};CM2".encode(),
            owner=self.agent,
            confirmed_by=self.agent,
            stage=Stage.DONE,
            reason="Rentrée des LENORMAND-ZWYCK",
            # As the release before kept its lines.
            report={"told": "2 créés", "refused": [[2, NAMES], [3, "Autre"]]},
        )
        lines = [
            ImportLine(verdict=Verdict.REFUSED, told=f"Le numéro E1 est celui d’un autre enfant, {NAMES}."),
            ImportLine(
                verdict=Verdict.CREATED,
                name="Lou",
                said={"notes": ["Ermengarde LENORMAND-ZWYCK n’est pas remis."]},
            ),
            ImportLine(
                verdict=Verdict.UNCHANGED,
                name="Lou",
                said={"contacts": [{"account": 1, "field": "email", "after": ADULT["email"]}]},
            ),
            ImportLine(verdict=Verdict.CREATED, name=NAMES, told="relié au compte ermengarde.zwyck"),
            ImportLine(verdict=Verdict.CREATED, name="Lina"),
        ]
        for number, line in enumerate(lines):
            line.job, line.number = self.report, number
        ImportLine.objects.bulk_create(lines)
        WrittenRows.objects.create(
            job=self.report,
            model="accounts.beneficiary",
            changed={self.child.pk: {"last_name": [PUPIL["last_name"], "LENORMAND"]}},
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


def marks_in(text):
    text = str(text).casefold()
    return {mark for mark in MARKS if mark.casefold() in text}


def purge(family):
    end(family.wallet.campaign, days_ago=kept_for_days() + 1)
    call_command("purge")


def erase(family):
    """Which is not left to its time: what is young goes too."""
    left = family.wallet
    left.refresh_from_db()
    erasure.erase_child(beneficiary_id=family.child.pk, giving_up=left.balance, actor=family.agent)

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, Max, Model, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from post_office.models import Email

from accounts.audit import AuditEntry, subject_key
from accounts.mail_choices import COLUMNS
from accounts.models import Beneficiary, EmailChange, Guardianship, LinkedIdentity, School, SignIn, User
from accounts.security_log import Reading, SecurityEvent
from applications import sheet_changes
from applications.models import (
    Application,
    ApplicationKind,
    AskedOffer,
    Candidacy,
    Newcomer,
    NewSchool,
    OtherGuardian,
    Paper,
    Signature,
)
from partners.models import Commune, Membership
from payments.models import AccountReading, BankAccount
from tickets.models import State, Ticket, Use
from wallets.models import Entry, Wallet

# What is told of each row. What is missing is no fact about a person, or a secret; the tests say which.
TOLD: dict[type[Model], tuple[str, ...]] = {
    User: (
        *("username", "first_name", "last_name", "email", "email_confirmed_at"),
        *("email_changed_at", "email_by_agent", "former_email"),
        *("address", "postcode", "city", "phone", *COLUMNS.values()),
        *("date_joined", "last_login", "access_code_at"),
    ),
    SignIn: ("at", "device"),
    Membership: ("role", "created_at", "seen_on", "warned_on", "closed_at"),
    LinkedIdentity: ("provider", "linked_at"),
    EmailChange: ("asked_at", "old", "new", "done_at"),
    AuditEntry: ("at", "action"),
    SecurityEvent: ("last_at", "kind", "times"),
    Reading: ("day",),
    Beneficiary: (
        "first_name",
        "last_name",
        "birth_year",
        "pupil_number",
        "grade",
        "is_enrolled",
    ),
    School: ("name", "uai"),
    Wallet: ("kind", "balance"),
    Entry: ("created_at", "label", "amount"),
    Newcomer: (
        *("first_name", "last_name", "birth_year", "grade", "other_school"),
        *("insee_code", "other_commune"),
    ),
    NewSchool: ("other_school", "grade", "since"),
    OtherGuardian: ("first_name", "last_name", "email", "invited_at", "joined_at"),
    Candidacy: (
        *("siret", "name", "legal_form", "rna", "address", "postcode", "phone", "email", "website"),
        *("capacity", "other_activities", "changed_at"),
    ),
    Signature: ("organisme", "siret", "name", "capacity", "email", "declared", "code_sent_at", "signed_at"),
    Application: ("kind", "sent_at", "state", "decided_at", "reason"),
    Paper: ("sent_at", "state", "fault"),
    Ticket: (
        *("number", "amount", "state", "created_at", "used_at", "cancelled_at"),
        *("credit_lost", "expired_at"),
    ),
}


class Movement(Decimal):
    """Euros that came or went."""


def held(user: User) -> dict[str, Any]:
    """The data held about somebody, in the words of the screens. Of the other guardians, only their names."""
    children = (
        Beneficiary.objects.accessible_to(user)
        .select_related("school")
        .prefetch_related(
            Prefetch("guardianships", Guardianship.objects.select_related("user")),
            Prefetch("wallets", Wallet.objects.in_order()),
            Prefetch("wallets__entries", Entry.objects.order_by("pk")),
            Prefetch("wallets__tickets", _tickets()),
            Prefetch("merged", _merged()),
            Prefetch("applications", _applications(user)),
        )
    )
    towns = dict(Commune.objects.values_list("pk", "name"))
    enrolments = list(_enrolments(user))
    candidacies = list(_candidacies(user))
    sent = (it.application for it in candidacies if it.application)
    asked = [*enrolments, *sent, *(it for child in children for it in child.applications.all())]
    papers = [it for one in asked for it in one.papers.all()]
    memberships = _memberships(user)
    acts, readings = _acts(user, *children), _readings(user, *children, *papers)
    return {
        "Fait le": timezone.now(),
        "Mon compte": {
            **_facts(user),
            "Connexions": [_facts(sign_in) for sign_in in user.sign_ins.all()],
            "Changements d’adresse e-mail": [_facts(change) for change in user.email_changes.order_by("pk")],
            "Identités associées": [_facts(it) for it in user.linked_identities.order_by("pk")],
            "E-mails envoyés": _mails(user),
            "Inscriptions demandées": [_enrolment(it, readings) for it in enrolments],
            "Affiliations demandées": [_candidacy(it, readings) for it in candidacies],
            "Changements de fiche demandés": _sheets(user, readings) if memberships else [],
            "Refus": [_facts(event) for event in SecurityEvent.objects.filter(user=user).order_by("pk")],
            "Actes d’agents": acts[subject_key(user)],
            "Fiche ouverte par un agent": readings[subject_key(user)],
            "Organismes": memberships,
            "Conventions signées": _signatures(user) if memberships or candidacies else [],
            "Comptes fusionnés": [
                {
                    **_facts(merged),
                    "Connexions": [_facts(sign_in) for sign_in in merged.sign_ins.all()],
                    "E-mails envoyés": _mails(merged),
                    "Organismes": _memberships(merged),
                    "Conventions signées": _signatures(merged),
                }
                for merged in user.merged.order_by("pk")
            ],
        },
        "Bénéficiaires": [
            _child(
                child,
                town=towns.get(child.insee_code, child.insee_code),
                acts=acts[subject_key(child)],
                readings=readings,
            )
            for child in children
        ],
    }


def _memberships(user: User) -> list[dict[str, Any]]:
    """The organismes that one acts or acted for: how many tickets one used there, when one asked for another
    bank account, or read its IBAN.
    """
    theirs = list(user.memberships.select_related("partner").order_by("pk"))
    if not theirs:
        return []
    used = Use.objects.filter(actor=user, undone_at=None).order_by().values_list("offer__partner")
    numbers = dict(used.annotate(number=Count("pk")))
    asked = BankAccount.objects.filter(asked_by=user).values_list("partner", "asked_at")
    read = AccountReading.objects.filter(actor=user).values_list("account__partner", "read_at")
    accounts, readings = _by_partner(asked.order_by("pk")), _by_partner(read.order_by("pk"))
    return [
        {
            "Organisme": it.partner.name,
            **_facts(it),
            "Tickets utilisés": numbers.get(it.partner_id, 0),
            "Comptes bancaires demandés": accounts[it.partner_id],
            "IBAN lus": readings[it.partner_id],
        }
        for it in theirs
    ]


def _by_partner(moments: Iterable[tuple[int, dt.datetime]]) -> dict[int, list[dt.datetime]]:
    found: dict[int, list[dt.datetime]] = defaultdict(list)
    for partner_id, moment in moments:
        found[partner_id].append(moment)
    return found


def _tickets() -> QuerySet[Ticket]:
    """With how often each was printed, and when last: a thousand printings are no thousand dates."""
    tickets = Ticket.objects.select_related("offer__partner", "offer__activity")
    return tickets.annotate(printings_count=Count("printings"), printed_at=Max("printings__created_at"))


def _applications(user: User) -> QuerySet[Application]:
    """As who guards the child; papers only of those that one sent, which another household never sees, and
    whom one asked for.
    """
    papers = Paper.objects.filter(application__sent_by=user).defer("sealed").order_by("pk")
    theirs = Application.objects.accessible_to(user).exclude(kind=ApplicationKind.ENROLMENT)
    theirs = theirs.exclude(~Q(sent_by=user), kind=ApplicationKind.GUARDIAN)
    theirs = theirs.select_related("campaign", "new_school__school", "other_guardian").order_by("number")
    return theirs.prefetch_related(Prefetch("papers", papers))


def _enrolments(user: User) -> QuerySet[Application]:
    papers = Paper.objects.defer("sealed").order_by("pk")
    theirs = Application.objects.enrolments_of(user).select_related("campaign", "newcomer__school")
    return theirs.order_by("number").prefetch_related(Prefetch("papers", papers))


def _enrolment(application: Application, readings: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    newcomer: Newcomer | None = getattr(application, "newcomer", None)
    said = {**_facts(newcomer), "Collège": newcomer.school_name} if newcomer else {}
    return {"Enfant": said, **_application(application, readings)}


def _candidacies(user: User) -> QuerySet[Candidacy]:
    """Drafts too."""
    papers = Paper.objects.defer("sealed").order_by("pk")
    theirs = Candidacy.objects.accessible_to(user).select_related("application__campaign", "commune")
    return theirs.order_by("pk").prefetch_related(
        Prefetch("application__papers", papers),
        Prefetch("offers", AskedOffer.objects.select_related("activity")),
    )


def _candidacy(candidacy: Candidacy, readings: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    return {
        **_facts(candidacy),
        "Commune": candidacy.commune.name if candidacy.commune else "",
        "Offres": [str(offer) for offer in candidacy.offers.all()],
        **({"Demande": _application(candidacy.application, readings)} if candidacy.application else {}),
    }


def _sheets(user: User, readings: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Of the organismes that one acts or acted for."""
    senders = User.objects.filter(Q(pk=user.pk) | Q(merged_into=user.pk))
    theirs = Application.objects.filter(kind=ApplicationKind.SHEET, sent_by__in=senders).order_by("number")
    theirs = theirs.select_related("partner", "new_sheet").prefetch_related("papers")
    return [
        {
            "Organisme": it.child_name,
            "Changements": [str(change) for change in (sheet_changes.asked(it.new_sheet) if it.said else [])],
            **_application(it, readings),
        }
        for it in theirs
    ]


def _signatures(user: User) -> list[dict[str, Any]]:
    """Only who asked for an organisme, or acts for one, has any."""
    theirs = Signature.objects.filter(account=user).select_related("convention").order_by("pk")
    return [{"Version": it.convention.title, **_facts(it)} for it in theirs]


def _application(application: Application, readings: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    asked: NewSchool | None = getattr(application, "new_school", None)
    other: OtherGuardian | None = getattr(application, "other_guardian", None)
    return {
        **_facts(application),
        **({"Personne": _facts(other)} if other else {}),
        **({"Nouveau collège": {**_facts(asked), "Collège": asked.school_name}} if asked else {}),
        **({"Campagne": application.campaign.name} if application.campaign else {}),
        "Papiers": [
            {**_facts(paper), "Ouvert par un agent": readings[subject_key(paper)]}
            for paper in application.papers.all()
        ],
    }


def _merged() -> QuerySet[Beneficiary]:
    """The other rows that were this child: their tickets are its own by now, their entries stay with them."""
    wallets = Prefetch("wallets", Wallet.objects.in_order())
    return Beneficiary.objects.order_by("pk").prefetch_related(
        wallets, Prefetch("wallets__entries", Entry.objects.order_by("pk")), "wallets__tickets"
    )


def _mails(user: User) -> list[dict[str, Any]]:
    """Those of the outbox that were written to this account, at whatever address it had. What they say is in
    the mail box.
    """
    mails = Email.objects.filter(addressees__account=user).order_by("pk")
    return [{"Date": mail.created, "Adresse": ", ".join(mail.to), "Objet": mail.subject} for mail in mails]


def _child(
    child: Beneficiary,
    *,
    town: str,
    acts: list[dict[str, Any]],
    readings: Mapping[str, list[dict[str, Any]]],
) -> dict[str, Any]:
    return {
        **_facts(child),
        "Commune": town,
        "Collège": _facts(child.school),
        "Responsables légaux": [str(guardianship.user) for guardianship in child.guardianships.all()],
        "Actes d’agents": acts,
        "Fiche ouverte par un agent": readings[subject_key(child)],
        "Porte-monnaie": [_wallet(wallet) for wallet in child.wallets.all()],
        "Demandes": [_application(application, readings) for application in child.applications.all()],
        "Fiches fusionnées": [
            {**_facts(it), "Porte-monnaie": [_wallet(wallet) for wallet in it.wallets.all()]}
            for it in child.merged.all()
        ],
    }


def _acts(*rows: Model) -> dict[str, list[dict[str, Any]]]:
    """What agents did to each. Their words stay in the journal: they may be about somebody else."""
    acts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in AuditEntry.objects.about(*rows).order_by("pk"):
        acts[entry.subject_key].append(_facts(entry))
    return acts


def _readings(*rows: Model) -> dict[str, list[dict[str, Any]]]:
    """The days on which agents opened each page; which agent is between them and the département."""
    days: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for reading in Reading.objects.filter(subject_key__in=map(subject_key, rows)).order_by("pk"):
        days[reading.subject_key].append(_facts(reading))
    return days


def _wallet(wallet: Wallet) -> dict[str, Any]:
    return {
        **_facts(wallet),
        "Campagne": wallet.campaign.name,
        "Écritures": [{**_facts(entry), "Montant": Movement(entry.amount)} for entry in wallet.entries.all()],
        "Tickets": [_ticket(ticket) for ticket in wallet.tickets.all()],
    }


def _ticket(ticket: Any) -> dict[str, Any]:
    """Of one of `_tickets`."""
    return {
        **_facts(ticket),
        # As of today, like on the screens.
        "État": ticket.state_label,
        "Expiré le": ticket.expired_at if ticket.displayed_state == State.EXPIRED else None,
        "Organisme": ticket.offer.partner.name if ticket.offer else "",
        "Activité": ticket.offer.activity.name if ticket.offer else "",
        "Impressions": ticket.printings_count,
        "Imprimé en dernier le": ticket.printed_at,
    }


def _facts(row: Model) -> dict[str, Any]:
    """What is told of a row: in the words of its choices, under the names that the administration uses."""
    told: dict[str, Any] = {}
    for name in TOLD[row._meta.model]:
        in_words = getattr(row, f"get_{name}_display", partial(getattr, row, name))
        told[str(capfirst(row._meta.get_field(name).verbose_name))] = in_words()  # type: ignore[union-attr]
    return told

"""The steps of `manage.py purge`, in order."""

import datetime as dt
from collections.abc import Collection

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.sessions.models import Session
from django.db.models import Sum
from django.utils import timezone
from post_office.models import Email

from accounts import signing_up
from accounts.audit import FORGOTTEN, AuditEntry
from accounts.models import SignIn
from accounts.proposals import Proposal
from accounts.security_log import Reading, SecurityEvent
from applications import retention as applications
from partners.models import Suggestion
from privacy import traces
from privacy.free_texts import forget_log
from privacy.models import KeptWords
from tickets.models import Reminder

from . import addresses, families, organismes
from .sweeps import Step, Sweep, delete


def _forget_lines(lines: Collection[AuditEntry]) -> int:
    return AuditEntry.objects.filter(pk__in=[line.pk for line in lines]).forget()


def _forget_log(lines: Collection[LogEntry]) -> int:
    return forget_log(LogEntry.objects.filter(pk__in=[line.pk for line in lines]))


class FreeTexts:
    """Mentions of erased people in free texts: one reading for all of a run, and of one that was stopped."""

    what = "Personnes cherchées dans les textes"

    def count(self, now: dt.datetime) -> int:
        left: int = KeptWords.objects.aggregate(people=Sum("people", default=0))["people"]
        return left + families.accounts_due(now).count() + families.children_due(now).count()

    def run(self, now: dt.datetime) -> int:
        return traces.forget_kept()


# Accounts before children: whose last child is gone would be due only when it is no longer used.
SWEEPS: list[Step] = [
    Sweep("Comptes de familles anonymisés", families.accounts_due, families.anonymise_accounts),
    Sweep("Enfants anonymisés", families.children_due, families.anonymise_children),
    FreeTexts(),
    Sweep(
        "Numéros d’enfants effacés à leur demande, oubliés",
        families.erased_numbers_due,
        families.forget_numbers,
    ),
    Sweep(
        "Lignes du journal sans nom ni motif désormais",
        lambda now: AuditEntry.objects.exclude(**FORGOTTEN).filter(at__lt=now - settings.KEEP_JOURNAL),
        _forget_lines,
    ),
    Sweep(
        "Actes proposés sans nom ni motif désormais",
        lambda now: Proposal.objects.exclude(subject=FORGOTTEN["subject"]).filter(
            proposed_at__lt=now - settings.KEEP_JOURNAL
        ),
        lambda proposals: Proposal.objects.filter(pk__in=[one.pk for one in proposals]).forget(),
    ),
    Sweep(
        "Modifications de fiches dont le nom est effacé",
        lambda now: LogEntry.objects.exclude(object_repr=FORGOTTEN["subject"]).filter(
            action_time__lt=now - settings.KEEP_JOURNAL
        ),
        _forget_log,
    ),
    Sweep(
        "Connexions oubliées",
        lambda now: SignIn.objects.filter(at__lt=now - settings.KEEP_SIGN_INS),
        delete,
    ),
    Sweep(
        "Refus oubliés",
        lambda now: SecurityEvent.objects.filter(last_at__lt=now - settings.KEEP_SECURITY_LOG),
        delete,
    ),
    Sweep(
        "Ouvertures de fiches oubliées",
        lambda now: Reading.objects.filter(at__lt=now - settings.KEEP_SECURITY_LOG),
        delete,
    ),
    Sweep("Demandes de compte sans suite, oubliées", signing_up.out_of_use, delete),
    Sweep("Demandes jamais complétées, retirées", applications.abandoned, applications.withdraw),
    Sweep("Papiers de demandes supprimés", applications.papers_due, applications.delete),
    Sweep("Organismes candidats, brouillons compris, oubliés", applications.candidacies_due, delete),
    Sweep("Codes de signature oubliés", applications.codes_due, delete),
    Sweep(
        "Signatures de demandes sans suite, sans nom désormais",
        applications.signatures_due,
        applications.forget_signatures,
    ),
    Sweep("Enfants d’inscriptions closes, oubliés", applications.newcomers_due, applications.forget),
    Sweep("Collèges demandés, oubliés", applications.new_schools_due, delete),
    Sweep("Changements de fiche demandés, oubliés", applications.new_sheets_due, delete),
    Sweep("Autres responsables demandés, oubliés", applications.other_guardians_due, delete),
    Sweep("Adresses e-mail d’avant oubliées", addresses.former_due, addresses.forget_former),
    Sweep("Changements d’adresse e-mail oubliés", addresses.changes_due, addresses.forget_changes),
    Sweep(
        "E-mails oubliés", lambda now: Email.objects.filter(created__lt=now - settings.KEEP_EMAILS), delete
    ),
    Sweep(
        "Rappels oubliés",
        lambda now: Reminder.objects.filter(
            last_ticket_on__lt=timezone.localdate(now) - settings.KEEP_EMAILS
        ),
        delete,
    ),
    Sweep(
        "Organismes proposés oubliés",
        lambda now: Suggestion.objects.filter(created_at__lt=now - settings.KEEP_SUGGESTIONS),
        delete,
    ),
    *organismes.SWEEPS,
    Sweep("Sessions finies", lambda now: Session.objects.filter(expire_date__lt=now), delete),
]


def register(step: Step) -> None:
    """Let a room further right forget too; called as its app is ready."""
    SWEEPS.append(step)

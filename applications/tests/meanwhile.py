"""What happens to an application between two looks of an agent, and what accepting it is refused for then."""

from accounts.erasure import anonymise_accounts
from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary
from applications import deciding, sending
from applications.exceptions import BeingRead, Moved, NoReadablePaper, PapersUnread
from applications.models import Paper, PaperState
from applications.tests.factories import make_decider


def withdrawn(application):
    sending.withdraw(application_id=application.pk, actor=application.sent_by)


def unread(application):
    Paper.objects.update(state=PaperState.RECEIVED)


def unreadable(application):
    Paper.objects.update(state=PaperState.REFUSED, sealed=b"", fault="Abîmé.")


def claimed(application):
    deciding.claim(application_id=application.pk, actor=make_decider())


def gone(application):
    anonymise_accounts([application.sent_by_id])


def merged(application):
    into = make_beneficiary(pupil_number="E0000001")
    Beneficiary.objects.filter(pk=application.beneficiary_id).update(merged_into=into, is_enrolled=False)


MEANWHILE = [
    (withdrawn, Moved),
    (unread, PapersUnread),
    (unreadable, NoReadablePaper),
    (claimed, BeingRead),
]
OF_A_CHILD = [*MEANWHILE, (merged, Moved)]

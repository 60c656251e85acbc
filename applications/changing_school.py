"""An agent accepts that a child goes to another collège.

Lock order: the child, then the application.
"""

from django.db import transaction

from accounts.models import Beneficiary, User

from . import children, deciding, mail
from .exceptions import Moved, NoSchool
from .models import Application, ApplicationKind, ApplicationState


@transaction.atomic
def accept_school(*, application_id: int, actor: User, school_id: str | None = None) -> tuple[str, str]:
    """Return where the child went, and where it goes. `school_id` is what an agent found of a collège that
    the family wrote by its name.

    One that had left the lists is enrolled again. Locks the child, the application. Raises Moved, BeingRead,
    PapersUnread, NoReadablePaper, NoSchool.
    """
    waiting = Application.objects.filter(kind=ApplicationKind.SCHOOL, state=ApplicationState.SENT)
    asked = waiting.filter(pk=application_id, new_school__isnull=False).select_related("new_school").first()
    if asked is None or asked.beneficiary_id is None:
        raise Moved
    uai = asked.new_school.school_id or school_id
    if uai is None:
        raise NoSchool
    child = children.lock(asked.beneficiary_id)
    before = place_of(child)
    Beneficiary.objects.filter(pk=child.pk).update(
        school_id=uai, grade=asked.new_school.grade, is_enrolled=True
    )
    child.refresh_from_db()
    deciding.accept_for(application_id, actor, beneficiary=child)
    mail.school_changed(application_id)
    return before, place_of(child)


def place_of(child: Beneficiary) -> str:
    left = "" if child.is_enrolled else ", non inscrit"
    return f"{child.school}, {child.get_grade_display()}{left}"

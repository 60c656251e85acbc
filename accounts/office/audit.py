"""The journal of what agents do to other people's accounts, money and tickets."""

from django.db.models import Model

from ..models import Action, AuditEntry, User, subject_key


def record(
    *,
    action: Action,
    subject: Model | None,
    reason: str,
    actor: User | None,
    details: str = "",
    name: str = "",
) -> None:
    """Write that `actor`, or a command, did it to `subject`. In the transaction of the deed itself.

    `name` is how people call the subject, where its own words are not enough; of a deed to many at once,
    which has no subject, it says to whom.
    """
    AuditEntry.objects.create(
        action=action,
        subject=(name or str(subject))[:160],
        subject_key=subject_key(subject) if subject else "",
        reason=reason,
        actor=actor,
        details=details[:300],
    )

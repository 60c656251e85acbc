"""The journal of what agents do to other people's accounts, money and tickets."""

from collections.abc import Sequence

from django.db.models import Model

from core.changes import Change, in_words, of_its_kind

from .models import Action, AuditEntry, User, subject_key

# What is longer is cut: the journal tells what was changed, it keeps no texts.
LONGEST = 300


def record(
    *,
    action: Action,
    subject: Model | None,
    reason: str,
    actor: User | None,
    details: str = "",
    name: str = "",
    changes: Sequence[Change] = (),
) -> None:
    """Write that `actor`, or a command, did it to `subject`. In the transaction of the deed itself.

    `name` is how people call the subject, where its own words are not enough; of a deed to many at once,
    which has no subject, it says to whom.
    """
    AuditEntry.objects.create(
        action=action,
        subject=(name or str(subject))[:160],
        subject_key=subject_key(subject) if subject else "",
        concerns=getattr(subject, "concerns", "")[:200],
        reason=reason[:LONGEST],
        actor=actor,
        details=details[:LONGEST],
        changes=[[text[:LONGEST] for text in change] for change in changes],
    )


def values(row: Model, names: Sequence[str]) -> dict[str, str]:
    """What these columns of a row say, by their labels: to be compared once a deed is done."""
    fields = [row._meta.get_field(name) for name in names]
    return {str(field.verbose_name): shown(row, field.name) for field in fields}  # type: ignore[union-attr]


def shown(row: Model, name: str) -> str:
    """A column as people read it."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name)
    return of_its_kind(row._meta.get_field(name), value) or in_words(value)


def compared(before: dict[str, str], after: dict[str, str]) -> list[Change]:
    return [
        (label, was, after.get(label, "")) for label, was in before.items() if was != after.get(label, "")
    ]

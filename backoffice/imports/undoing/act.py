"""The act that takes an import back."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.acts.act import Act, AlreadyDone
from backoffice.acts.forms import TypedForm
from backoffice.facts.about import About
from backoffice.imports import contacts, jobs
from backoffice.imports.importers import undo_of
from backoffice.imports.roster.leaving import MANY
from backoffice.imports.striking_off import done_at
from backoffice.models import Import, Stage
from core.formats import counted_in_french, jour

from . import stays

BUILT_ON = (
    "Ce qui a servi depuis est laissé\N{NO-BREAK SPACE}: un enfant qui a un porte-monnaie, un compte ouvert "
    "ou invité, un organisme qui a un ticket, et tout ce qu’un agent ou un autre import a changé depuis."
)
STAY = (
    "Les adresses e-mail et les téléphones écrits à la demande restent. La page de l’import a un autre acte "
    "pour y revenir\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}Remettre les coordonnées "
    "d’avant\N{NO-BREAK SPACE}»."
)


def may_be_undone(job: Import) -> bool:
    return job.stage == Stage.DONE and (job.written.exists() or job.struck_off.exists())


def is_large(job: Import) -> bool:
    """By what it wrote, which no longer changes."""
    rows = job.written.all()
    return sum(len(it.made) + len(it.changed) for it in rows) + job.struck_off.count() > MANY


class UndoForm(TypedForm):
    """The name of the file is typed where much goes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_large(self.subject):
            del self.fields["typed"]


def about(job: Import, said: dict[str, Any] | None) -> About:
    parts = [*undo_of(job).parts()]
    facts = [("Fichier", job.name), ("Fait le", jour(done_at(job)))]
    if written := contacts.written(job).count():
        facts.append(("Coordonnées écrites à la demande", f"{counted_in_french(written, 'ligne')}, laissées"))
    warnings = [BUILT_ON] if any(part.left for part in parts) else []
    return About(
        facts=[*facts, *((part.what, part.told) for part in parts)],
        warnings=[*warnings, STAY] if written else warnings,
        lists=[*stays.shown(stays.as_kept(parts))],
    )


def _why_idle(job: Import) -> str:
    return "" if any(part.count for part in undo_of(job).parts()) else "tout ce qu’il a écrit a servi depuis"


def run(job: Import, agent: User, said: dict[str, Any]) -> str:
    """In the transaction of the act; the worker does it. Raises AlreadyDone."""
    if not jobs.undo(import_id=job.pk, reason=said["reason"], actor=agent):
        raise AlreadyDone
    return "l’annulation commence"


ACT = Act(
    "annuler-l-import",
    "Annuler cet import",
    Action.IMPORT_UNDONE,
    "accounts.import_lists",
    "Ce qu’il a créé est enlevé, ce qu’il a modifié redevient ce que c’était, ceux qu’il a désinscrits sont "
    "de nouveau inscrits.",
    run,
    UndoForm,
    applies=may_be_undone,
    idle=_why_idle,
    weighs=about,
    needs_second=lambda job, said: is_large(job),
    undo="Importez le fichier de nouveau.",
)

"""The act that puts back the e-mail addresses and telephones that an import was asked to write."""

from typing import Any

from accounts.audit import Action
from accounts.models import User
from backoffice.acts.act import Act, AlreadyDone
from backoffice.facts.about import About, Unfolded
from backoffice.models import Import, Stage
from core.formats import counted_in_french
from core.money import NBSP

from . import contacts
from .line_page import MAY_ASK

NAMED = 50


def _about(job: Import, said: dict[str, Any] | None) -> About:
    lines = contacts.written(job)
    count = lines.count()
    names = [
        f"{contact['called']}{NBSP}: {contact['after']} → {contact['before'] or 'rien'}"
        for line in lines.order_by("number")[:NAMED]
        for contact in line.said.get("contacts", ())
        if contact.get("came") == contacts.WRITTEN
    ]
    facts = [("Fichier", job.name), ("Lignes dont les coordonnées ont été écrites", count)]
    return About(facts, lists=[Unfolded("Ce qui redevient ce que c’était", names, max(count - NAMED, 0))])


def _run(job: Import, agent: User, said: dict[str, Any]) -> str:
    """In the transaction of the act; tasks do it. Raises AlreadyDone."""
    if not (lines := contacts.put_back(import_id=job.pk, reason=said["reason"], actor=agent)):
        raise AlreadyDone
    return f"coordonnées d’avant, remises compte par compte{NBSP}: {counted_in_french(lines, 'ligne')}"


def _applies(job: Import) -> bool:
    return job.stage in {Stage.DONE, Stage.UNDONE, Stage.PARTLY} and contacts.written(job).exists()


PUT_BACK = Act(
    "remettre-les-coordonnees",
    "Remettre les coordonnées d’avant",
    Action.CHANGED,
    MAY_ASK,
    "Chaque compte retrouve l’adresse e-mail et le téléphone d’avant l’import, sauf s’il a changé depuis. "
    "Les deux adresses e-mail sont prévenues, comme pour tout changement\N{NO-BREAK SPACE}; celle d’avant "
    "sera à confirmer de nouveau.",
    _run,
    applies=_applies,
    weighs=_about,
    undo="Récrivez-les sur la fiche de chaque compte\N{NO-BREAK SPACE}: le journal les garde.",
)

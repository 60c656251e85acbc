"""The act on a child: merging a second row of it into the first."""

from typing import Any

from accounts import audit
from accounts.audit import Action
from accounts.models import Beneficiary, User
from applications import merging as applications
from backoffice.facts import child_merges
from core.money import NBSP, ZERO, euros
from tickets.child_merge import Merged, merge_children

from .act import Act
from .child_merge_form import IntoChildForm

SHOWN = ["is_enrolled", "school", "grade", "insee_code", "user"]


def _merge(child: Beneficiary, agent: User, said: dict[str, Any]) -> str:
    kept: Beneficiary = said["kept"]
    before = audit.values(kept, SHOWN)
    told = _told(merge_children(double_id=child.pk, kept_id=kept.pk))
    applications.move(double_id=child.pk, kept_id=kept.pk)
    after = audit.values(Beneficiary.objects.get(pk=kept.pk), SHOWN)
    audit.record(
        action=Action.MERGED,
        subject=kept,
        reason=said["reason"],
        actor=agent,
        details=f"{child.concerns} → cette fiche, {told}",
        changes=audit.compared(before, after),
    )
    return f"→ {kept.concerns}, {told}"


def _told(merged: Merged) -> str:
    """In euros and persons: names are on the pages."""
    taken = sum((pair.taken_back for pair in merged.pairs), ZERO)
    overspent = sum((pair.overspent for pair in merged.pairs), ZERO)
    parts = [f"tickets{NBSP}: {merged.tickets}", f"dotation reprise{NBSP}: {euros(taken)}"]
    if overspent:
        parts.append(f"dépensé en trop{NBSP}: {euros(overspent)}")
    if merged.came:
        parts.append(f"responsables venus{NBSP}: {', '.join(user.username for user in merged.came)}")
    return ", ".join(parts)


MERGE = Act(
    "fusionner",
    "Fusionner dans une autre fiche",
    Action.MERGED,
    "wallets.correct_wallet",
    "Pour deux fiches d’un même enfant. Celle-ci s’efface\N{NO-BREAK SPACE}: ses tickets, ses responsables "
    "et ce qu’ils ont dépensé passent à la fiche gardée, par des écritures contraires. Les responsables "
    "déjà là en sont prévenus. Cela ne se défait pas.",
    _merge,
    IntoChildForm,
    weighs=child_merges.merge,
    needs_second=child_merges.takes_two,
    is_final=True,
)

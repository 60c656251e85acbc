"""The act on an account: merging it into another one of the same adult."""

from typing import Any

from accounts import audit
from accounts.account_merge import Merged, is_mergeable, merge_accounts
from accounts.audit import Action
from accounts.models import User
from backoffice.facts import account_merges
from partners import merged_members

from .account_merge_form import IntoAccountForm
from .act import Act

SHOWN = ["email", "phone", "address", "postcode", "city"]


def _merge(user: User, agent: User, said: dict[str, Any]) -> str:
    kept: User = said["kept"]
    before = audit.values(User.objects.get(pk=kept.pk), SHOWN)
    told = _told(merge_accounts(double_id=user.pk, kept_id=kept.pk))
    merged_members.move_account(double_id=user.pk, kept_id=kept.pk)
    audit.record(
        action=Action.MERGED,
        subject=kept,
        reason=said["reason"],
        actor=agent,
        details=f"{user.username} → ce compte, {told}",
        changes=audit.compared(before, audit.values(User.objects.get(pk=kept.pk), SHOWN)),
    )
    return f"→ {kept.username}, {told}"


def _told(merged: Merged) -> str:
    children = ", ".join(str(child) for child in merged.children) or "aucun"
    return f"enfants qui s’y ajoutent\N{NO-BREAK SPACE}: {children}"


MERGE = Act(
    "fusionner",
    "Fusionner dans un autre compte",
    Action.MERGED,
    "accounts.close_account",
    "Pour deux comptes d’une même personne. Gardez celui dont elle se sert\N{NO-BREAK SPACE}: il suit les "
    "enfants des deux, l’autre est fermé. Ses adresses e-mail sont prévenues. Cela ne se défait pas.",
    _merge,
    IntoAccountForm,
    applies=is_mergeable,
    weighs=account_merges.merge,
    needs_second=account_merges.takes_two,
    is_final=True,
)

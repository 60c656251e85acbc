"""The act on an organisme: merging it into another one."""

from decimal import Decimal
from typing import Any

from accounts import audit
from accounts.audit import Action
from accounts.models import User
from applications import sheets
from backoffice.facts import partners
from core.formats import counted_in_french
from core.money import euros
from partners.models import Partner
from payments.bank_accounts import merging as bank_accounts
from tickets.partner_merge import held_by, merge_partners

from .act import Act
from .partner_merge_form import IntoPartnerForm

# In euros of tickets: what moves more waits for a second agent.
ONE_AGENT = Decimal(1000)
SHOWN = ["name", "siret", "rna", "address", "postcode", "phone", "email", "website", "latitude", "longitude"]


def _merge(partner: Partner, agent: User, said: dict[str, Any]) -> str:
    kept: Partner = said["kept"]
    before = audit.values(kept, SHOWN)
    held = merge_partners(double_id=partner.pk, kept_id=kept.pk)
    bank_accounts.move(double_id=partner.pk, kept_id=kept.pk)
    sheets.move(double_id=partner.pk, kept_id=kept.pk)
    kept.refresh_from_db()
    told = f"{counted_in_french(held.tickets, 'ticket')}, {euros(held.euros)}"
    audit.record(
        action=Action.MERGED,
        subject=kept,
        reason=said["reason"],
        actor=agent,
        details=f"{partner} (fiche {partner.pk}) → cette fiche, {told}",
        changes=audit.compared(before, audit.values(kept, SHOWN)),
    )
    return f"→ {kept} (fiche {kept.pk}), {told}"


def _takes_two(partner: Partner, said: dict[str, Any]) -> bool:
    return held_by(partner.pk).euros > ONE_AGENT


ACTS = [
    Act(
        "fusionner",
        "Fusionner dans un autre organisme",
        Action.MERGED,
        "partners.change_partner",
        "Pour deux fiches d’un même organisme. Les tickets et les activités de celle-ci passent à celle que "
        "vous gardez\N{NO-BREAK SPACE}; les mouvements des familles et le journal restent tels quels. "
        "Cela ne se défait pas.",
        _merge,
        IntoPartnerForm,
        applies=lambda partner: partner.merged_into_id is None,
        weighs=partners.merging,
        needs_second=_takes_two,
        is_final=True,
    ),
]

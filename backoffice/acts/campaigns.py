"""The acts on a campaign: opening, closing, their opposites, the ceiling of a correction."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.audit import Action
from accounts.models import User
from backoffice.facts import campaigns as facts
from core.money import NBSP, euros
from wallets import campaigns
from wallets.models import Campaign, Entry, Wallet

from .act import Act, LongAct
from .campaign_forms import CeilingForm, OpeningForm
from .forms import TypedForm

# Some seconds of work.
BATCH = 2_000


def _raise_ceiling(campaign: Campaign, agent: User, said: dict[str, Any]) -> str:
    before = campaigns.raise_ceiling(campaign_id=campaign.pk, ceiling=said["ceiling"])
    return f"{euros(before)} → {euros(said['ceiling'])}"


def _in_batches(do: Callable[..., campaigns.Moved]) -> Callable[..., campaigns.Moved]:
    def batch(campaign: Campaign, agent: User, said: dict[str, Any]) -> campaigns.Moved:
        return do(campaign_id=campaign.pk, limit=BATCH, actor=agent)

    return batch


def _nothing(rows: QuerySet[Any], reason: str) -> str:
    return "" if rows.exists() else reason


def _counted(one: str, many: str) -> Callable[[int, Decimal], str]:
    return lambda count, moved: f"{facts.number(count)} {many if count > 1 else one}, {euros(moved)}"


ACTS = [
    LongAct(
        "ouvrir",
        "Ouvrir la campagne",
        Action.CAMPAIGN_OPENED,
        "wallets.run_campaign",
        "Chaque enfant inscrit qui n’a rien reçu de cette campagne reçoit ses deux porte-monnaie.",
        _in_batches(campaigns.open_campaign),
        OpeningForm,
        applies=lambda campaign: timezone.localdate() <= campaign.last_ticket_on,
        idle=lambda campaign: _nothing(campaigns.without_wallets(campaign.pk), "aucun enfant à doter"),
        weighs=facts.of_opening,
        left=lambda campaign: campaigns.without_wallets(campaign.pk).count(),
        of_what=(
            "enfant inscrit n’a pas encore de porte-monnaie",
            "enfants inscrits n’ont pas encore de porte-monnaie",
        ),
        tells=_counted("enfant doté", "enfants dotés"),
        undo="Annulez l’ouverture, tant qu’aucun ticket n’a été créé.",
    ),
    LongAct(
        "annuler-l-ouverture",
        "Annuler l’ouverture",
        Action.OPENING_UNDONE,
        "wallets.run_campaign",
        "Tout ce que cette campagne a donné est repris, par des écritures contraires que les familles "
        "voient. C’est possible tant qu’aucun ticket n’a été créé. La campagne peut ensuite ouvrir de "
        "nouveau.",
        _in_batches(campaigns.undo_opening),
        TypedForm,
        applies=lambda campaign: (
            Wallet.objects.opened(campaign.pk).exists() and not Entry.objects.spent_in(campaign.pk)
        ),
        weighs=facts.of_undoing,
        left=lambda campaign: Wallet.objects.opened(campaign.pk).count(),
        of_what=("porte-monnaie à reprendre", "porte-monnaie à reprendre"),
        tells=_counted("porte-monnaie repris", "porte-monnaie repris"),
        undo="Ouvrez-la de nouveau.",
    ),
    LongAct(
        "clore",
        "Clore la campagne",
        Action.CAMPAIGN_CLOSED,
        "wallets.run_campaign",
        "Ce qui n’a pas été dépensé s’éteint. Les tickets déjà créés servent jusqu’à leur date.",
        _in_batches(campaigns.close_campaign),
        TypedForm,
        applies=lambda campaign: timezone.localdate() > campaign.last_ticket_on,
        idle=lambda campaign: _nothing(Wallet.objects.unspent(campaign.pk), "plus aucun crédit"),
        weighs=facts.of_closing,
        left=lambda campaign: Wallet.objects.unspent(campaign.pk).count(),
        of_what=("porte-monnaie a encore un solde", "porte-monnaie ont encore un solde"),
        tells=_counted("porte-monnaie vidé", "porte-monnaie vidés"),
        undo=f"Rouvrez-la{NBSP}: chacun retrouve ce crédit.",
    ),
    LongAct(
        "rouvrir",
        "Rouvrir la campagne",
        Action.CAMPAIGN_REOPENED,
        "wallets.run_campaign",
        "Chaque porte-monnaie retrouve ce que la clôture a éteint, par une écriture contraire. "
        "Ce que des familles effacées ont abandonné ne revient pas.",
        _in_batches(campaigns.reopen_campaign),
        TypedForm,
        applies=lambda campaign: Wallet.objects.closed(campaign.pk).exists(),
        weighs=facts.of_reopening,
        left=lambda campaign: Wallet.objects.closed(campaign.pk).count(),
        of_what=("porte-monnaie à rétablir", "porte-monnaie à rétablir"),
        tells=_counted("porte-monnaie rétabli", "porte-monnaie rétablis"),
        undo="Remettez ses dates, puis clôturez-la de nouveau.",
    ),
    Act(
        "relever-le-plafond",
        "Relever le plafond d’une correction",
        Action.CEILING_RAISED,
        "wallets.run_campaign",
        "Jusqu’au plafond, un agent corrige seul un porte-monnaie de cette campagne.",
        _raise_ceiling,
        CeilingForm,
        weighs=facts.of_ceiling,
        needs_second=lambda campaign, said: True,
        undo="Baissez-le sur la page de la campagne, seul.",
    ),
]

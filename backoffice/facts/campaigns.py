"""The effect of an act on a campaign, in children and euros, shown before it is done."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import Grade
from core.money import NBSP, ZERO, euros
from wallets.campaigns import without_wallets
from wallets.models import Campaign, Entry, Kind, Wallet

from .about import About, Facts

# How the journal tells that a roster was the complete list (`backoffice.imports.jobs`).
COMPLETE_LIST = "Liste complète"


def number(count: int) -> str:
    return f"{count:,}".replace(",", NBSP)


def of_opening(campaign: Campaign, cleaned: dict[str, Any] | None) -> About:
    children = without_wallets(campaign.pk)
    count, today = children.count(), timezone.localdate()
    shares = {Kind.SPORT: campaign.larger_share, Kind.CULTURE: campaign.smaller_share}
    total = count * sum(shares.values(), ZERO)
    facts: Facts = [
        ("Enfants inscrits, sans porte-monnaie", number(count)),
        ("dont en 3e", number(children.filter(grade=Grade.TROISIEME).count())),
        *((kind.label, _times(count, share)) for kind, share in shares.items()),
        ("En tout, les familles reçoivent", euros(total)),
        ("Par enfant", euros(sum(shares.values(), ZERO))),
        *_previous(campaign, Entry.objects.opened_with(), "sans supplément ni correction"),
        ("Dernière liste complète des élèves", _last_complete_list()),
    ]
    warnings = []
    if today < campaign.opens_on:
        warnings.append(
            f"Cette campagne n’ouvre que le {campaign.opens_on:%d/%m/%Y}{NBSP}: qui sera inscrit d’ici "
            "là, à la rentrée, n’est peut-être pas encore dans la liste."
        )
    if (previous := previous_of(campaign)) and is_out_of_proportion(campaign, previous):
        warnings.append(f"Ces montants dépassent trois fois ceux de la campagne {previous}.")
    return About(facts=facts, warnings=warnings)


def _times(count: int, share: Decimal) -> str:
    return f"{number(count)} × {euros(share)} = {euros(count * share)}"


def previous_of(campaign: Campaign) -> Campaign | None:
    return Campaign.objects.filter(opens_on__lt=campaign.opens_on).exclude(pk=campaign.pk).first()


def is_out_of_proportion(campaign: Campaign, previous: Campaign) -> bool:
    return any(
        getattr(campaign, name) > 3 * getattr(previous, name) for name in ("larger_share", "smaller_share")
    )


def _previous(campaign: Campaign, entries: QuerySet[Entry], which: str) -> Facts:
    """What the same act came to, the year before, and nothing else of that year."""
    if not (previous := previous_of(campaign)):
        return [("Campagne précédente", "aucune")]
    moved = entries.filter(wallet__campaign=previous).aggregate(
        sum=Coalesce(Sum("amount"), ZERO), children=Count("wallet__beneficiary", distinct=True)
    )
    who = f"{number(moved['children'])} enfant{'s' if moved['children'] > 1 else ''}"
    return [(f"Campagne précédente, {previous} ({which})", f"{euros(abs(moved['sum']))}, {who}")]


def _last_complete_list() -> str:
    lists = AuditEntry.objects.filter(action=Action.FILE_IMPORTED, details__startswith=COMPLETE_LIST)
    last = lists.order_by("-pk").values_list("at", flat=True).first()
    return f"importée le {timezone.localtime(last):%d/%m/%Y}" if last else "aucune au journal"


def of_undoing(campaign: Campaign, cleaned: dict[str, Any] | None) -> About:
    wallets = Wallet.objects.opened(campaign.pk)
    return About(
        facts=[
            *_by_kind(wallets),
            ("Enfants", _children(wallets)),
            ("En tout, les familles perdent", euros(_sum(wallets))),
        ],
        warnings=[
            f"Les porte-monnaie restent, à {euros(ZERO)}, jusqu’à ce que la campagne ouvre de nouveau."
        ],
    )


def of_closing(campaign: Campaign, cleaned: dict[str, Any] | None) -> About:
    wallets = Wallet.objects.unspent(campaign.pk)
    return About(
        facts=[
            *_by_kind(wallets),
            ("Enfants", _children(wallets)),
            ("En tout, les familles perdent", euros(_sum(wallets))),
            ("Dernier jour pour créer un ticket", f"{campaign.last_ticket_on:%d/%m/%Y}"),
            *_previous(campaign, Entry.objects.lapsed_by_closing(), "à la clôture"),
        ]
    )


def of_reopening(campaign: Campaign, cleaned: dict[str, Any] | None) -> About:
    lapses = Entry.objects.lapsed_by_closing().filter(
        wallet__campaign=campaign, wallet__beneficiary__anonymised_at=None
    )
    sums = {row["wallet__kind"]: row for row in _grouped(lapses, "wallet__kind", "amount", "wallet")}
    total = sum((row["sum"] for row in sums.values()), ZERO)
    warnings = []
    if timezone.localdate() > campaign.last_ticket_on:
        warnings.append(
            f"Le dernier jour pour créer un ticket, le {campaign.last_ticket_on:%d/%m/%Y}, est passé{NBSP}: "
            "sans une autre date, les familles verront ce crédit et ne pourront pas s’en servir."
        )
    return About(
        facts=[
            *((kind.label, _wallets(sums.get(kind.value))) for kind in Kind),
            ("Enfants", number(lapses.aggregate(n=Count("wallet__beneficiary", distinct=True))["n"])),
            ("En tout, les familles retrouvent", euros(-total)),
        ],
        warnings=warnings,
    )


def of_ceiling(campaign: Campaign, cleaned: dict[str, Any] | None) -> About:
    before = euros(campaign.correction_ceiling)
    after = f"{before} → {euros(cleaned['ceiling'])}" if cleaned else before
    wallets = number(Wallet.objects.filter(campaign=campaign).count())
    facts: Facts = [("Plafond d’une correction", after), ("Porte-monnaie de la campagne", wallets)]
    warnings = []
    if cleaned:
        warnings = [f"Un agent seul pourra corriger jusqu’à {euros(cleaned['ceiling'])} par porte-monnaie."]
    return About(facts=facts, warnings=warnings)


def _by_kind(wallets: QuerySet[Wallet]) -> Facts:
    sums = {row["kind"]: row for row in _grouped(wallets, "kind", "balance", "pk")}
    return [(kind.label, _wallets(sums.get(kind.value))) for kind in Kind]


def _grouped(rows: QuerySet[Any], by: str, amount: str, counted: str) -> Iterable[dict[str, Any]]:
    counts = Count(counted, distinct=True)
    grouped: Iterable[dict[str, Any]] = rows.order_by().values(by).annotate(sum=Sum(amount), n=counts)
    return grouped


def _wallets(row: dict[str, Any] | None) -> str:
    return f"{number(row['n'])} porte-monnaie, {euros(abs(row['sum']))}" if row else "aucun"


def _children(wallets: QuerySet[Wallet]) -> str:
    return number(wallets.aggregate(n=Count("beneficiary", distinct=True))["n"])


def _sum(wallets: QuerySet[Wallet]) -> Decimal:
    total: Decimal = wallets.aggregate(sum=Sum("balance"))["sum"] or ZERO
    return total

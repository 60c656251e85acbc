"""What an act on a campaign or a wallet changes, in children and in euros: read before it is done."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import Grade
from core.money import NBSP, ZERO, euros
from wallets.campaigns import without_wallets
from wallets.models import SUPPLEMENT, Campaign, Entry, Kind, Wallet
from wallets.reading import WalletBreakdown, breakdown, breakdowns

from .acts import About

# How the journal tells that a roster was the complete list (`backoffice.imports.jobs`).
COMPLETE_LIST = "Liste complète"
Facts = list[tuple[str, object]]


def number(count: int) -> str:
    return f"{count:,}".replace(",", NBSP)


def of_opening(campaign: Campaign, said: dict[str, Any] | None) -> About:
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


def of_undoing(campaign: Campaign, said: dict[str, Any] | None) -> About:
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


def of_closing(campaign: Campaign, said: dict[str, Any] | None) -> About:
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


def of_reopening(campaign: Campaign, said: dict[str, Any] | None) -> About:
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


def of_ceiling(campaign: Campaign, said: dict[str, Any] | None) -> About:
    before = euros(campaign.correction_ceiling)
    after = f"{before} → {euros(said['ceiling'])}" if said else before
    wallets = number(Wallet.objects.filter(campaign=campaign).count())
    facts: Facts = [("Plafond d’une correction", after), ("Porte-monnaie de la campagne", wallets)]
    warnings = []
    if said:
        warnings = [f"Un agent seul pourra corriger jusqu’à {euros(said['ceiling'])} par porte-monnaie."]
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


# --- One child's wallets ------------------------------------------------------------------------


def of_correction(wallet: Wallet, said: dict[str, Any] | None) -> About:
    campaign, amount, before = wallet.campaign, ZERO, wallet.balance
    facts, warnings = _whose(wallet), []
    if said:
        amount = correction_in(said)
        # Sent twice, the form tells twice of the same.
        before -= sum((entry.amount for entry in breakdown(wallet).granted_under(said["key"].hex)), ZERO)
    facts.append((str(wallet), euros(before)))
    if said:
        facts += [("Correction", euros(amount)), ("Solde après", euros(before + amount))]
    if timezone.localdate() > campaign.last_ticket_on:
        warnings.append(
            f"La campagne {campaign} ne prend plus de tickets{NBSP}: un crédit y serait perdu, il est refusé."
        )
    if said and passes_ceiling(wallet, said):
        ceiling = euros(campaign.correction_ceiling)
        warnings.append(
            f"Avec les corrections d’avant, plus que le plafond, {ceiling}{NBSP}: "
            "un second agent doit confirmer."
        )
    return About(facts=facts, warnings=warnings)


def why_no_correction(wallet: Wallet) -> str:
    """A campaign that is over takes no credit, and what is empty no debit."""
    is_over = timezone.localdate() > wallet.campaign.last_ticket_on
    return "campagne finie, porte-monnaie vide" if is_over and not wallet.balance else ""


def _whose(wallet: Wallet) -> Facts:
    child = wallet.beneficiary
    return [
        ("Enfant", f"{child}, né(e) en {child.birth_year}, {child.school}"),
        ("Numéro d’élève", child.pupil_number),
        ("Campagne", f"{wallet.campaign}, tickets jusqu’au {wallet.campaign.last_ticket_on:%d/%m/%Y}"),
    ]


def correction_in(said: dict[str, Any]) -> Decimal:
    """Signed: what the form of a correction says."""
    amount: Decimal = said["amount"]
    return amount if said["way"] == "credit" else -amount


def passes_ceiling(wallet: Wallet, said: dict[str, Any]) -> bool:
    """Whether this correction and those before it, of the same sign, pass what one agent may do alone.

    Of the wallet, not of the form: a ceiling on each alone would be passed in slices.
    """
    amount = correction_in(said)
    before = Entry.objects.corrections_like(wallet.pk, amount).exclude(grant_key=said["key"].hex)
    so_far = before.aggregate(total=Coalesce(Sum("amount"), ZERO))["total"]
    return bool(abs(so_far + amount) > wallet.campaign.correction_ceiling)


def supplement_passes_ceiling(wallet: Wallet, said: dict[str, Any]) -> bool:
    """A supplement is set by one agent, in the campaign, and may be of one child: it is no way round."""
    return bool(wallet.campaign.supplement > wallet.campaign.correction_ceiling)


def _on_both(wallet: Wallet, change: Callable[[WalletBreakdown], Decimal]) -> About:
    theirs = Wallet.objects.filter(beneficiary=wallet.beneficiary_id, campaign=wallet.campaign_id)
    both = breakdowns(theirs.in_order())
    lines = [(str(one.wallet), _before_and_after(one.wallet.balance, change(one))) for one in both]
    return About(facts=[*_whose(wallet), *lines])


def _before_and_after(balance: Decimal, change: Decimal) -> str:
    return f"{euros(balance)} → {euros(balance + change)}"


def of_supplement(wallet: Wallet, said: dict[str, Any] | None) -> About:
    return _on_both(wallet, lambda one: wallet.campaign.supplement)


def of_taking_back(wallet: Wallet, said: dict[str, Any] | None) -> About:
    return _on_both(wallet, lambda one: -sum((entry.amount for entry in one.standing(SUPPLEMENT)), ZERO))

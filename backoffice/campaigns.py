"""Campaigns are set here; money is only looked at, and corrected with a reason."""

import uuid
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from accounts.audit import Action
from accounts.models import User
from core.money import euros
from wallets import campaigns, services, supplements
from wallets.exceptions import CeilingNotRaised
from wallets.forms import AmountField
from wallets.models import Campaign, Entry, Wallet

from . import about_campaigns as about
from . import proposals
from .act_pages import ActsAdmin
from .acts import Act, AlreadyDone, LongAct, ReadOnly, ReadOnlyAdmin, ReasonForm, TypedForm
from .campaign_form import CampaignForm
from .exports import ExportAdmin


class CorrectionForm(ReasonForm):
    CREDIT, DEBIT = "credit", "debit"

    way = forms.ChoiceField(
        label="Sens",
        widget=forms.RadioSelect,
        choices=[(CREDIT, "Créditer le porte-monnaie"), (DEBIT, "Débiter le porte-monnaie")],
    )
    amount = AmountField(label="Montant, en euros")
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise ValidationError("Saisissez un montant plus grand que zéro.")
        return amount


def _correct(wallet: Wallet, agent: User, said: dict[str, Any]) -> str:
    amount = about.correction_in(said)
    Wallet.objects.locked().get(pk=wallet.pk)
    again = Entry.objects.filter(wallet=wallet, grant_key=said["key"].hex).exists()
    services.correct(wallet_id=wallet.pk, amount=amount, key=said["key"], actor=agent)
    if again:
        raise AlreadyDone
    return euros(amount)


# Some seconds of work.
BATCH = 2_000


class OpeningForm(TypedForm):
    """Before its day, a campaign opens only for who says so."""

    too_early = forms.BooleanField(label="Ouvrir avant le jour prévu, pour les enfants inscrits aujourd’hui")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if timezone.localdate() >= self.subject.opens_on:
            del self.fields["too_early"]


class CeilingForm(ReasonForm):
    ceiling = AmountField(label="Nouveau plafond, en euros")

    def clean_ceiling(self) -> Decimal:
        ceiling: Decimal = self.cleaned_data["ceiling"]
        if ceiling <= self.subject.correction_ceiling:
            raise ValidationError(CeilingNotRaised.sentence)
        return ceiling


def _raise_ceiling(campaign: Campaign, agent: User, said: dict[str, Any]) -> str:
    before = campaigns.raise_ceiling(campaign_id=campaign.pk, ceiling=said["ceiling"])
    return f"{euros(before)} → {euros(said['ceiling'])}"


def _in_batches(do: Callable[..., campaigns.Moved]) -> Callable[..., campaigns.Moved]:
    def batch(campaign: Campaign, agent: User, said: dict[str, Any]) -> campaigns.Moved:
        return do(campaign_id=campaign.pk, limit=BATCH, actor=agent)

    return batch


def _nothing(rows: QuerySet[Any], reason: str) -> str:
    return "" if rows.exists() else reason


def _told(one: str, many: str) -> Callable[[int, Decimal], str]:
    return lambda count, moved: f"{about.number(count)} {many if count > 1 else one}, {euros(moved)}"


def _grant_supplement(wallet: Wallet, agent: User, said: dict[str, Any]) -> str:
    entries = supplements.grant_supplement(
        beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
    )
    return " + ".join(euros(entry.amount) for entry in entries)


def _take_back_supplement(wallet: Wallet, agent: User, said: dict[str, Any]) -> str:
    entries = supplements.take_back_supplement(
        beneficiary_id=wallet.beneficiary_id, campaign_id=wallet.campaign_id, actor=agent
    )
    return " + ".join(euros(-entry.amount) for entry in entries)


@admin.register(Campaign)
class CampaignAdmin(ActsAdmin):
    form = CampaignForm
    list_display = ["name", "opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        ("Dates", {"fields": ["opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]}),
        (
            "Dotations, en euros",
            {"fields": ["larger_share", "smaller_share", "supplement", "correction_ceiling"]},
        ),
        (
            "Tickets, en euros",
            {"fields": ["ticket_minimum", "ticket_step", "series_amount", "late_cancellation"]},
        ),
    ]
    acts = [
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
            weighs=about.of_opening,
            left=lambda campaign: campaigns.without_wallets(campaign.pk).count(),
            of_what=(
                "enfant inscrit n’a pas encore de porte-monnaie",
                "enfants inscrits n’ont pas encore de porte-monnaie",
            ),
            tells=_told("enfant doté", "enfants dotés"),
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
            weighs=about.of_undoing,
            left=lambda campaign: Wallet.objects.opened(campaign.pk).count(),
            of_what=("porte-monnaie à reprendre", "porte-monnaie à reprendre"),
            tells=_told("porte-monnaie repris", "porte-monnaie repris"),
        ),
        LongAct(
            "clore",
            "Clore la campagne",
            Action.CAMPAIGN_CLOSED,
            "wallets.run_campaign",
            "Ce qui n’a pas été dépensé s’éteint. Les tickets déjà créés servent jusqu’à leur date. "
            "«\N{NO-BREAK SPACE}Rouvrir la campagne\N{NO-BREAK SPACE}» rend ce crédit.",
            _in_batches(campaigns.close_campaign),
            TypedForm,
            applies=lambda campaign: timezone.localdate() > campaign.last_ticket_on,
            idle=lambda campaign: _nothing(Wallet.objects.unspent(campaign.pk), "plus aucun crédit"),
            weighs=about.of_closing,
            left=lambda campaign: Wallet.objects.unspent(campaign.pk).count(),
            of_what=("porte-monnaie a encore un solde", "porte-monnaie ont encore un solde"),
            tells=_told("porte-monnaie vidé", "porte-monnaie vidés"),
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
            weighs=about.of_reopening,
            left=lambda campaign: Wallet.objects.closed(campaign.pk).count(),
            of_what=("porte-monnaie à rétablir", "porte-monnaie à rétablir"),
            tells=_told("porte-monnaie rétabli", "porte-monnaie rétablis"),
        ),
        Act(
            "relever-le-plafond",
            "Relever le plafond d’une correction",
            Action.CEILING_RAISED,
            "wallets.run_campaign",
            "Jusqu’au plafond, un agent corrige seul un porte-monnaie de cette campagne. Il se baisse sur la "
            "page de la campagne, par un seul agent.",
            _raise_ceiling,
            CeilingForm,
            weighs=about.of_ceiling,
            needs_second=lambda campaign, said: True,
        ),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> Any:
        """To be confirmed is only asked for once something was sent."""
        asked = [("À confirmer", {"fields": ["confirmed", "reason"]})] if request.method == "POST" else []
        return [*super().get_fieldsets(request, obj), *asked]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: Any = None
    ) -> Any:
        """Why is told beside what changed; that it was confirmed goes without saying."""
        reason, _ = (form.cleaned_data.pop(name) for name in ("reason", "confirmed"))
        return replace(super().construct_change_message(request, form, formsets, add), reason=reason)

    def has_delete_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """One that has given nothing to nobody."""
        may = request.user.has_perm("wallets.run_campaign")
        return may and obj is not None and not obj.wallets.exists()

    def delete_model(self, request: HttpRequest, obj: Campaign) -> None:
        proposals.forget_about(obj)
        super().delete_model(request, obj)


class EntryInline(ReadOnly, admin.TabularInline):
    """What came in and what went out, the newest first."""

    model = Entry
    fields = readonly_fields = ("created_at", "nature", "label", "in_euros", "author")
    ordering = ["-pk"]

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, entry: Entry) -> str:
        return euros(entry.amount)

    @admin.display(description="auteur", empty_value="–")
    def author(self, entry: Entry) -> str:
        return entry.author

    def get_queryset(self, request: HttpRequest) -> QuerySet[Entry]:
        return super().get_queryset(request).select_related("actor", "wallet__beneficiary")


@admin.register(Wallet)
class WalletAdmin(ReadOnlyAdmin, ActsAdmin):
    list_display = ["beneficiary", "kind", "campaign", "in_euros"]
    list_select_related = ["beneficiary", "campaign"]
    list_filter = ["kind", "campaign"]
    # The balance is one of them: a field that no form has is shown only where it is asked for.
    fields = readonly_fields = ("beneficiary", "campaign", "kind", "in_euros")
    inlines = [EntryInline]
    search_fields = ["beneficiary__last_name", "beneficiary__first_name", "beneficiary__pupil_number"]
    acts = [
        Act(
            "corriger",
            "Créditer ou débiter",
            Action.CORRECTION,
            "wallets.correct_wallet",
            "Une écriture s’ajoute au grand livre, que la famille voit dans ses mouvements.",
            _correct,
            CorrectionForm,
            names=lambda wallet: f"{wallet} de {wallet.beneficiary}, {wallet.campaign}",
            idle=about.why_no_correction,
            weighs=about.of_correction,
            needs_second=about.passes_ceiling,
        ),
        Act(
            "supplement",
            "Accorder le supplément boursier",
            Action.SUPPLEMENT_GRANTED,
            "wallets.correct_wallet",
            "Les deux porte-monnaie de l’enfant sont crédités, une fois par campagne.",
            _grant_supplement,
            applies=lambda wallet: wallet.is_open,
            idle=supplements.why_no_supplement,
            names=lambda wallet: f"{wallet.beneficiary}, {wallet.campaign}",
            weighs=about.of_supplement,
            needs_second=about.supplement_passes_ceiling,
        ),
        Act(
            "retirer-le-supplement",
            "Retirer le supplément boursier",
            Action.SUPPLEMENT_TAKEN_BACK,
            "wallets.correct_wallet",
            "Le supplément est repris des deux porte-monnaie, s’il y est encore. Il peut ensuite être "
            "accordé de nouveau.",
            _take_back_supplement,
            applies=supplements.has_supplement,
            names=lambda wallet: f"{wallet.beneficiary}, {wallet.campaign}",
            weighs=about.of_taking_back,
        ),
    ]

    @admin.display(description="solde", ordering="balance")
    def in_euros(self, wallet: Wallet) -> str:
        return euros(wallet.balance)


@admin.register(Entry)
class EntryAdmin(ReadOnlyAdmin, ExportAdmin):
    list_display = ["created_at", "beneficiary", "wallet", "nature", "label", "in_euros", "author"]
    list_select_related = ["wallet__beneficiary", "actor"]
    list_filter = ["nature", "wallet__kind", "wallet__campaign"]
    export_name = "mouvements"
    export_related = ("wallet__campaign", "wallet__beneficiary", "actor")
    columns = {
        "Date": lambda entry: entry.created_at,
        "Bénéficiaire": lambda entry: entry.wallet.beneficiary.full_name,
        "Numéro d’élève": lambda entry: entry.wallet.beneficiary.pupil_number,
        "Campagne": lambda entry: entry.wallet.campaign.name,
        "Porte-monnaie": lambda entry: entry.wallet.get_kind_display(),
        "Nature": lambda entry: entry.get_nature_display(),
        "Libellé": lambda entry: entry.label,
        "Montant": lambda entry: entry.amount,
        "Auteur": lambda entry: entry.author,
    }
    search_fields = ["wallet__beneficiary__last_name", "wallet__beneficiary__pupil_number"]
    ordering = ["-pk"]

    # What an entry's own page shows too: never the account itself.
    fields = readonly_fields = (
        *("created_at", "beneficiary", "wallet", "nature", "label", "in_euros", "reverses", "author"),
    )

    @admin.display(description="montant", ordering="amount")
    def in_euros(self, entry: Entry) -> str:
        return euros(entry.amount)

    @admin.display(description="bénéficiaire")
    def beneficiary(self, entry: Entry) -> str:
        return entry.wallet.beneficiary.full_name

    @admin.display(description="auteur", empty_value="–")
    def author(self, entry: Entry) -> str:
        return entry.author

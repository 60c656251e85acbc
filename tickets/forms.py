"""The forms of the journey. They judge the writing; the services judge the rest."""

import datetime as dt
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from core.forms import LineField
from core.money import NBSP, euros, short_euros
from partners.models import Commune, Offer, Partner
from wallets.exceptions import InsufficientFunds
from wallets.forms import AmountField
from wallets.models import Campaign, Kind, Wallet

from .exceptions import AmountNotAllowed


class TicketTypeForm(forms.Form):
    """Assigned or paper: the first question."""

    ASSIGNED = "affecte"
    PAPER = "papier"

    ticket_type = forms.ChoiceField(
        label=f"Type de ticket{NBSP}:",
        widget=forms.RadioSelect,
        initial=ASSIGNED,
        choices=[
            (ASSIGNED, "Je connais l’organisme dans lequel je vais utiliser mon ticket"),
            (
                PAPER,
                (
                    "Je préfère créer mes tickets tout de suite, "
                    "je verrai plus tard dans quel organisme je les utiliserai"
                ),
            ),
        ],
    )


class FormulaForm(forms.Form):
    """Which wallet has the larger share."""

    preferred = forms.ChoiceField(label=f"Ma formule{NBSP}:", widget=forms.RadioSelect)

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        larger, smaller = short_euros(campaign.larger_share), short_euros(campaign.smaller_share)
        cast(forms.ChoiceField, self.fields["preferred"]).choices = [
            (Kind.SPORT, f"{larger} pour le sport et {smaller} pour la culture"),
            (Kind.CULTURE, f"{smaller} pour le sport et {larger} pour la culture"),
        ]


class PartnerSearchForm(forms.Form):
    """Commune, kind, organisme: each select narrows the next.

    The third waits, disabled, for the two before it. A browser does not send a disabled select, and
    what was not sent is not asked for: without JavaScript « Continuer » simply goes one step on.
    """

    commune = forms.ModelChoiceField(
        Commune.objects.none(),
        label=f"Commune de l’organisme{NBSP}:",
        empty_label="Choisissez la commune",
        error_messages={"required": "Choisissez la commune."},
    )
    activites = forms.ChoiceField(
        label=f"Activités de l’organisme{NBSP}:",
        error_messages={
            "required": "Choisissez le type d’activité.",
            "invalid_choice": "Aucun organisme de ce type ici. Choisissez l’autre, ou une commune voisine.",
        },
    )
    organisme = forms.ModelChoiceField(
        Partner.objects.none(),
        label=f"Nom de l’organisme{NBSP}:",
        empty_label="Choisissez l’organisme",
        error_messages=dict.fromkeys(["required", "invalid_choice"], "Choisissez l’organisme dans la liste."),
    )

    def __init__(self, asked: QueryDict, *, today: dt.date, narrowing: bool) -> None:
        """While `narrowing`, the next choices are shown and those still to be made are not judged."""
        super().__init__(None if narrowing or not asked else asked, initial=asked.dict())
        offers = Offer.objects.affiliated_on(today)
        commune, kind = asked.get("commune", ""), asked.get("activites", "")
        here = offers.filter(partner__commune=commune) if commune else offers
        kinds = set(here.values_list("kind", flat=True).order_by().distinct())
        wanted = here.filter(kind=kind) if commune else here.none()

        there = Exists(offers.filter(partner__commune=OuterRef("pk")))
        _choices(self, "commune", Commune.objects.filter(there))
        _choices(self, "organisme", Partner.objects.filter(Exists(wanted.filter(partner=OuterRef("pk")))))
        adjectives = {Kind.SPORT: "sportive", Kind.CULTURE: "culturelle"}
        cast(forms.ChoiceField, self.fields["activites"]).choices = [
            ("", "Choisissez le type d’activité"),
            *((kind, adjective) for kind, adjective in adjectives.items() if kind in kinds),
        ]
        if not wanted.exists():
            self.fields["organisme"].widget.attrs["disabled"] = True
        # Judged only once it was sent; said to be required all along.
        self.fields["organisme"].required = "organisme" in asked
        self.fields["organisme"].widget.attrs["required"] = True

    @property
    def is_forged(self) -> bool:
        """Whether it names what no list of ours ever proposed, in any commune."""
        asked = self.initial
        number = asked.get("organisme", "")
        return (
            self.has_error("commune", "invalid_choice")
            or asked.get("activites", "") not in {"", *Kind.values}
            or (number != "" and not re.fullmatch(r"[0-9]{1,18}", number))
            or (number != "" and not Partner.objects.filter(pk=int(number)).exists())
        )


def _choices(form: forms.Form, name: str, queryset: QuerySet[Any]) -> None:
    cast(forms.ModelChoiceField, form.fields[name]).queryset = queryset


class OrderForm(forms.Form):
    """A form that makes tickets: its key makes sure that, sent twice, it makes them once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def renew_key(self) -> None:
        """Come back as a new form, after the key turned out to be spent on something else."""
        self.data = {**self.data, "key": str(uuid.uuid4())}


class PaperTicketForm(OrderForm):
    """The amount of one paper ticket."""

    amount = AmountField(label=f"Montant du ticket{NBSP}:")


class ActivityField(forms.ModelChoiceField):
    """The offers of one organisme for one wallet: their activity is all that differs."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.activity)


class AssignedTicketForm(OrderForm):
    """The amount and the activity of a ticket for a known organisme."""

    amount = AmountField(label=f"Montant du ticket{NBSP}:")
    offer = ActivityField(
        Offer.objects.none(),
        label=f"Activité{NBSP}:",
        empty_label="Choisissez l’activité",
        error_messages={"required": "Choisissez l’activité."},
    )

    def __init__(self, *args: Any, offers: QuerySet[Offer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "offer", offers)
        if len(offers) == 1:
            self.initial["offer"] = offers[0].pk


@dataclass(frozen=True)
class PaperOption:
    """One of the things that can be done on paper; `quantity` is None where the amount is asked next."""

    wallet: Wallet
    quantity: int | None
    label: str
    reason: str = ""

    @property
    def value(self) -> str:
        return f"{self.wallet.pk}" if self.quantity is None else f"{self.wallet.pk}-{self.quantity}"

    @property
    def kind(self) -> str:
        return self.wallet.kind

    @property
    def disabled(self) -> bool:
        return bool(self.reason)


def too_little(wallet: Wallet) -> str:
    """Why no ticket at all can be paid from it; nothing if one can."""
    if wallet.balance >= wallet.campaign.ticket_minimum:
        return ""
    if wallet.balance:
        return AmountNotAllowed.said_of(wallet.campaign)
    return InsufficientFunds.said_of(wallet.balance)


def paper_options(wallets: Sequence[Wallet]) -> list[PaperOption]:
    """The four choices of the guide: one ticket from each wallet, then a series from each."""
    return [_single(wallet) for wallet in wallets] + [_series(wallet) for wallet in wallets]


def _single(wallet: Wallet) -> PaperOption:
    label = (
        f"Je souhaite créer un ticket sur le porte-monnaie {wallet.get_kind_display()} "
        f"(solde{NBSP}:{NBSP}{euros(wallet.balance)})"
    )
    return PaperOption(wallet, None, label, too_little(wallet))


def _series(wallet: Wallet) -> PaperOption:
    amount = wallet.campaign.series_amount
    quantity = int(wallet.balance // amount)
    tickets = "des tickets" if not quantity else f"{quantity}{NBSP}ticket" + ("s" if quantity > 1 else "")
    label = (
        f"Je souhaite créer {tickets} de {short_euros(amount)} "
        f"sur le porte-monnaie {wallet.get_kind_display()}"
    )
    reason = "" if quantity else InsufficientFunds.said_of(wallet.balance)
    return PaperOption(wallet, quantity, label, reason)


class PaperForm(OrderForm):
    """Which of the four.

    A series keeps the number that the page announced, whatever the balance has become since:
    sent twice it must find its first order again, and too large it must be refused.
    """

    choice = LineField(
        label=f"Sélectionnez une action en cochant la case appropriée{NBSP}:",
        error_messages={"required": "Cochez l’une des actions."},
    )

    def __init__(self, *args: Any, wallets: Sequence[Wallet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.wallets = {str(wallet.pk): wallet for wallet in wallets}

    def clean_choice(self) -> tuple[Wallet, int | None]:
        match = re.fullmatch(r"([0-9]+)(?:-([1-9][0-9]{0,2}))?", self.cleaned_data["choice"])
        if not match or match[1] not in self.wallets:
            raise ValidationError("Cochez l’une des actions proposées.")
        return self.wallets[match[1]], int(match[2]) if match[2] else None

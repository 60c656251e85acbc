"""The forms of the journey. They judge the writing; the services judge the rest."""

import uuid
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from core.money import NBSP, short_euros
from partners.models import Offer
from wallets.forms import AmountField
from wallets.models import Campaign, Kind


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


# Of one order: as many as one document prints.
MOST_AT_ONCE = 100
# Why an amount is warned of: what it leaves in the wallet pays no ticket.
DEAD_REST = "dead rest"


class OrderForm(forms.Form):
    """A form that makes tickets: its key makes sure that, sent twice, it makes them once."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def renew_key(self) -> None:
        """Come back as a new form, after the key turned out to be spent on something else."""
        data = cast(QueryDict, self.data).copy()
        data["key"] = str(uuid.uuid4())
        self.data = data


class AmountForm(OrderForm):
    """One that asks for an amount. It warns once of cents that no ticket could take."""

    leave_rest = forms.BooleanField(label="Créer quand même, et laisser ce reste", required=False)

    @property
    def is_warned(self) -> bool:
        return self.is_bound and self.has_error("amount", DEAD_REST)


class PaperTicketForm(AmountForm):
    """The amount of one paper ticket."""

    amount = AmountField(label=f"Montant du ticket{NBSP}:")


class SeriesForm(AmountForm):
    """Several paper tickets of the same amount."""

    quantity = forms.IntegerField(
        label=f"Nombre de tickets{NBSP}:",
        min_value=1,
        max_value=MOST_AT_ONCE,
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={
            "required": "Écrivez combien de tickets, par exemple 3.",
            "invalid": "Écrivez le nombre de tickets en chiffres, par exemple 3.",
            "min_value": "Au moins un ticket.",
            "max_value": f"{MOST_AT_ONCE} tickets au plus à la fois.",
        },
    )
    amount = AmountField(label=f"Montant de chaque ticket{NBSP}:")
    field_order = ("key", "quantity", "amount")


class ActivityField(forms.ModelChoiceField):
    """The offers of one organisme for one wallet: their activity is all that differs."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.activity)


class AssignedTicketForm(AmountForm):
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
        cast(forms.ModelChoiceField, self.fields["offer"]).queryset = offers
        if len(offers) == 1:
            self.initial["offer"] = offers[0].pk

"""The forms of the acts on a ticket."""

import uuid
from typing import Any, cast

from django import forms
from django.contrib import admin
from django.utils import timezone

from backoffice.offers import OfferSelect
from partners.models import Offer
from tickets.models import Ticket

from .forms import ReasonForm

OFFERS = Offer.objects.select_related("partner__commune", "activity")


class CancelForm(ReasonForm):
    accept_loss = forms.BooleanField(label="Annuler quand même, la somme est perdue", required=False)

    def __init__(self, *args: Any, subject: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if not subject.wallet.campaign.late_cancellation_on(timezone.localdate()):
            del self.fields["accept_loss"]


class OfferForm(ReasonForm):
    """Asks for one of the offers that the ticket's wallet pays for."""

    offer = forms.ModelChoiceField(
        label="Organisme et activité",
        queryset=OFFERS,
        widget=OfferSelect(Ticket._meta.get_field("offer"), admin.site),
    )

    def __init__(self, *args: Any, subject: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        field, kind = cast(forms.ModelChoiceField, self.fields["offer"]), subject.wallet.get_kind_display()
        field.queryset = OFFERS.filter(kind=subject.wallet.kind)
        cast(OfferSelect, field.widget).kind = subject.wallet.kind
        field.error_messages["invalid_choice"] = f"Cet organisme n’accepte pas les tickets {kind}."


class RemakeForm(OfferForm):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args: Any, subject: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        field = self.fields["offer"]
        field.initial = subject.order.offer_id
        field.required = False
        field.help_text = (
            "Celui du ticket, ou celui que la famille voulait. Vide\N{NO-BREAK SPACE}: sur papier."
        )


class UseForm(OfferForm):
    def __init__(self, *args: Any, subject: Ticket, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        if subject.offer_id:
            del self.fields["offer"]

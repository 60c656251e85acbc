"""What an organisme offers, on its page: an offer that has tickets ends, and stays what it is."""

from typing import Any

from django.forms.models import BaseInlineFormSet

from core.forms import DayField
from core.merging import MergingForm
from partners.models import Offer


class OfferForm(MergingForm):
    class Meta:
        model = Offer
        fields = ["activity", "kind", "ends_on"]
        field_classes = {"ends_on": DayField}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Never turned into another one: tickets were made for it.
            for name in {"activity", "kind"} & self.fields.keys():
                self.fields[name].disabled = True


class OfferFormSet(BaseInlineFormSet):
    """The offers are read with `is_used`: whether somebody ever made a ticket for it."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        if "DELETE" in form.fields and form.instance.pk and form.instance.is_used:
            form.fields["DELETE"].disabled = True

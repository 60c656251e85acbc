"""The form by which an affiliated organisme says what is to change of its sheet."""

import uuid
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone

from core.formats import jour
from partners.models import Partner

from .models import SheetColumn
from .sheet_changes import NO, YES
from .sheet_fields import SheetFields

MOST_NEW_OFFERS = 2


class SheetForm(SheetFields):
    """As the sheet is when its page is opened, which the form carries: what is not touched since is not asked
    for, however it is written, and whatever became of it meanwhile.
    """

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    accessible = forms.BooleanField(
        label="Nous accueillons les personnes en situation de handicap", required=False
    )

    def __init__(self, data: Any = None, *, partner: Partner) -> None:
        super().__init__(data, initial={it.value: getattr(partner, it.value) for it in SheetColumn})
        for column in SheetColumn:
            self.fields[column.value].show_hidden_initial = True
        if until := partner.affiliated_until:
            ends = "qui finit" if until >= timezone.localdate() else "finie"
            label = f"Nous demandons le renouvellement de notre affiliation, {ends} le {jour(until)}"
            self.fields["renews"] = forms.BooleanField(label=label, required=False)
        for name in ("address", "postcode"):
            self.fields[name].required = bool(getattr(partner, name))
        self._current: dict[str, tuple[int, str]] = {}
        for offer in partner.offers.current_on(timezone.localdate()).select_related("activity"):
            label = f"Ne plus proposer {offer.activity} ({offer.get_kind_display()})"
            self.fields[f"ends_{offer.pk}"] = forms.BooleanField(label=label, required=False)
            self._current[f"ends_{offer.pk}"] = (offer.activity_id, offer.kind)
        self.add_offers(MOST_NEW_OFFERS)

    def ending_fields(self) -> Iterator[forms.BoundField]:
        return (self[name] for name in self._current)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        for column in SheetColumn:
            if not self._is_touched(column):
                # It may have been written before anybody looked.
                self.errors.pop(column.value, None)
        return said

    def _is_touched(self, column: SheetColumn) -> bool:
        """Letter by letter."""
        typed, shown = (
            str(self.data.get(name, "")) for name in (column.value, self[column.value].html_initial_name)
        )
        if column == SheetColumn.ACCESSIBLE:
            return bool(typed) != (shown == "True")
        return typed != shown

    @property
    def said(self) -> dict[SheetColumn, str]:
        """As `sheet_changes.written` says it."""
        return {it: self._text(it) for it in SheetColumn if self._is_touched(it)}

    def _text(self, column: SheetColumn) -> str:
        said = self.cleaned_data[column.value]
        if column == SheetColumn.COMMUNE:
            return str(said.pk)
        if column == SheetColumn.ACCESSIBLE:
            return YES if said else NO
        return str(said)

    @property
    def ended(self) -> list[tuple[int, str]]:
        return [pair for name, pair in self._current.items() if self.cleaned_data[name]]

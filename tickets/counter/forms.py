"""The forms of a counter."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from core.exceptions import Refusal
from core.forms import LineField, ParagraphsField
from core.money import NBSP
from partners.models import Partner
from wallets.models import Kind

from ..models import Ticket, Way
from .pasted import LONGEST, Written, text_of, written_in
from .undoing import Reason
from .verdict import offers_for


class CodeForm(forms.Form):
    """One field, with the focus: a code typed, an address pasted, a scanner that types."""

    code = LineField(
        label=f"Code du ticket{NBSP}:",
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": ""}
        ),
        error_messages={"required": "Écrivez le code du ticket, ou scannez-le."},
    )


class ManyForm(forms.Form):
    """A list of codes, pasted or in a file."""

    codes = ParagraphsField(
        label=f"Codes des tickets{NBSP}:",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": "Cette liste est trop longue. Coupez-la en plusieurs."},
    )
    file = forms.FileField(
        label=f"Ou un fichier (Excel, CSV){NBSP}:",
        required=False,
        widget=forms.FileInput({"accept": ".xlsx,.xls,.ods,.csv,.txt,text/csv,text/plain"}),
        error_messages={"empty": "Ce fichier est vide."},
    )

    def clean_file(self) -> str:
        """Its text."""
        file: UploadedFile | None = self.cleaned_data["file"]
        try:
            text = text_of(file.read()) if file else ""
        except Refusal as refusal:
            raise forms.ValidationError(refusal.told()) from refusal
        if len(text) > LONGEST:
            raise forms.ValidationError("Ce fichier est trop long. Coupez-le en plusieurs.")
        return text

    def clean(self) -> dict[str, Any]:
        lists = [self.cleaned_data.get("codes") or "", self.cleaned_data.get("file") or ""]
        if not self.errors and not any(map(str.strip, lists)):
            self.add_error("codes", "Écrivez ou collez les codes des tickets, ou choisissez un fichier.")
        return self.cleaned_data

    @property
    def written(self) -> list[Written]:
        return [it for name in ("codes", "file") for it in written_in(self.cleaned_data[name])]


class PhotoForm(forms.Form):
    picture = forms.FileField(
        label=f"Photo{NBSP}:",
        # Without `capture`: here a telephone offers those that were taken before, too.
        widget=forms.FileInput({"accept": "image/*"}),
        error_messages={"required": "Choisissez une photo.", "empty": "Cette photo est vide. Reprenez-la."},
    )


class UseForm(forms.Form):
    """The confirmation. Of paper tickets it asks for which activity they are, once for each wallet."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    way = forms.ChoiceField(choices=Way, widget=forms.HiddenInput)

    def __init__(self, *args: Any, partner: Partner, tickets: Sequence[Ticket], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in Kind:
            if any(ticket.offer_id is None and ticket.wallet.kind == kind for ticket in tickets):
                self._ask_for_offer(kind, partner)

    def _ask_for_offer(self, kind: Kind, partner: Partner) -> None:
        offers = [(it.pk, str(it.activity)) for it in offers_for(partner) if it.kind == kind]
        self.fields[f"offer_{kind}"] = forms.TypedChoiceField(
            label=f"Activité{NBSP}{kind.label}{NBSP}:",
            choices=offers if len(offers) == 1 else [("", "Choisissez l’activité"), *offers],
            coerce=int,
            error_messages=dict.fromkeys(["required", "invalid_choice"], "Choisissez l’activité."),
        )

    @property
    def offers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("offer_")]

    def offer_of(self, ticket: Ticket) -> int | None:
        offer: int | None = self.cleaned_data.get(f"offer_{ticket.wallet.kind}")
        return offer if ticket.offer_id is None else None


class UndoForm(forms.Form):
    reason = forms.ChoiceField(
        label=f"Pourquoi{NBSP}?",
        choices=Reason,
        widget=forms.RadioSelect,
        error_messages={"required": "Dites pourquoi."},
    )

"""An organisme typed by an agent: who has its numbers already, and who is called so, before it is saved."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from backoffice.facts.partners import namesake
from partners.models import Commune, Partner
from partners.official_numbers import compact, in_groups


class PartnerForm(forms.ModelForm):
    """Its other fields are for the admin class to make."""

    looked = forms.BooleanField(
        label="C’est un autre organisme", required=False, widget=forms.HiddenInput, label_suffix=""
    )

    def clean_siret(self) -> str:
        return self._of_nobody_else("siret")

    def clean_rna(self) -> str:
        return self._of_nobody_else("rna")

    def _of_nobody_else(self, name: str) -> str:
        """Raises ValidationError, which names who has that number."""
        number = compact(self.cleaned_data[name])
        other = self._others().filter(**{name: number}).first() if number else None
        if other:
            shown = in_groups(number) if name == "siret" else number
            raise ValidationError(
                format_html("{} est déjà celui de {}. Regardez sa fiche.", shown, _link(other))
            )
        return number

    def _others(self) -> Any:
        return Partner.objects.exclude(pk=self.instance.pk).select_related("commune")

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        asked = {"name", "commune"} & {*self.changed_data}
        if asked and {"name", "commune"} <= said.keys():
            alike = self._called_so(said["name"], said["commune"])
            if alike:
                self.fields["looked"].widget = forms.CheckboxInput()
            if alike and not said.get("looked"):
                self.add_error("looked", _already(alike))
        return said

    def _called_so(self, name: str, commune: Commune) -> Partner | None:
        there = self._others().filter(commune=commune).order_by("pk")
        return namesake(name, there)


def _already(partner: Partner) -> str:
    return format_html(
        "Rien n’est enregistré\N{NO-BREAK SPACE}: {} existe déjà. Regardez d’abord sa fiche"
        "\N{NO-BREAK SPACE}; si c’est un autre, cochez et enregistrez.",
        _link(partner),
    )


def _link(partner: Partner) -> str:
    page = reverse("admin:partners_partner_change", args=[partner.pk])
    return format_html('<a href="{}">{}, {}</a>', page, partner, partner.commune)

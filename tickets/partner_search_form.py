"""The choice of the organisme that a ticket is for."""

import datetime as dt
import re
from typing import Any, cast

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from core.money import NBSP
from partners.models import Commune, Offer, Partner
from wallets.models import Kind


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

    def __init__(self, asked: QueryDict, *, today: dt.date, narrowing: bool, home: str) -> None:
        """While `narrowing`, the next choices are shown and those still to be made are not judged.

        The first page proposes `home`, the child's commune. Where one line alone can be chosen, it is.
        """
        super().__init__(None if narrowing or not asked else asked.copy(), initial=asked.dict())
        offers = Offer.objects.affiliated_on(today)
        if not asked and offers.filter(partner__commune=home).exists():
            self.initial["commune"] = home
        commune = self.initial.get("commune", "")
        here = offers.filter(partner__commune=commune) if commune else offers
        kinds = set(here.values_list("kind", flat=True).order_by().distinct())
        if commune and len(kinds) == 1:
            self._propose("activites", *kinds)
        kind = self.initial.get("activites", "")
        wanted = here.filter(kind=kind) if commune else here.none()
        partners = list(wanted.order_by().values_list("partner", flat=True).distinct()[:2])
        if len(partners) == 1:
            self._propose("organisme", str(partners[0]))

        there = Exists(offers.filter(partner__commune=OuterRef("pk")))
        _choices(self, "commune", Commune.objects.filter(there))
        _choices(self, "organisme", Partner.objects.filter(Exists(wanted.filter(partner=OuterRef("pk")))))
        adjectives = {Kind.SPORT: "sportive", Kind.CULTURE: "culturelle"}
        cast(forms.ChoiceField, self.fields["activites"]).choices = [
            ("", "Choisissez le type d’activité"),
            *((kind, adjective) for kind, adjective in adjectives.items() if kind in kinds),
        ]
        if not partners:
            self.fields["organisme"].widget.attrs["disabled"] = True
        # Judged only once it was sent; said to be required all along.
        self.fields["organisme"].required = "organisme" in asked
        self.fields["organisme"].widget.attrs["required"] = True

    def _propose(self, name: str, choice: str) -> None:
        """The only one there is, unless something was chosen."""
        if self.is_bound and name in self.data:
            return
        self.initial[name] = self.initial.get(name) or choice
        if self.is_bound:
            cast(QueryDict, self.data)[name] = choice

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

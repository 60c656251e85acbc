"""What a campaign is saved as: what looks like a slip, or takes back a promise, is asked about first."""

from collections.abc import Iterator
from typing import Any, cast

from django import forms
from django.db import models
from django.utils import timezone

from accounts.audit import subject_key
from accounts.proposals import Proposal, ProposalState
from backoffice.facts.campaigns import previous_of
from core.forms import LineField, typed_formfield
from core.money import NBSP, euros
from wallets.models import Campaign, LateCancellation

DATES = ("last_ticket_on", "last_cancellation_on", "last_validation_on")
SHARES = ("larger_share", "smaller_share", "supplement")
AMOUNTS = (*SHARES, "ticket_minimum", "ticket_step", "series_amount")
FELT_ONCE_OPEN = ("opens_on", *DATES, *SHARES, "ticket_minimum", "ticket_step", "late_cancellation")
# 600 for 60.
OUT_OF_PROPORTION = 3


def shown(name: str, value: Any) -> str:
    """A field's value, as a sentence or the journal writes it."""
    if name.endswith("_on"):
        return f"{value:%d/%m/%Y}"
    if name == "late_cancellation":
        return LateCancellation(value).label
    return euros(value) if name in {*AMOUNTS, "correction_ceiling"} else str(value)


def field_of(name: str) -> models.Field:
    return cast(models.Field, Campaign._meta.get_field(name))


def label_of(name: str) -> str:
    return str(field_of(name).verbose_name)


class CampaignForm(forms.ModelForm):
    confirmed = forms.BooleanField(label="Je confirme", required=False)
    reason = LineField(
        label="Motif",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text="Il reste au journal, avec votre nom. Obligatoire pour une date, et une fois la campagne "
        "ouverte.",
    )

    class Meta:
        model = Campaign
        exclude: tuple[str, ...] = ()
        formfield_callback = typed_formfield

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        # What a field refused is not there.
        changed = {name: said[name] for name in self.changed_data if name in said}
        self._refuse_raised_ceiling(changed)
        self._refuse_while_it_opens(changed)
        grave = [*self._doubts_about_dates(changed), *self._doubts_once_open(changed)]
        doubts = [*grave, *self._doubts_about_amounts(changed)]
        if doubts and not said.get("confirmed"):
            self.add_error("confirmed", doubts)
        if grave and not said.get("reason"):
            self.add_error("reason", "Dites pourquoi.")
        return said

    def _doubts_about_dates(self, changed: dict[str, Any]) -> Iterator[str]:
        today = timezone.localdate()
        for name in DATES:
            if name not in changed:
                continue
            label, day = label_of(name), changed[name]
            if day < today:
                yield f"«{NBSP}{label}{NBSP}»{NBSP}: le {shown(name, day)} est déjà passé."
            before = None if self.is_new else self.initial.get(name)
            if before and day < before:
                yield (
                    f"«{NBSP}{label}{NBSP}»{NBSP}: les familles avaient jusqu’au {shown(name, before)}, "
                    f"elles n’auraient plus que jusqu’au {shown(name, day)}."
                )

    def _doubts_once_open(self, changed: dict[str, Any]) -> Iterator[str]:
        """What families were given stands under these: from then on each change is asked about, with why."""
        if self.is_new or not self.instance.wallets.exists():
            return
        for name in FELT_ONCE_OPEN:
            if name in changed:
                change = f"{shown(name, self.initial[name])} → {shown(name, changed[name])}"
                yield f"Cette campagne est déjà ouverte{NBSP}: «{NBSP}{label_of(name)}{NBSP}», {change}."

    def _refuse_while_it_opens(self, changed: dict[str, Any]) -> None:
        """Two agents confirmed these shares: the batches that are left give no others."""
        shares = [name for name in SHARES if name in changed]
        here = Proposal.objects.living().filter(subject_key=subject_key(self.instance))
        if shares and here.exclude(state=ProposalState.PENDING).exists():
            for name in shares:
                self.add_error(name, "Un acte de cette campagne est en cours. Finissez-le, ou retirez-le.")

    def _refuse_raised_ceiling(self, changed: dict[str, Any]) -> None:
        """Whoever raised it alone would then correct alone what takes two agents."""
        name, previous = "correction_ceiling", self._previous()
        usual = getattr(previous, name) if previous else field_of(name).get_default()
        before = usual if self.is_new else self.initial[name]
        if name in changed and changed[name] > before:
            self.add_error(
                name,
                f"Ici, au plus {euros(before)}{NBSP}: un plafond se relève à deux agents. Enregistrez, puis "
                f"«{NBSP}Relever le plafond d’une correction{NBSP}».",
            )

    def _doubts_about_amounts(self, changed: dict[str, Any]) -> Iterator[str]:
        previous = self._previous()
        for name in SHARES:
            usual = getattr(previous, name) if previous else field_of(name).get_default()
            if name in changed and changed[name] > OUT_OF_PROPORTION * usual:
                whose = f"de la campagne {previous}" if previous else "habituels"
                yield (
                    f"«{NBSP}{label_of(name)}{NBSP}»{NBSP}: {euros(changed[name])}, plus de trois fois les "
                    f"{euros(usual)} {whose}."
                )
        smallest, share = self.cleaned_data.get("ticket_minimum"), self.cleaned_data.get("smaller_share")
        if smallest is not None and share is not None and share < smallest and {*AMOUNTS} & {*changed}:
            yield (
                f"Le ticket le plus petit, {euros(smallest)}, dépasse la petite part, {euros(share)}{NBSP}: "
                "elle ne paierait aucun ticket."
            )
        if not self.is_new and {*SHARES} & {*changed} and self.instance.wallets.exists():
            yield (
                f"Cette campagne est déjà ouverte{NBSP}: aucun porte-monnaie ne change, seuls les prochains "
                "recevront ces montants."
            )

    def _previous(self) -> Campaign | None:
        opens_on = self.cleaned_data.get("opens_on")
        return previous_of(Campaign(pk=self.instance.pk, opens_on=opens_on)) if opens_on else None

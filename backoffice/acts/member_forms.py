"""The forms of the acts on who acts for an organisme."""

from typing import Any

from django import forms

from core.forms import EmailField
from partners import accesses
from partners.models import Partner

from .forms import ReasonForm

PAPERS = ("récépissé de déclaration", "procès-verbal d’assemblée")


class InviteForm(ReasonForm):
    email = EmailField(label="Adresse e-mail du responsable", max_length=254)


class HandOverForm(InviteForm):
    papers = forms.ChoiceField(
        label="Papier que vous avez vu",
        choices=[("", "Choisissez"), *((paper, paper) for paper in PAPERS)],
    )


class CloseForm(ReasonForm):
    access = forms.ChoiceField(label="Quel accès", widget=forms.RadioSelect)

    def __init__(self, *args: Any, subject: Partner, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.fields["access"].choices = accesses.accesses(subject)  # type: ignore[attr-defined]

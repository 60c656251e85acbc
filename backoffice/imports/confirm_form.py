"""The form that lets an import be done."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from backoffice.acts.forms import ReasonForm
from backoffice.models import Import, Stage

from . import jobs


class ConfirmForm(ReasonForm):
    """`as_read` is what the page showed; how many leave, and what is alike, is said again."""

    as_read = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(label="Combien d’enfants ne seront plus inscrits", min_value=0)
    checked = forms.BooleanField()

    def __init__(self, *args: Any, subject: Import, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.initial["as_read"] = subject.fingerprint
        if subject.stage == Stage.PROPOSED:
            # It stays as the first agent gave it.
            del self.fields["reason"]
        if alike := len(subject.report.get("likenesses", [])):
            self.fields["checked"].label = (
                f"J’ai vérifié les {alike} ressemblances" if alike > 1 else "J’ai vérifié la ressemblance"
            )
        else:
            del self.fields["checked"]
        if subject.report.get("leaving", {}).get("is_large"):
            self.fields[
                "number"
            ].help_text = "Recopiez le nombre, pour montrer que c’est bien ce que vous voulez."
        else:
            del self.fields["number"]

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number != self.subject.report["leaving"]["count"]:
            raise ValidationError("Ce n’est pas le nombre qui est écrit plus haut.")
        return number

    def confirm(self, agent: User) -> Stage | None:
        job, as_read = self.subject, self.cleaned_data["as_read"]
        if job.stage == Stage.PROPOSED:
            return jobs.confirm_second(import_id=job.pk, as_read=as_read, actor=agent)
        reason = self.cleaned_data["reason"]
        return jobs.confirm(import_id=job.pk, as_read=as_read, reason=reason, actor=agent)

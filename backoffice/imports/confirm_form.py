"""The form that lets an import be done."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from backoffice.acts.forms import ReasonForm
from backoffice.models import Import, Stage

from . import choices, jobs, line_page


class ConfirmForm(ReasonForm):
    """`as_read` is what the page showed; how many leave is typed."""

    as_read = forms.CharField(widget=forms.HiddenInput, required=False)
    number = forms.IntegerField(label="Combien d’enfants ne seront plus inscrits", min_value=0)

    def __init__(self, *args: Any, subject: Import, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.initial.update(as_read=choices.as_read(subject), reason=subject.reason)
        if subject.stage == Stage.PROPOSED:
            # It stays as the first agent gave it.
            del self.fields["reason"]
        if subject.report.get("leaving", {}).get("is_large"):
            self.fields[
                "number"
            ].help_text = "Recopiez le nombre, pour montrer que c’est bien ce que vous voulez."
        else:
            del self.fields["number"]

    def clean_number(self) -> int:
        number: int = self.cleaned_data["number"]
        if number != self.subject.report["leaving"]["count"] - len(choices.staying(self.subject)):
            raise ValidationError("Ce n’est pas le nombre qui est écrit plus haut.")
        return number

    def confirm(self, agent: User) -> Stage | None:
        job, as_read = self.subject, self.cleaned_data["as_read"]
        if job.stage == Stage.PROPOSED:
            return jobs.confirm_second(import_id=job.pk, as_read=as_read, actor=agent)
        reason = self.cleaned_data["reason"]
        return jobs.confirm(import_id=job.pk, as_read=as_read, reason=reason, actor=agent)


def keep_choices(job: Import, posted: QueryDict, agent: User) -> QueryDict:
    """What was posted, and the mark of what it chooses.

    The choices and the reason are kept, whatever is wrong with the rest. Raises NotToBeChosenNow,
    ChosenElsewhere, SameTwice.
    """
    chosen = line_page.page_choices(posted, agent)
    if chosen.is_empty and (job.stage != Stage.READY or not posted):
        return posted
    form = ConfirmForm(posted, subject=job)
    form.is_valid()
    kept = posted.copy()
    kept["as_read"] = choices.take(
        import_id=job.pk,
        chosen=chosen,
        mark=posted.get("as_read", ""),
        reason=form.cleaned_data.get("reason", ""),
    )
    return kept

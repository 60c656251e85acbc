"""The form by which an agent accepts that a child goes to another collège."""

from typing import Any

from django import forms

from accounts.models import School
from applications.models import Application

from .forms import PlainForm


class ChangeSchoolForm(PlainForm):
    """Which it is of ours is asked where the family wrote its name."""

    def __init__(self, *args: Any, subject: Application, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        asked = getattr(subject, "new_school", None)
        if asked and not asked.school_id:
            self.fields["school"] = forms.ModelChoiceField(
                label="Collège",
                queryset=School.objects.order_by("name", "uai"),
                error_messages={
                    "required": "Choisissez son collège. S’il n’est pas dans la liste, ajoutez-le d’abord."
                },
            )

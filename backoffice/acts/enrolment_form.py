"""The form by which an agent accepts an enrolment: a child that is there already, or a new one."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.identity import LONGEST_NUMBER, check_pupil_number, pupil_number
from accounts.models import Beneficiary, School
from applications.models import Application
from backoffice.facts import enrolments
from core.forms import ReferenceField
from core.money import NBSP
from partners.communes import read_insee_code

from .forms import PlainForm

NEW = "nouveau"


class EnrolForm(PlainForm):
    """Whom the child is like is among the choices; of a new one, what its family could not say is asked."""

    child = forms.ChoiceField(
        label="Quel enfant", widget=forms.RadioSelect, error_messages={"required": "Dites quel enfant c’est."}
    )
    pupil_number = ReferenceField(
        label="Numéro d’élève",
        required=False,
        max_length=LONGEST_NUMBER,
        help_text="D’un nouvel enfant, s’il est sur ses papiers. Sinon laissez vide"
        f"{NBSP}: il en aura un provisoire.",
    )

    def __init__(self, *args: Any, subject: Application, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        self.newcomer = enrolments.of(subject)
        if known := subject.beneficiary:
            # Its guardian enrols it again: it is that one.
            choices, initial = [(str(known.pk), f"Réinscrire {enrolments.told(known)}")], str(known.pk)
        else:
            alike = enrolments.alike(self.newcomer) if self.newcomer else []
            choices = [(str(child.pk), f"Rattacher à {enrolments.told(child)}") for child in alike]
            choices, initial = [*choices, (NEW, "Un nouvel enfant")], "" if alike else NEW
        self.fields["child"].choices = choices  # type: ignore[attr-defined]
        self.fields["child"].initial = initial
        if self.newcomer and not self.newcomer.school:
            self.fields["school"] = forms.ModelChoiceField(
                label="Collège", queryset=School.objects.order_by("name", "uai"), required=False
            )
        if self.newcomer and not self.newcomer.insee_code:
            self.fields["insee_code"] = ReferenceField(
                label="Code INSEE de la commune", required=False, max_length=5
            )

    def clean_pupil_number(self) -> str:
        number = pupil_number(self.cleaned_data["pupil_number"] or "")
        if number:
            check_pupil_number(number)
        return number

    def clean_insee_code(self) -> str:
        code: str = self.cleaned_data["insee_code"]
        return read_insee_code(code) if code else ""

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("child") == NEW or self.subject.beneficiary_id:
            number = said.get("pupil_number")
            if number and (known := Beneficiary.objects.filter(pupil_number=number).first()):
                self.add_error("pupil_number", f"C’est le numéro de {known}.")
            for name, sentence in (
                ("school", "Choisissez son collège. S’il n’est pas dans la liste, ajoutez-le d’abord."),
                ("insee_code", "Donnez le code INSEE de sa commune."),
            ):
                if name in self.fields and name not in self.errors and not said.get(name):
                    self.add_error(name, ValidationError(sentence))
        return said


def child_id(said: dict[str, Any]) -> int | None:
    return None if said["child"] == NEW else int(said["child"])


def columns(said: dict[str, Any]) -> dict[str, Any]:
    """Of a new child, what the agent wrote."""
    written = {"pupil_number": said.get("pupil_number"), "insee_code": said.get("insee_code")}
    if school := said.get("school"):
        written["school_id"] = school.pk
    return {name: value for name, value in written.items() if value}

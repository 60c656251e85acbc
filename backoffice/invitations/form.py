"""Whose accounts are meant; and which of them may be invited, or have their letters printed again."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count
from django.utils import timezone

from accounts import invitations
from accounts.invitations import Choice, Counts
from accounts.models import Grade, School
from backoffice.acts.forms import ReasonForm

# Of letters that were printed and may be printed again: a printer jams, a file is lost.
SERIES_SHOWN = 5
NBSP = "\N{NO-BREAK SPACE}"
NEW, AGAIN = "nouveaux", "anciens"


class ChoiceForm(forms.Form):
    """In the address of the page: what is asked there is counted, shown and sent."""

    college = forms.ModelChoiceField(
        School.objects.all(), label="Collège", required=False, empty_label="Tous les collèges"
    )
    niveau = forms.ChoiceField(label="Classe", required=False, choices=[("", "Toutes"), *Grade.choices])

    def choice(self) -> Choice:
        school: School | None = self.cleaned_data["college"]
        return Choice(school=school.pk if school else "", grade=self.cleaned_data["niveau"])


class InvitationForm(ReasonForm):
    who = forms.ChoiceField(label="À qui", widget=forms.RadioSelect, initial=NEW)

    def __init__(self, *args: Any, sets: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = sets.items()  # type: ignore[attr-defined]


def in_words(choice: Choice) -> str:
    school = School.objects.get(pk=choice.school).name if choice.school else "tous les collèges"
    return f"{school}, {Grade(choice.grade).label}" if choice.grade else school


def sets_by_mail(counts: Counts) -> dict[str, str]:
    return _sets(counts.mail_new, counts.mail_old)


def sets_on_paper(counts: Counts, choice: Choice) -> dict[str, str]:
    return _sets(counts.letter_new, counts.letter_old) | _series_to_print_again(choice)


def _sets(new: int, old: int) -> dict[str, str]:
    return {
        NEW: f"Qui n’a jamais été invité{NBSP}: {new}",
        AGAIN: f"Qui l’a été, et dont l’invitation ne vaut plus{NBSP}: {old}",
    }


def _series_to_print_again(choice: Choice) -> dict[str, str]:
    """The letters made together have one moment, which the database keeps to the microsecond."""
    made = invitations.with_letter(choice).values_list("access_code_at").annotate(Count("pk"))
    return {
        made_at.isoformat(): f"{_of_series(made_at)}{NBSP}: {count}"
        for made_at, count in made.order_by("-access_code_at")[:SERIES_SHOWN]
    }


def _of_series(made_at: dt.datetime) -> str:
    return f"À nouveau ceux du {timezone.localtime(made_at):%d/%m/%Y à %H{NBSP}h{NBSP}%M}"


def set_in_words(who: str) -> str:
    known = {NEW: "jamais invités", AGAIN: "à réinviter"}
    return known.get(who) or _of_series(dt.datetime.fromisoformat(who)).lower()

"""The forms of the merges: the one that stays is looked for, chosen, and the name of the other typed."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django import forms
from django.db.models import Model, Q

from accounts import identity
from accounts.models import Beneficiary, User
from backoffice.base.phonetic_search import most_alike
from backoffice.facts import children, partners
from core.forms import NameField
from core.spelling import simplified
from partners.models import Partner
from partners.official_numbers import searched

from .forms import TypedForm

AT_MOST = 10


class RowField(forms.ModelChoiceField):
    """Each choice says which one it is, in the words of `called`."""

    def __init__(self, *, called: Callable[[Any], str], **kwargs: Any) -> None:
        self._called = called
        super().__init__(
            User.objects.none(),
            label="Confirmez laquelle",
            widget=forms.RadioSelect,
            empty_label=None,
            error_messages={"required": "Regardez laquelle c’est, puis confirmez."},
            **kwargs,
        )

    def label_from_instance(self, row: Any) -> str:
        return self._called(row)


class IntoForm(TypedForm):
    """Sent once, it shows what answers to what was said; sent again with one of them, it is whole."""

    said = NameField(max_length=254)
    kept = RowField(called=str)
    field_order: Sequence[str] = ("said", "kept", "typed")

    def __init__(self, *args: Any, subject: Model, **kwargs: Any) -> None:
        super().__init__(*args, subject=subject, **kwargs)
        said = str(self.data.get("said", "")).strip()
        self.found = [row.pk for row in self.find(said)[:AT_MOST]] if said else []
        if not self.found:
            del self.fields["kept"], self.fields["typed"]
            self.button = "Chercher"
            return
        field = cast(RowField, self.fields["kept"])
        field.queryset = type(subject)._default_manager.filter(pk__in=self.found)
        if len(self.found) == AT_MOST:
            field.help_text = f"Les {AT_MOST} premières. Ajoutez un mot à ce que vous cherchez."

    def find(self, said: str) -> Sequence[Any]:
        """The rows that it may be merged into, and that answer to this."""
        raise NotImplementedError

    def clean_said(self) -> str:
        """Raises ValidationError: nothing answers to it."""
        if not self.found:
            raise forms.ValidationError("Aucune autre fiche n’y répond.")
        return str(self.cleaned_data["said"])


class IntoPartnerForm(IntoForm):
    said = NameField(
        label="Dans quel organisme",
        max_length=254,
        help_text="De la fiche à garder, le SIRET, le numéro RNA, ou le nom avec la commune.",
    )
    kept = RowField(called=partners.called)

    def find(self, said: str) -> Sequence[Partner]:
        others = Partner.objects.standing().exclude(pk=self.subject.pk).select_related("commune")
        if numbered := searched(said):
            return list(others.filter(numbered))
        words = simplified(said).split()
        known = [one for one in others if _has_all(words, f"{one} {one.commune}")]
        return known or list(most_alike(others, ["name"], said))


class IntoChildForm(IntoForm):
    said = NameField(
        label="Dans quel enfant",
        max_length=254,
        help_text="De la fiche à garder, le numéro d’élève, ou le nom et le prénom.",
    )
    kept = RowField(called=children.called)

    def find(self, said: str) -> Sequence[Beneficiary]:
        standing = Beneficiary.objects.filter(merged_into=None, anonymised_at=None).select_related("school")
        others = standing.exclude(pk=self.subject.pk).order_by("last_name", "first_name", "pk")
        if numbered := list(others.filter(pupil_number=identity.pupil_number(said))):
            return numbered
        found = others
        for word in said.split():
            found = found.filter(Q(last_name__icontains=word) | Q(first_name__icontains=word))
        alike = most_alike(others, ["last_name", "first_name"], said)
        return list(found[:AT_MOST]) or list(alike[:AT_MOST])


def _has_all(words: list[str], text: str) -> bool:
    plain = simplified(text)
    return all(word in plain for word in words)

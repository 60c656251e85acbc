"""The search form of the directory."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, cast

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.forms.models import ModelChoiceIterator

from core.compiled_query import CompiledQuery
from core.forms import NameField
from core.position import Position
from core.spelling import french_order
from wallets.models import Kind

from .directory_index import Wanted
from .models import Activity, Commune

FROM_THE_LIST = {"invalid_choice": "Choisissez dans la liste."}


LONGEST_QUESTION = 200
# Those that few use.
CRITERIA = ("porte_monnaie", "activite", "accessible")


class _Select(forms.Select):
    """Without what Django gives to each line beside its value: no list here has lines of several kinds."""

    def optgroups(self, name: str, value: list[str], attrs: Any = None) -> Any:
        lines = ((str(one), label) for one, label in self.choices)
        return [(None, [{"value": one, "label": label, "selected": one in value}], 0) for one, label in lines]


class _WholeTable(ModelChoiceIterator):
    def __iter__(self) -> Iterator[tuple[Any, str]]:
        field = cast(_AnyOf, self.field)
        yield "", str(field.empty_label)
        yield from sorted(field.rows(using=self.queryset.db), key=field.order)


class _AnyOf(forms.ModelChoiceField):
    """One of a table that is short: every page of the directory lists it."""

    iterator = _WholeTable

    def __init__(
        self, queryset: QuerySet[Any], *, order: Callable[[tuple[Any, str]], Any], **options: Any
    ) -> None:
        self.order = order
        self.rows = CompiledQuery(lambda: queryset.order_by().values_list("pk", "name"))
        super().__init__(queryset, required=False, widget=_Select, error_messages=FROM_THE_LIST, **options)


def _by_code(row: tuple[Any, str]) -> str:
    """INSEE numbers the communes in the order of the alphabet, without their articles."""
    return str(row[0])


def _in_french(row: tuple[Any, str]) -> tuple[str, str]:
    return french_order(row[1])


class DirectoryForm(forms.Form):
    """Each field narrows the list, none is needed. What is asked stands in the address, to be shared."""

    nom = NameField(
        label="Nom ou activité",
        required=False,
        widget=forms.TextInput({"type": "search", "maxlength": LONGEST_QUESTION, "autocomplete": "off"}),
    )
    commune = _AnyOf(Commune.objects.all(), order=_by_code, empty_label="Toutes les communes")
    autour = forms.BooleanField(label="Et autour, du plus proche au plus loin", required=False)
    porte_monnaie = forms.ChoiceField(
        label="Porte-monnaie",
        required=False,
        choices=[("", "Sport et Culture"), *Kind.choices],
        error_messages=FROM_THE_LIST,
    )
    activite = _AnyOf(
        Activity.objects.all(), order=_in_french, label="Activité", empty_label="Toutes les activités"
    )
    accessible = forms.BooleanField(label="Accueille les personnes en situation de handicap", required=False)

    def __init__(self, *args: Any, near: Position | None = None, **kwargs: Any) -> None:
        """`near`: where the person is, instead of a commune."""
        super().__init__(*args, **kwargs)
        self.near = near
        for name in ("commune", "activite"):
            choice = cast(forms.ModelChoiceField, self.fields[name])
            choice.queryset = cast(QuerySet[Any], choice.queryset).using(settings.REPLICA)

    def clean_nom(self) -> str:
        """A shared link may hold a whole novel: its beginning says what it is about."""
        return str(self.cleaned_data["nom"])[:LONGEST_QUESTION]

    @property
    def wants_more(self) -> bool:
        """Whether the criteria that few use are used, or wrong."""
        return any(self.data.get(name) for name in CRITERIA)

    def wanted(self, today: dt.date) -> Wanted:
        """The search that this valid form asks for."""
        asked = self.cleaned_data
        commune, around = asked["commune"], asked["autour"]
        return Wanted(
            on=today,
            words=asked["nom"],
            commune=commune.pk if commune and not self.near else "",
            around=bool(around) and not self.near,
            near=self.near,
            kind=asked["porte_monnaie"],
            activity=asked["activite"].pk if asked["activite"] else None,
            accessible=asked["accessible"],
        )


class PositionForm(forms.Form):
    """Where a person is. By POST only: no address, log or history keeps a position."""

    latitude = forms.FloatField(min_value=-90, max_value=90)
    longitude = forms.FloatField(min_value=-180, max_value=180)

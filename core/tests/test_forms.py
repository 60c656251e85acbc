"""Every field in which text is typed reads it in its one writing, on whatever form it stands.

cases 5, 7, 8, 36 and 39: a control character is not stored, nor what nobody sees.
"""

import importlib
import pkgutil
import unicodedata

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import RequestFactory

import passplus.urls  # noqa: F401 – the admin classes are registered
from backoffice.base.change_list import SearchForm
from core import forms as typed
from passplus.tests.rooms import ROOMS

TYPED = "a\N{ZERO WIDTH SPACE}\x02\x1f\N{SOFT HYPHEN}\x9f\ufeffb"
# No form of ours is there; and settings are for Django alone to read.
NO_FORMS = {"tests", "migrations", "gallery", "settings", "trial_settings"}


def modules():
    for name in ROOMS:
        package = importlib.import_module(name)
        for found in pkgutil.walk_packages(package.__path__, f"{name}."):
            if not NO_FORMS & set(found.name.split(".")):
                yield importlib.import_module(found.name)


def our_forms():
    """Each form class of the project, by name; a mixin of forms has no fields."""
    found = {
        f"{one.__module__}.{one.__name__}": one
        for module in modules()
        for one in vars(module).values()
        if isinstance(one, type)
        and issubclass(one, forms.BaseForm)
        and hasattr(one, "base_fields")
        and one.__module__.partition(".")[0] in ROOMS
    }
    return dict(sorted(found.items()))


def admin_forms():
    """Each form by which an agent adds or changes a row, with the search of its list."""
    request = RequestFactory().get("/")
    request.user = apps.get_model("accounts.User")(is_superuser=True, is_staff=True)
    for model, model_admin in admin.site._registry.items():
        yield model_admin.opts.label, model_admin.get_form(request, fields=None)
        for inline in model_admin.get_inline_instances(request):
            yield f"{model.__name__}, {inline.opts.label}", inline.get_formset(request).form


def unread(form):
    """The fields that let through what nobody sees."""
    for name, field in form.base_fields.items():
        if not isinstance(field, forms.CharField) or isinstance(
            field.widget, (forms.PasswordInput, forms.HiddenInput)
        ):
            continue
        if isinstance(field, (forms.UUIDField, forms.JSONField)):
            continue
        try:
            kept = field.to_python(TYPED)
        except ValidationError:
            continue  # It takes nothing of the kind.
        if {unicodedata.category(sign) for sign in str(kept)} & {"Cc", "Cf"}:
            yield name


@pytest.mark.parametrize("form", our_forms().values(), ids=our_forms())
def test_every_form_of_the_project(form):
    """cases 5 and 39."""
    assert list(unread(form)) == []


@pytest.mark.django_db
def test_every_form_of_the_administration():
    """cases 39: PowerPoint's soft line break in an article stopped the feed for everybody."""
    found = {f"{label}: {name}" for label, form in admin_forms() for name in unread(form)}

    assert found == set()


def test_the_control_a_field_of_django_is_found():
    class Plain(forms.Form):
        text = forms.CharField()

    assert list(unread(Plain)) == ["text"]
    assert len(our_forms()) > 20
    assert settings.ROOT_URLCONF


def test_what_an_agent_looks_for():
    """cases 5: a name, an identifiant or a number pasted from a message."""
    assert SearchForm({"q": "\N{ZERO WIDTH SPACE}Lina\N{NO-BREAK SPACE}Martin "}).fields["q"].clean(
        "\N{ZERO WIDTH SPACE}Lina\N{NO-BREAK SPACE}Martin "
    ) == ("Lina Martin")


def test_only_what_nobody_sees_is_nothing():
    with pytest.raises(ValidationError, match="obligatoire"):
        typed.LineField().clean("\N{ZERO WIDTH SPACE}")
    assert typed.LineField(required=False).clean("\N{ZERO WIDTH SPACE}") == ""


def test_the_longest_is_measured_of_what_is_kept():
    assert typed.LineField(max_length=2).clean(TYPED) == "ab"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [
        (typed.EmailField(), "nom\N{ZERO WIDTH SPACE}@exemple.fr", "nom@exemple.fr"),
        (typed.TelephoneField(), "0692 12 34 56", "0692 12 34 56"),
        (typed.TelephoneField(required=False), "", ""),
        (typed.NumberField(), "９２\N{NO-BREAK SPACE}160", "92 160"),
        (typed.ReferenceField(), "0929991t", "0929991T"),
        (typed.ParagraphsField(), "Une\x0bdeux\r\ntrois", "Une\ndeux\r\ntrois"),
    ],
)
def test_each_in_its_writing(field, value, kept):
    assert field.clean(value) == kept


def test_a_telephone_that_does_not_exist():
    with pytest.raises(ValidationError, match="Ce numéro n’existe pas"):
        typed.TelephoneField().clean("06 12")

"""What is written comes in by several doors: a file, an agent's form, a family's. Each reads it by the one
reader of its sort: what is clumsy is mended alike, and what is wrong refused with the same sentence.

Two doors differ: only a spreadsheet loses the 0 of a postcode, and an optional cell of a file keeps no child
or organisme out, but is left aside with a note.
"""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.admin import site
from django.http import QueryDict
from django.test import RequestFactory

from accounts.forms import DetailsForm, EmailForm
from accounts.models import Beneficiary, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.accounts import UserAdmin
from backoffice.forms.children import ChildForm
from backoffice.forms.schools import SchoolForm
from backoffice.imports.directory.importer import DirectoryImporter
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, bring, plan
from partners.models import Partner
from partners.tests.factories import make_commune, make_partner

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def places():
    make_commune("92002", "Antony")
    make_commune("92071", "Sceaux")


def of_a_form(form, column):
    """What it reads, or the sentence by which it refuses."""
    form.is_valid()
    if column in form.errors:
        return " ".join(form.errors[column])
    # As it would be saved: a column of the model may read it too.
    instance = getattr(form, "instance", None)
    return getattr(instance, column) if instance else form.cleaned_data[column]


# --- Each door: what comes of a text in a column ------------------------------------------------------------


def _child_of_a_file(column, typed):
    titles = {
        "pupil_number": "Numéro d’élève",
        "first_name": "Prénom",
        "last_name": "Nom",
        "birth_year": "Naissance",
        "uai": "UAI",
        "insee_code": "Code INSEE",
    }
    made = plan(LINA | ANNE | {"Commune": "Antony" * (column != "insee_code"), titles[column]: typed})
    if made.refused:
        return made.refused[0][1]
    child = made.created[0].child
    return child.school_id if column == "uai" else getattr(child, column)


def _child_of_a_form(column, typed):
    child = make_beneficiary(pupil_number="E0009", birth_year=BIRTH - 1, insee_code="92071")
    names = ("pupil_number", "first_name", "last_name", "birth_year", "grade", "insee_code")
    said = {name: getattr(child, name) for name in names} | {"school": child.school_id, column: typed}
    return of_a_form(ChildForm(said, instance=child), column)


def _school_of_a_form(column, typed):
    said = {"uai": "0920009Z", "name": "Collège", "insee_code": "92071", column: typed}
    return of_a_form(SchoolForm(said), column)


def _guardian_of_a_file(column, typed):
    titles = {"first_name": "prénom", "last_name": "nom", "email": "e-mail", "phone": "téléphone"}
    title = titles.get(column, "code postal")
    made = plan(LINA | ANNE | {f"Responsable 1 {title}": typed})
    if made.refused:
        return made.refused[0][1].removeprefix("Responsable 1, ")
    [guardian] = made.created[0].guardians
    return getattr(guardian, column)


def _account_of_a_form(column, typed):
    user = make_user("anne", first_name="Anne", last_name="MARTIN")
    form = UserAdmin(User, site).get_form(_asked(), user)
    return of_a_form(form(_sent(username="anne", **{column: typed}), instance=user), column)


def _sent(**said):
    """As a browser sends it."""
    return QueryDict(urlencode(said))


def _asked() -> Any:
    """By a superuser."""
    request = RequestFactory().post("/")
    request.user = make_user("chef", is_staff=True, is_superuser=True)
    return request


def _family(column, typed):
    return of_a_form(DetailsForm({column: typed}, instance=make_user("anne")), column)


def _own_address(column, typed):
    form = EmailForm({"email": typed, "password": ""}, request=_asked())
    return of_a_form(form, column)


def _partner_of_a_file(column, typed):
    titles = {"phone": "Téléphone", "email": "E-mail", "postcode": "Code postal"}
    title = titles.get(column, "Affilié depuis le")
    content = f"Nom;Commune;Activités Sport;{title}\nJUDO;Antony;Judo;{typed}".encode()
    made = DirectoryImporter().plan(lambda: content, lambda done, rows: None)
    if made.refused:
        return made.refused[0][1]
    return getattr(made.created[0].partner, column)


def _partner_of_a_form(column, typed):
    admin = site._registry[Partner]
    partner = make_partner("JUDO")
    form = admin.get_form(_asked(), partner)
    said = {"name": "JUDO", "commune": "92002", "affiliated_from": "01/09/2020"} | {column: typed}
    return of_a_form(form(_sent(**said), instance=partner), column)


CHILD = (_child_of_a_file, _child_of_a_form)
UAI = (_child_of_a_file, _school_of_a_form)
NAMES = (*CHILD, _guardian_of_a_file, _account_of_a_form)
REACHED = (_guardian_of_a_file, _account_of_a_form, _partner_of_a_file, _partner_of_a_form)
DATED = (_partner_of_a_file, _partner_of_a_form)


def each(doors, column, *pairs):
    return [
        pytest.param(door, column, typed, comes, id=f"{door.__name__.strip('_')}-{column}-{typed}")
        for door in doors
        for typed, comes in pairs
    ]


@pytest.mark.parametrize(
    ("door", "column", "typed", "comes"),
    [
        *each(NAMES, "first_name", (" Zoe\N{COMBINING ACUTE ACCENT}  Lou ", "Zoé Lou")),
        *each(NAMES, "last_name", ("-", ""), ("DE\N{ZERO WIDTH SPACE} LA", "DE LA")),
        *each(CHILD, "pupil_number", (" e 0007 ", "E0007")),
        *each(CHILD, "birth_year", (f"12/05/{BIRTH}", BIRTH), (f"{BIRTH}-05-12 00:00", BIRTH)),
        *each((*CHILD, _school_of_a_form), "insee_code", ("2a004", "2A004")),
        *each(UAI, "uai", ("092 0007x", "0920007X")),
        *each((*REACHED, _own_address), "email", ("Anne <anne@club.example>", "anne@club.example")),
        *each((*REACHED, _family), "phone", ("0692123456", "0692 12 34 56"), ("699000001", "06 99 00 00 01")),
        *each((_guardian_of_a_file, _account_of_a_form, _family), "postcode", ("sw1a 1aa", "SW1A 1AA")),
        *each((*REACHED, _family), "postcode", ("92 330", "92330")),
        *each(DATED, "affiliated_from", ("1er sept. 2026", dt.date(2026, 9, 1))),
    ],
)
def test_what_is_clumsy_is_mended_alike(door, column, typed, comes):
    """cases B, admin.md 30: a form refused what a file took, and the other way round."""
    assert door(column, typed) == comes


A_NAME = "DUPONT1 n’est pas un nom : « 1 » n’en est pas. Écrivez-le comme sur une pièce d’identité."
AN_ADDRESS = "Saisissez une adresse complète, comme nom@exemple.fr."


@pytest.mark.parametrize(
    ("door", "column", "typed", "sentence"),
    [
        *each(NAMES, "first_name", ("DUPONT1", A_NAME)),
        *each(CHILD, "birth_year", ("un jour", "un jour n’est pas une année ou une date de naissance.")),
        *each(CHILD, "birth_year", ("1950", "Un collégien n’est pas né en 1950.")),
        *each(
            (*CHILD, _school_of_a_form),
            "insee_code",
            ("92003", "92003 n’est le code INSEE d’aucune commune du département."),
            ("00001", "00001 n’est le code INSEE d’aucune commune du département."),
        ),
        *each(UAI, "uai", ("092000", "092000 n’est pas un code UAI comme 0920001X.")),
        *each((_account_of_a_form, _partner_of_a_form, _own_address), "email", ("anne@", AN_ADDRESS)),
        *each((_partner_of_a_form,), "postcode", ("SW1A", "SW1A n’est pas un code postal à cinq chiffres.")),
        *each(DATED, "affiliated_from", ("bientôt", "bientôt n’est pas une date comme 01/09/2026.")),
        *each(DATED, "affiliated_from", ("01/09/0026", "01/09/0026 n’est pas une date comme 01/09/2026.")),
    ],
)
def test_what_is_wrong_is_refused_with_the_same_sentence(door, column, typed, sentence):
    """cases B: another sentence at each door, and some were Django's."""
    assert door(column, typed).replace(NBSP, " ") == sentence


@pytest.mark.parametrize("door", CHILD)
def test_a_number_that_is_none(door):
    assert "n’est pas un numéro d’élève" in door("pupil_number", "É1")


@pytest.mark.parametrize("door", [_account_of_a_form, _family])
def test_only_a_spreadsheet_loses_the_zero_of_a_postcode(door):
    assert _guardian_of_a_file("postcode", "1000") == "01000"
    assert "n’est pas un code postal" in door("postcode", "1000")


def test_one_name_alone_is_the_first_one_at_both_doors():
    bring(LINA | ANNE | {"Prénom": "-", "Nom": "ANNISA"})
    by_file = Beneficiary.objects.get(pupil_number=LINA["Numéro d’élève"])
    form = ChildForm(
        {
            "pupil_number": "E0011",
            "first_name": "-",
            "last_name": "ANNISA",
            "birth_year": f"{BIRTH}",
            "grade": "5",
            "insee_code": "92071",
            "school": by_file.school_id,
        }
    )
    assert form.is_valid(), form.errors
    by_form = form.save()

    for child in (by_file, by_form):
        assert (child.first_name, child.last_name) == ("ANNISA", "")

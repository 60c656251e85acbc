"""A form that looks for somebody asks for nothing else, and finds nothing wrong, before it has found."""

import pytest
from django.urls import reverse

from accounts.models import Beneficiary
from accounts.tests.factories import make_beneficiary, make_user
from partners.models import Partner
from partners.tests.factories import make_partner

pytestmark = pytest.mark.django_db
REQUIRED = "Ce champ est obligatoire"
ADD, REPLACE, MERGE = "ajouter-un-responsable", "remplacer-un-responsable", "fusionner"


@pytest.fixture
def looked(act):
    """By each act that looks for another row: the act, the row, words that find one, words that find none."""
    mother = make_user("mere", first_name="Lucie", last_name="FAUVEL")
    child = make_beneficiary(mother, first_name="Zoé", last_name="FAUVEL")
    make_user("pere", first_name="Paul", last_name="FAUVEL")
    make_beneficiary(first_name="Zoé", last_name="FAUVEL", pupil_number="E0777")
    make_partner("JUDO CLUB DE BAGNEUX")
    return {
        "guardian": (child, ADD, "pere"),
        "replaced": (child, REPLACE, "pere"),
        "child": (child, MERGE, "E0777"),
        "account": (mother, MERGE, "pere"),
        "partner": (make_partner("JUDO BAGNEUX"), MERGE, "judo club"),
    }


EACH = pytest.mark.parametrize("which", ["guardian", "replaced", "child", "account", "partner"])


@EACH
def test_to_look_asks_for_nothing_else(act, agent, looked, which):
    """The fresh-eyes trial: « Ce champ est obligatoire » in red after « Chercher »."""
    row, name, words = looked[which]
    found = act(row, name, said=words, reason="")

    assert len(found.context["form"].found) == 1
    assert REQUIRED not in found.text
    assert 'value="Chercher de nouveau"' in found.text
    assert f'name="searched" value="{words}"' in found.text


@EACH
def test_who_finds_nobody_is_told_so_and_nothing_else(act, agent, looked, which):
    row, name, _ = looked[which]
    nobody = act(row, name, said="zzyzx", reason="")

    assert list(nobody.context["form"].errors) == ["said"]
    assert 'value="Chercher"' in nobody.text


@EACH
def test_once_somebody_is_found_the_rest_is_asked_for(act, agent, looked, which):
    row, name, words = looked[which]
    sent = act(row, name, said=words, searched=words, reason="")

    assert REQUIRED in sent.text
    assert "reason" in sent.context["form"].errors


@EACH
def test_other_words_or_the_button_look_again_and_do_nothing(act, agent, looked, which):
    row, name, words = looked[which]
    [found] = act(row, name, said=words).context["form"].found
    filled = {"searched": words, "kept": found, "coming": found, "typed": str(row), "reason": "Doublon"}
    for again in ({"said": "zzyzx"}, {"said": words, "look": ""}):
        response = act(row, name, **filled, **again)
        assert response.status_code == 200
        assert REQUIRED not in response.text

    assert not Beneficiary.objects.exclude(merged_into=None).exists()
    assert not Partner.objects.exclude(merged_into=None).exists()


@pytest.mark.parametrize("which", ["child", "account", "partner"])
def test_a_merge_begins_with_who_is_called_alike(client, agent, looked, which):
    row, name, _ = looked[which]
    make_user(first_name="Lucie", last_name="FAUVEL")
    page = client.get(reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_{name}", args=[row.pk]))
    [alike] = page.context["form"].found

    assert type(row).objects.get(pk=alike) != row
    assert REQUIRED not in page.text
    assert f'name="searched" value="{row}"' in page.text


@pytest.mark.parametrize("which", ["child", "account", "partner"])
def test_a_merge_says_from_the_first_page_that_it_has_no_undo(client, act, agent, looked, which):
    row, name, words = looked[which]
    for said in ({}, {"said": words}):
        assert "Cela ne se défait pas." in act(row, name, **said).text

"""How French is typed in a hurry."""

import pytest

from core.french import elided, is_misspelling, parted, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [("issi", "issy"), ("ekitation", "equitation"), ("teatre", "theatre"), ("gimnastic", "gymnastique")],
)
def test_what_sounds_alike(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("typed", "rest"),
    [("minscris", "inscris"), ("lannuaire", "annuaire"), ("quil", "il"), ("voile", None), ("la", None)],
)
def test_an_apostrophe_that_was_left_out(typed, rest):
    assert elided(typed) == rest


@pytest.mark.parametrize(("typed", "rest"), [("descrime", "escrime"), ("saltos", None), ("minscris", None)])
def test_only_two_articles_stand_before_nouns(typed, rest):
    assert elided(typed, before_nouns=True) == rest


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("coursdepiano", ("cours", "de", "piano")),
        ("judoantony", ("judo", "antony")),
        ("judo", ()),
        ("pianoxy", ()),
        ("l" * 200, ()),
    ],
)
def test_words_that_were_written_as_one(typed, parts):
    assert parted(typed, {"cours", "piano", "judo", "antony"}.__contains__) == parts


@pytest.mark.parametrize(
    ("typed", "word", "is_it"),
    [
        ("jduo", "judo", True),
        ("natassion", "natation", True),
        ("quitation", "equitation", True),
        ("artistique", "gymartistique", False),
        ("karting", "acting", False),
        ("golf", "gala", False),
        ("x" * 10_000, "judo", False),
        ("", "judo", False),
    ],
)
def test_what_may_be_a_misspelling(typed, word, is_it):
    assert is_misspelling(typed, word) is is_it

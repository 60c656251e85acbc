"""The search says what it did, and is never empty when the answer is next door."""

import pytest
from django.utils import timezone

from partners.directory_index import Wanted
from partners.models import Activity, Commune, Partner, Synonym
from partners.search import answer
from partners.services import directory_changed, load_communes
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

pytestmark = pytest.mark.django_db
ANTONY, SCEAUX, MEUDON, PLESSIS = "92002", "92071", "92048", "92060"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def directory():
    load_communes()

    def place(name, code, activity, kind=Kind.SPORT):
        make_offer(activity, kind, partner=make_partner(name, commune=Commune.objects.get(pk=code)))

    place("JUDO CLUB DE SCEAUX", SCEAUX, "Judo")
    place("CONSERVATOIRE D ANTONY", ANTONY, "Piano", Kind.CULTURE)
    place("ANTONY ATHLETISME", ANTONY, "Athlétisme")
    place("VOILE DE MEUDON", MEUDON, "Voile")
    place("ARTS DU PLESSIS", PLESSIS, "Arts plastiques", Kind.CULTURE)
    place("RACING CLUB", PLESSIS, "Tennis de table")


def asked(words="", **wanted):
    """The names that were found, and the sentences."""
    names = dict(Partner.objects.values_list("pk", "name"))
    answered = answer(Wanted(on=timezone.localdate(), words=words, **wanted))
    return [names[one.pk] for one in answered.found], list(answered.explanation)


@pytest.mark.parametrize(
    "wanted", [{"words": "Judo Antony"}, {"words": "judo", "commune": ANTONY}, {"words": "judo 92160"}]
)
def test_none_there_shows_the_nearest_and_says_so(wanted):
    """family.md 7, 8: « Judo Antony » showed what is no judo, « judo » and Antony an empty page."""
    assert asked(**wanted) == (
        ["JUDO CLUB DE SCEAUX"],
        [f"Pas de judo à Antony. Le plus proche{NBSP}: Sceaux, 3,0{NBSP}km."],
    )


def test_none_there_says_au_plessis():
    _, [sentence] = asked("judo le plessis robinson")

    assert sentence.startswith("Pas de judo au Plessis-Robinson. ")


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ({"commune": "92077"}, "Aucun organisme à Ville-d’Avray. "),
        ({"commune": "92077", "kind": Kind.SPORT}, "Aucun organisme de ce choix à Ville-d’Avray. "),
        ({"commune": ANTONY, "kind": Kind.SPORT, "words": "piano judo"}, "Rien ne correspond à "),
        ({"commune": SCEAUX, "kind": Kind.CULTURE, "words": "piano"}, "Rien de tel à Sceaux. "),
    ],
)
def test_what_is_not_there_is_told_by_what_was_asked(wanted, sentence):
    """family.md 8."""
    found, sentences = asked(**wanted)

    assert found
    assert sentences[0].startswith(sentence)


def test_a_misspelling_that_was_taken_for_a_word_is_told():
    """family.md 7: « jduo » was corrected in silence."""
    assert asked("jduo") == (
        ["JUDO CLUB DE SCEAUX"],
        [f"Résultats pour judo (au lieu de «{NBSP}jduo{NBSP}»)."],
    )
    typed = f"«{NBSP}athletsime{NBSP}» et «{NBSP}anthony{NBSP}»"
    assert asked("athletsime anthony") == (
        ["ANTONY ATHLETISME"],
        [f"Résultats pour athlétisme et Antony (au lieu de {typed})."],
    )


@pytest.mark.parametrize("words", ["judo", "JUDO", "cours de judo", "judo sceaux"])
def test_what_is_as_it_was_asked_needs_no_word(words):
    assert asked(words) == (["JUDO CLUB DE SCEAUX"], [])


def test_all_words_before_some():
    """family.md 7: « athlé » found a tennis club, for its name was short for « athletic »."""
    found, sentences = asked("judo trottinette")
    assert found == ["JUDO CLUB DE SCEAUX"]
    assert sentences == [
        f"Aucun organisme affilié ne propose de trottinette. Voici ce qui répond à «{NBSP}judo{NBSP}»."
    ]
    assert asked("athlé")[0] == ["ANTONY ATHLETISME"]


@pytest.mark.parametrize("words", ["CSM", "hip hop", "zzzzz", "75014"])
def test_false_friends_are_not_shown(words):
    """family.md 7: « CSM » and « hip hop » found a sporting club and a riding club."""
    assert asked(words)[0] == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("92330", "JUDO CLUB DE SCEAUX"),
        ("92 330", "JUDO CLUB DE SCEAUX"),
        ("judo 92330", "JUDO CLUB DE SCEAUX"),
        ("92360", "VOILE DE MEUDON"),
    ],
)
def test_a_postcode_is_its_commune(words, name):
    """family.md 43, cases 47: nothing was found; Meudon has two."""
    assert asked(words) == ([name], [])


def test_the_postcode_that_an_organisme_writes_is_its_commune_too():
    Partner.objects.filter(name="JUDO CLUB DE SCEAUX").update(postcode="92339")
    directory_changed()

    assert asked("92339")[0] == ["JUDO CLUB DE SCEAUX"]


def test_around_needs_a_place():
    """family.md 8: « Et autour » without a commune was ignored in silence."""
    assert asked("judo", around=True)[1] == [
        "Pour trier du plus proche au plus loin, choisissez aussi une commune."
    ]
    assert asked("judo sceaux", around=True)[1] == []
    assert asked("judo", around=True, near=(48.75, 2.3))[1] == []


def test_a_commune_that_is_typed_counts_more_than_the_one_chosen():
    found, [sentence] = asked("judo sceaux", commune=ANTONY)

    assert found == ["JUDO CLUB DE SCEAUX"]
    assert sentence == "La recherche est faite à Sceaux, comme écrit, et non dans la commune choisie."


def test_a_synonym_waits_for_its_activity():
    """family.md 7: ping-pong; and what staff add counts from the next search on."""
    assert asked("ping-pong")[0] == ["RACING CLUB"]
    assert asked("kayak")[0] == []
    Activity.objects.filter(name="Voile").update(name="Canoë-kayak")
    Synonym.objects.create(typed="pagaille", means="Canoë-kayak")
    directory_changed()

    assert asked("kayak")[0] == asked("pagaille")[0] == ["VOILE DE MEUDON"]


def test_what_several_words_mean_comes_before_towns():
    """« self défense » is none of La Défense."""
    make_offer("Karaté", Kind.SPORT, partner=make_partner("KARATE"))

    assert asked("self défense") == (["KARATE"], [])
    [sentence] = asked("la défense")[1]
    assert sentence.startswith("Aucun organisme à Puteaux. ")


def test_who_looks_for_handisport_finds_who_welcomes():
    Partner.objects.filter(name="RACING CLUB").update(accessible=True)
    directory_changed()

    assert asked("handisport")[0] == ["RACING CLUB"]


def test_a_synonym_is_there_once(refused_by):
    with refused_by("partners_synonym_once"):
        Synonym.objects.create(typed="ping-pong", means="Tennis de table")

"""What is typed in a hurry on a phone is understood, and what is not is told without a falsehood."""

import pytest

from partners.models import Commune
from partners.services import load_communes
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

from .test_explanation import NBSP, asked

pytestmark = [pytest.mark.django_db, pytest.mark.any_database]
NO_ZORGLUB = f"Nous ne connaissons pas «{NBSP}zorglub{NBSP}» dans le département."


@pytest.fixture(autouse=True)
def directory():
    load_communes()
    for name, code, activity, kind in (
        ("JUDO CLUB DE SCEAUX", "92071", "Judo", Kind.SPORT),
        ("CONSERVATOIRE D ISSY", "92040", "Violon", Kind.CULTURE),
        ("CONSERVATOIRE DE MEUDON", "92048", "Piano", Kind.CULTURE),
        ("ECOLE DE DESSIN", "92026", "Dessin", Kind.CULTURE),
        ("COURBEVOIE ROLLER", "92026", "Roller", Kind.SPORT),
        ("BOULOGNE ESCALADE", "92012", "Escalade", Kind.SPORT),
        ("MJC", "92025", "Guitare", Kind.CULTURE),
        ("PING GARENNE", "92035", "Tennis de table", Kind.SPORT),
        ("GYM", "92014", "Gymnastique", Kind.SPORT),
    ):
        make_offer(activity, kind, partner=make_partner(name, commune=Commune.objects.get(pk=code)))


@pytest.mark.parametrize(
    ("words", "name"),
    [
        # Without their apostrophe.
        ("lescalade", "BOULOGNE ESCALADE"),
        ("violon dissy", "CONSERVATOIRE D ISSY"),
        # Written as one.
        ("judosceaux", "JUDO CLUB DE SCEAUX"),
        ("coursdepiano", "CONSERVATOIRE DE MEUDON"),
        ("tennisdetable", "PING GARENNE"),
        # Towns by short names.
        ("violon issy", "CONSERVATOIRE D ISSY"),
        ("escalade boulogne", "BOULOGNE ESCALADE"),
        ("roller courbevoie", "COURBEVOIE ROLLER"),
        # As in a text message, and in a whole sentence.
        ("jveux faire du judo stp", "JUDO CLUB DE SCEAUX"),
        ("truc artistique pr ado a courbevoie", "ECOLE DE DESSIN"),
        ("bonjour est ce que vous avez un club de judo pas trop loin pour mon fils de 11 ans", None),
        ("judo inscription 2026 18h30", "JUDO CLUB DE SCEAUX"),
    ],
)
def test_what_is_understood_needs_no_word(words, name):
    found, sentences = asked(words)

    assert found == [name or "JUDO CLUB DE SCEAUX"]
    assert sentences == []


@pytest.mark.parametrize(
    ("words", "name", "taken"),
    [
        ("violon issi", "CONSERVATOIRE D ISSY", "Issy-les-Moulineaux"),
        ("gimnastic", "GYM", "gymnastique"),
        ("guitar elctrique", "MJC", "guitare"),
        ("ping la garene colombe", "PING GARENNE", "La Garenne-Colombes"),
    ],
)
def test_what_was_taken_for_something_else_is_told(words, name, taken):
    """« issi » was told to be nothing, « artistique » taken for « gymartistique », and that was shown."""
    found, [sentence] = asked(words)

    assert found == [name]
    assert sentence.startswith(f"Résultats pour {taken} (au lieu de «{NBSP}")


@pytest.mark.parametrize("words", ["altisse", "versailles", "karting", "toussaint"])
def test_what_is_much_longer_is_no_misspelling(words):
    assert not any("au lieu de" in sentence for sentence in asked(words)[1])


@pytest.mark.parametrize(
    ("words", "found", "sentences"),
    [
        (
            "zorglub judo",
            ["JUDO CLUB DE SCEAUX"],
            [f"{NO_ZORGLUB} Voici ce qui répond à «{NBSP}judo{NBSP}»."],
        ),
        (
            "zorglub courbevoie",
            ["COURBEVOIE ROLLER", "ECOLE DE DESSIN"],
            [f"{NO_ZORGLUB} Voici les organismes de Courbevoie."],
        ),
        (
            "zorglub",
            [],
            [f"{NO_ZORGLUB} Vérifiez l’orthographe."],
        ),
        ("harpe", [], ["Aucun organisme affilié ne propose de harpe."]),
        ("cours danglais", [], ["Aucun organisme affilié ne propose d’anglais."]),
        ("tir a larc", [], ["Aucun organisme affilié ne propose de tir à l’arc."]),
        (
            "ski issy",
            ["CONSERVATOIRE D ISSY"],
            ["Aucun organisme affilié ne propose de ski. Voici les organismes d’Issy-les-Moulineaux."],
        ),
        # A synonym is told by the activity that is offered: nobody says there are ukuleles in Colombes.
        (
            "ukulele issy",
            ["MJC"],
            [f"Pas de guitare à Issy-les-Moulineaux. Le plus proche{NBSP}: Colombes, 11{NBSP}km."],
        ),
    ],
)
def test_what_is_not_known_is_not_told_to_be_nowhere(words, found, sentences):
    """« Rien de tel à Courbevoie » was told of an activity that had not been understood."""
    assert asked(words) == (found, sentences)


def test_what_was_typed_is_quoted_with_its_articles():
    typed = f"«{NBSP}tenis de tabl{NBSP}» et «{NBSP}garene colombe{NBSP}»"

    assert asked("tenis de tabl a la garene colombe")[1] == [
        f"Résultats pour tennis de table et La Garenne-Colombes (au lieu de {typed})."
    ]


def test_of_two_activities_neither_is_denied():
    """« Rien ne correspond à « piano » » was told though there are pianos."""
    found, sentences = asked("piano et judo")

    assert set(found) == {"CONSERVATOIRE DE MEUDON", "JUDO CLUB DE SCEAUX"}
    assert sentences == [
        f"Aucun organisme ne réunit «{NBSP}piano{NBSP}» et «{NBSP}judo{NBSP}». Voici ce qui s’en approche."
    ]


@pytest.mark.parametrize("words", ["de la", "12 ans", "!!", "bonjour svp", "\N{SPORTS MEDAL}"])
def test_what_asks_for_nothing_shows_all_and_says_what_to_write(words):
    found, sentences = asked(words)

    assert len(found) == 9
    assert sentences == [f"Écrivez une activité, une commune ou un nom{NBSP}: judo, Antony, conservatoire."]


def test_near_without_a_commune_asks_for_one():
    assert asked("judo pas loin")[1] == []
    assert asked("judo a cote de chez moi")[1] == [
        "Pour trier du plus proche au plus loin, choisissez aussi une commune."
    ]


@pytest.mark.parametrize(
    "words",
    [
        "x" * 10_000,
        "la" * 5_000,
        "judo" * 2_500,
        "judo " * 2_000,
        "a\N{NULL}b\N{RIGHT-TO-LEFT OVERRIDE}judo\N{ZERO WIDTH SPACE}",
        "\N{HEBREW LETTER ALEF}\N{HEBREW LETTER BET}",
        "1" * 10_000,
        "<script>alert(1)</script>",
        "'; DROP TABLE partners_partner; --",
    ],
)
def test_nothing_that_is_typed_breaks_it(words):
    found, sentences = asked(words)

    assert len(found) <= 9
    assert len(sentences) <= 2


def test_a_dictated_sentence_is_read_to_its_end(client):
    words = (
        "bonjour je voudrais savoir s’il existe un cours de piano qui ne soit pas trop cher ni trop loin de "
        "la maison pour ma fille de douze ans nous habitons à Meudon"
    )
    page = client.get("/partenaires/", {"nom": words})

    assert [listed.partner.name for listed in page.context["partners"]] == ["CONSERVATOIRE DE MEUDON"]
    assert list(page.context["explanation"]) == []

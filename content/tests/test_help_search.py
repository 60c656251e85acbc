"""What people type in the help, and what is found."""

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from content.models import Audience, HelpTopic

from .factories import make_topic

pytestmark = pytest.mark.django_db


def found(client, typed):
    return [topic.question for topic in client.get("/aide/", {"q": typed}).context["found"]]


@pytest.mark.usefixtures("topics")
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("perdu", "J’ai perdu un ticket"),
        ("PERDU", "J’ai perdu un ticket"),
        ("tickets perdus", "J’ai perdu un ticket"),
        ("j'ai perdu mon ticket", "J’ai perdu un ticket"),
        ("telephone", "Je n’ai pas d’imprimante"),
        ("téléphone", "Je n’ai pas d’imprimante"),
        ("imprimantes", "Je n’ai pas d’imprimante"),
        ("coeur", "Un cœur"),
        ("SŒURS", "Un cœur"),
        ("hauts-de-seine", "Combien ?"),
        ("prochaine campagne", "Combien ?"),
        ("un", "J’ai perdu un ticket"),
    ],
)
def test_what_people_type(client, typed, first):
    assert found(client, typed)[0] == first


@pytest.mark.usefixtures("topics")
def test_the_question_counts_more_than_the_answer(client):
    assert found(client, "ticket") == ["J’ai perdu un ticket", "Je n’ai pas d’imprimante"]
    # By their stem; what is written for families before what is not.
    for typed in ("imprimer", "imprim"):
        assert set(found(client, typed)) == {"Je n’ai pas d’imprimante", "J’ai perdu un ticket"}


@pytest.mark.usefixtures("topics")
@pytest.mark.parametrize("typed", ["zzz", "%", "_", "' OR 1=1 --", "<script>", "perdu zzz yyy", "x" * 10_000])
def test_nothing_found_leads_to_us(client, typed):
    response = client.get("/aide/", {"q": typed})

    assert response.status_code == 200
    assert response.context["found"] == []
    assert "Aucune réponse" in response.text
    assert 'href="/contact/">posez-nous la question' in response.text
    assert "01 99 00 92 92" in response.text
    assert "<script>" not in response.text
    assert len(response.text) < 20_000


@pytest.mark.usefixtures("topics")
def test_the_first_answer_found_is_open_already(client):
    page = client.get("/aide/", {"q": "ticket"}).text

    assert page.count("<details open><summary>") == 1
    assert "2 réponses pour" in page


def test_five_answers_at_most(client):
    """family.md 9: 21 answers to « quand expire mon ticket »."""
    for number in range(9):
        make_topic(f"Mon zorglub n° {number} ?")

    assert len(found(client, "zorglub")) == 5


def test_other_words_that_staff_add_are_found(client):
    """family.md 9."""
    HelpTopic.objects.all().delete()
    topic = make_topic("Puis-je annuler ?")
    assert found(client, "remboursement") == []

    HelpTopic.objects.filter(pk=topic.pk).update(keywords="être remboursé")
    assert found(client, "remboursement") == ["Puis-je annuler ?"]


def test_rare_words_decide(client):
    """family.md 9: half of the words were enough, and those that all have counted like the others."""
    HelpTopic.objects.all().delete()
    for number in range(9):
        make_topic(f"Un ticket pour mon enfant {number} ?")
    make_topic("La garde alternée ?")

    assert found(client, "un ticket et la garde alternée de mon enfant")[0] == "La garde alternée ?"


def test_whose_questions_come_first(client):
    """family.md 9: « quand expire mon ticket » told a family what organismes ask."""
    HelpTopic.objects.all().delete()
    for audience in reversed(Audience):
        make_topic(f"Validité, {audience.label} ?", audience=audience)
    assert found(client, "validité")[0] == "Validité, Familles ?"

    parent, child = make_user("parent"), make_user("enfant")
    make_beneficiary(parent, user=child)
    for person, first in ((parent, "Familles"), (child, "Collégiens")):
        client.force_login(person)
        assert found(client, "validité")[0] == f"Validité, {first} ?"
        assert client.get("/aide/").context["audiences"][0][0].label == first


def test_misspelt_words_are_found(client):
    HelpTopic.objects.all().delete()
    make_topic("Un remboursement ?")

    assert found(client, "remboursemment") == ["Un remboursement ?"]


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("comment je minscris", "Comment inscrire mon enfant ?"),
        ("lannuaire", "L’annuaire des clubs"),
        ("motdepasse", "Mon mot de passe"),
        ("ticketperdu", "Un ticket perdu"),
    ],
)
def test_what_lacks_an_apostrophe_or_a_space_is_found(client, typed, question):
    """« comment je minscris » found nothing."""
    HelpTopic.objects.all().delete()
    for title in (
        "Comment inscrire mon enfant ?",
        "L’annuaire des clubs",
        "Mon mot de passe",
        "Un ticket perdu",
    ):
        make_topic(title)

    assert found(client, typed) == [question]


@pytest.mark.parametrize(
    "typed",
    [
        "jud" * 3_000,
        "\N{RIGHT-TO-LEFT OVERRIDE}\N{ZERO WIDTH SPACE}",
        "la" * 50,
        "\N{SPORTS MEDAL}",
        "7" * 100,
    ],
)
def test_nothing_that_is_typed_breaks_it(client, typed):
    assert client.get("/aide/", {"q": typed}).status_code == 200

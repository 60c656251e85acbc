"""What people type in the help, and what is found."""

import pytest

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
    assert found(client, "imprimer") == []
    assert found(client, "imprim") == ["Je n’ai pas d’imprimante", "J’ai perdu un ticket"]


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

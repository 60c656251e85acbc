"""Nothing left that a ticket could take: one sentence, no dead form, no live button."""

import pytest

pytestmark = pytest.mark.django_db


def of(garance, path=""):
    return f"/beneficiaires/{garance.public_id}/loisirs/effectuer-une-transaction/{path}"


@pytest.fixture
def spent(wallets):
    wallets(100, sport="0", culture="0.66")


@pytest.mark.parametrize("path", ["", "organisme/", "papier/"])
def test_one_sentence_and_no_form(client, garance, spent, path):
    """family.md 14: the path asked everything before it refused."""
    page = client.get(of(garance, path), follow=True)
    text = page.text.replace("\xa0", " ")

    assert page.context["request"].path == of(garance)
    assert "Il ne reste pas de quoi créer un ticket : un ticket vaut au moins 1,00 €." in text
    assert "<form" not in text.partition("<main")[2].partition("</main>")[0]


@pytest.mark.parametrize("path", ["", "loisirs/porte-monnaie/"])
def test_no_button(client, garance, spent, path):
    page = client.get(f"/beneficiaires/{garance.public_id}/{path}").text

    assert of(garance) not in page.partition("<main")[2].partition("</main>")[0]


def test_one_wallet_of_two_is_named_and_the_choices_stay(client, garance, wallets, offer):
    """family.md 14: « Ce porte-monnaie est vide », which one, above a form that was emptied."""
    wallets(100, sport="20", culture="0.66")
    asked = {
        "commune": offer.partner.commune_id,
        "activites": "culture",
        "organisme": offer.partner_id,
    }
    page = client.get(of(garance, "organisme/"), asked)
    text = page.text.replace("\xa0", " ")

    assert "Porte-monnaie Culture : il reste 0,66 €, et un ticket vaut au moins 1,00 €." in text
    assert f'<option value="{offer.partner_id}" selected>' in text


def test_a_page_kept_open_names_it_too(client, garance, wallets):
    wallets(100, sport="20", culture="0.66")
    culture = garance.wallets.get(kind="culture")
    page = client.get(of(garance, f"papier/{culture.pk}/"), follow=True)

    assert "Porte-monnaie Culture : il reste 0,66 €" in page.text.replace("\xa0", " ")

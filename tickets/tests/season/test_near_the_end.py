"""From thirty days before the last day: how many are left, and how many euros will be lost."""

import pytest

pytestmark = pytest.mark.django_db
SCREENS = ["/beneficiaires/", "", "loisirs/porte-monnaie/"]


def seen(client, garance, screen):
    path = screen if screen.startswith("/") else f"/beneficiaires/{garance.public_id}/{screen}"
    return client.get(path).text.replace("\xa0", " ")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize(
    ("left", "said"),
    [
        (30, "Plus que 30 jours pour créer des tickets : 80,00 € seront perdus après le "),
        (7, "Plus que 7 jours pour créer des tickets : 80,00 € seront perdus après le "),
        (1, "Plus qu’un jour pour créer des tickets : 80,00 € seront perdus après le "),
        (0, "C’est le dernier jour pour créer des tickets : 80,00 € seront perdus après le "),
    ],
)
def test_how_long_and_how_much(client, garance, wallets, screen, left, said):
    """family.md 11: the deadline was never urgent."""
    wallets(left, sport="20", culture="60")

    assert said in seen(client, garance, screen)


@pytest.mark.parametrize("screen", SCREENS)
def test_not_before(client, garance, wallets, screen):
    wallets(31, sport="20")

    assert "seront perdus" not in seen(client, garance, screen)


@pytest.mark.parametrize("screen", SCREENS)
def test_nor_of_what_no_ticket_could_take(client, garance, wallets, screen):
    """It would hurry a family that can do nothing."""
    wallets(7, sport="0.66")

    assert "Plus que" not in seen(client, garance, screen)


def test_one_euro_is_lost_in_the_singular(client, garance, wallets):
    wallets(7, sport="1.50")

    assert "1,50 € sera perdu après" in seen(client, garance, "")

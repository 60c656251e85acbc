"""What is optional keeps no organisme out: it is left aside, and said."""

import pytest

from partners.models import Activity, Partner
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

from .directories import bring, outcome, plan

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("column", "cell", "name", "kept"),
    [
        *(("Site", cell, "website", "") for cell in ("néant", "-", "pas un site", "a@club.example", "n.c.")),
        ("Site", "www.a.example ; www.b.example", "website", "https://www.a.example"),
        *(("E-mail", cell, "email", "") for cell in ("Contact <a@b>", "pas une adresse", "néant")),
        ("E-mail", "Contact <a@club.example>, b@club.example", "email", "a@club.example"),
        *(("Téléphone", cell, "phone", "") for cell in ("non communiqué", "1,99E+08", "-")),
        *(("Code postal", cell, "postcode", "") for cell in ("Bât B", "92160,00", "SW1A", "?")),
        *(("Code postal", cell, "postcode", "92160") for cell in ("92160 ANTONY", "F-92160")),
        ("Adresse", "x" * 161, "address", ""),
        ("Handicap", "peut-être", "accessible", False),
    ],
)
def test_what_nobody_can_read_is_left_aside(column, cell, name, kept):
    """The whole line was refused."""
    done = bring(f'Nom;Commune;Activités Sport;{column}\nCLUB;Antony;Judo;"{cell}"')

    assert getattr(Partner.objects.get(), name) == kept
    [(number, told)] = done.notes
    assert (number, cell[:30] in told) == (2, True)


def test_what_is_there_stays():
    make_partner("CLUB", website="https://club.example", postcode="92160")
    made = plan("Nom;Commune;Site;Code postal\nCLUB;Antony;néant;Bât B")

    assert (made.unchanged, len(made.notes)) == (1, 2)


@pytest.mark.parametrize(
    ("commune", "postcode"), [("92330 SCEAUX", "92330"), ("Sceaux (92)", ""), ("92071", ""), ("Sceaux", "")]
)
def test_the_postcode_beside_the_commune_is_the_postcode(commune, postcode):
    bring(f"Nom;Commune;Activités Sport\nCLUB;{commune};Judo")

    partner = Partner.objects.get()
    assert (partner.commune_id, partner.postcode) == ("92071", postcode)


@pytest.mark.parametrize("column", ["Affilié depuis le", "Affilié jusqu’au"])
@pytest.mark.parametrize("day", ["01/09/0026", "0026-09-01", "l’an dernier"])
def test_a_day_that_nobody_can_read_is_refused(column, day):
    """Left aside it would let tickets in for ever, or from today: « 0026 » was a year."""
    [(_, why)] = plan(f"Nom;Commune;Activités Sport;{column}\nCLUB;Antony;Judo;{day}").refused

    assert why == f"{day} n’est pas une date comme 01/09/2026."


@pytest.mark.parametrize("cell", ["oui", "X", "x", "1", "✓", "non", "néant", "12", "O", "vrai"])
def test_a_tick_is_no_activity(cell):
    """A column « Sport » with « X » made an activity of that name."""
    [(_, why)] = plan(f"Nom;Commune;Sport\nCLUB;Antony;{cell}").refused
    assert why == f"{cell} n’est pas une activité. Écrivez laquelle."

    done = bring(f"Nom;Commune;Sport;Culture\nCLUB;Antony;{cell};Danse | {cell}")
    assert [*Activity.objects.values_list("name", flat=True)] == ["Danse"]
    assert {note for _, note in done.notes} == {f"{why} Laissé de côté."}


@pytest.mark.parametrize("name", ["Nô", "Go", "Danse 5 rythmes", "Ok Chorale"])
def test_short_names_are_activities(name):
    bring(f"Nom;Commune;Culture\nCLUB;Antony;{name}")

    assert Activity.objects.get().name == name


def test_one_that_is_known_is_one():
    make_offer("X", Kind.SPORT, partner=make_partner("AUTRE"))

    assert outcome("Nom;Commune;Sport\nCLUB;Antony;X") == [1, 0, 0, 0]


def test_an_activity_that_is_too_long_keeps_the_others():
    done = bring(f"Nom;Commune;Sport\nCLUB;Antony;{'x' * 81} | Judo")

    assert [*Activity.objects.values_list("name", flat=True)] == ["Judo"]
    assert "trop longue" in done.notes[0][1]

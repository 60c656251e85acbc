"""A new organisme is like a known one: an agent may say that it is the same, which the line then changes."""

import pytest

from backoffice.imports import importers
from backoffice.imports.choices import SameTwice
from backoffice.models import Choice, Sort, Stage, Verdict
from partners.models import Activity, Offer, Partner
from partners.tests.factories import make_offer, make_partner
from wallets.models import Kind

from .importing import bring, choose, confirm, take, undo, work
from .whole_lists import only

pytestmark = pytest.mark.django_db
NBSP = "\N{NO-BREAK SPACE}"
TITLES = "Nom;Commune;Téléphone;SIRET;Activités Sport"
LINE = "ANTONY JUDO CLUB;Antony;01 99 00 10 99;;Judo | Karaté"


@pytest.fixture
def judo():
    partner = make_partner("JUDO CLUB D’ANTONY", phone="01 99 00 10 58", email="judo@club.example")
    make_offer("Judo", Kind.SPORT, partner=partner)
    return partner


@pytest.fixture
def read(client, agent, judo):
    """Bring these lines, and let them be read; return the page."""

    def go(*lines):
        page = bring(client, "\n".join([TITLES, *lines]).encode()).request["PATH_INFO"]
        work()
        return page

    return go


def update(partner):
    return {"choix-2": f"update-{partner.pk}"}


def test_it_is_offered_with_what_it_changes_and_nothing_is_preset(client, judo, read):
    """There were two answers only: another one, or leave the line."""
    response = client.get(read(LINE))
    [line] = response.context["lines"].lines
    [offered] = line.updates

    assert (offered.key, offered.called, offered.is_chosen) == (judo.pk, "JUDO CLUB D’ANTONY", False)
    assert offered.told.replace(NBSP, " ") == (
        "nom : JUDO CLUB D’ANTONY → ANTONY JUDO CLUB, téléphone : 01 99 00 10 58 → 01 99 00 10 99, "
        "activités ajoutées : rien → Karaté (Sport)"
    )
    assert f'value="update-{judo.pk}"' in response.text
    assert "checked" not in response.text
    # Nobody is changed by being looked at.
    judo.refresh_from_db()
    assert judo.phone == "01 99 00 10 58"


def test_the_known_one_is_brought_up_to_date_and_none_is_made(client, judo, read):
    page = read(LINE)
    chosen = choose(client, page, **update(judo)).text.replace(NBSP, " ")
    assert "0 créé, 1 modifié, 0 inchangé, 0 refusé" in chosen
    confirm(client, page)
    work()

    partner = Partner.objects.get()
    assert (partner.pk, partner.name, partner.phone, partner.email) == (
        judo.pk,
        "ANTONY JUDO CLUB",
        "01 99 00 10 99",
        "judo@club.example",
    )
    assert {*partner.offers.values_list("activity__name", flat=True)} == {"Judo", "Karaté"}
    assert only().stage == Stage.DONE
    assert only().report["told"].startswith("0 créé, 1 modifié")
    assert only().lines.get().verdict == Verdict.CHANGED
    told = client.get(page).text.replace(NBSP, " ")
    assert "C’est JUDO CLUB D’ANTONY, a dit un agent, mis à jour : nom" in told


def test_the_undo_of_the_import_takes_it_back(client, judo, read):
    page = read(LINE)
    choose(client, page, **update(judo))
    confirm(client, page)
    work()
    undo(client, only())

    partner = Partner.objects.get()
    assert (partner.name, partner.phone) == ("JUDO CLUB D’ANTONY", "01 99 00 10 58")
    assert [*Offer.objects.values_list("activity__name", flat=True)] == ["Judo"]
    assert [*Activity.objects.values_list("name", flat=True)] == ["Judo"]
    assert only().stage == Stage.UNDONE


def test_the_other_lines_are_done_as_ever(client, judo, read):
    page = read(LINE, "GYM CLUB;Sceaux;;;Gymnastique")
    choose(client, page, **update(judo))
    confirm(client, page)
    work()

    assert {*Partner.objects.values_list("name", flat=True)} == {"ANTONY JUDO CLUB", "GYM CLUB"}
    assert {*Activity.objects.values_list("name", flat=True)} == {"Judo", "Karaté", "Gymnastique"}


def test_another_siret_is_a_change_that_is_read(client, judo, read):
    Partner.objects.update(siret="73282932000074")
    [line] = client.get(read("JUDO CLUB D’ANTONY;Antony;;44306184100047;Judo")).context["lines"].lines

    assert [label for label, *_ in line.updates[0].edits] == ["SIRET"]


def test_of_what_changed_since_it_was_chosen_nothing_is_done(client, judo, read):
    """It is compared again under the lock of the directory, whoever wrote it meanwhile."""
    page = read(LINE)
    choose(client, page, **update(judo))
    confirm(client, page)
    Partner.objects.update(phone="01 99 00 10 00")
    work()

    assert "Ce n’est plus ce que vous avez lu" in client.get(page).text
    assert Partner.objects.get().name == "JUDO CLUB D’ANTONY"
    line = only().lines.get()
    # What the line would change is other: it is chosen for again.
    assert (line.choice, line.same_as) == (Choice.WAITING, None)


def test_a_choice_stays_where_the_base_changed_elsewhere(client, judo, read):
    page = read(LINE, "GYM CLUB;Sceaux;;;Gymnastique")
    choose(client, page, **update(judo))
    confirm(client, page)
    importers.importer_of(Sort.DIRECTORY).apply(
        f"{TITLES}\nGYM CLUB;Sceaux;;;Gymnastique".encode, lambda done, rows: None
    )
    work()

    assert only().stage == Stage.READY
    line = only().lines.get(number=2)
    assert (line.choice, line.same_as) == (Choice.UPDATE, judo.pk)


def test_it_may_be_chosen_otherwise(client, judo, read):
    page = read(LINE)
    for value, choice, key in (
        (f"update-{judo.pk}", Choice.UPDATE, judo.pk),
        ("leave", Choice.LEAVE, None),
        (f"update-{judo.pk}", Choice.UPDATE, judo.pk),
        ("create", Choice.CREATE, None),
    ):
        choose(client, page, **{"choix-2": value})
        line = only().lines.get()
        assert (line.choice, line.same_as) == (choice, key)


@pytest.mark.parametrize("value", ["update-", "update-0", "update-x", "update", f"update-{10**20}"])
def test_nobody_else_is_brought_up_to_date(client, judo, read, value):
    stranger = make_partner("TENNIS CLUB")
    page = read(LINE)
    choose(client, page, **{"choix-2": value})
    choose(client, page, **update(stranger))

    assert only().lines.get().choice == Choice.WAITING


def test_two_lines_do_not_bring_the_same_one_up_to_date(client, judo, read):
    page = read(LINE, "JUDO CLUB ANTONY 1;Antony;01 99 00 10 58;;Judo")
    said = {"choix-2": f"update-{judo.pk}", "choix-3": f"update-{judo.pk}"}
    assert "ne peuvent mettre à jour le même organisme" in choose(client, page, **said).text

    assert {*only().lines.values_list("choice", flat=True)} == {Choice.WAITING}
    take(update={2: judo.pk})
    with pytest.raises(SameTwice):
        take(update={3: judo.pk})
    take(leave=[2], update={3: judo.pk})
    assert [*only().lines.order_by("number").values_list("same_as", flat=True)] == [None, judo.pk]


def test_one_of_which_another_line_speaks_is_not_offered(client, judo, read):
    page = read(LINE, "JUDO CLUB D’ANTONY;Antony;01 99 00 10 00;;Judo")
    lines = client.get(page, {"lignes": "toutes"}).context["lines"].lines

    assert [line.updates for line in lines] == [[], []]
    choose(client, page, **update(judo))
    assert only().lines.get(number=2).choice == Choice.WAITING


def test_a_merged_one_leads_to_the_one_that_stands(client, judo, read):
    kept = make_partner("DOJO DU PARC")
    Partner.objects.filter(pk=judo.pk).update(merged_into=kept)
    [line] = client.get(read(LINE)).context["lines"].lines

    assert [it.key for it in line.updates] == [kept.pk]


def test_where_it_is_filtered(client, judo, read):
    page = read(LINE)
    choose(client, page, **update(judo))
    shown = {
        name: len(client.get(page, {"lignes": name}).context["lines"].lines)
        for name in ("cree", "modifie", "laisse", "a-choisir")
    }

    assert shown == {"cree": 0, "modifie": 1, "laisse": 0, "a-choisir": 0}


def test_which_line_it_is_of_is_said_by_the_database(refused_by, client, judo, read):
    read(LINE, "JUDO CLUB ANTONY 1;Antony;01 99 00 10 58;;Judo")
    lines = only().lines
    for choice, key in ((Choice.UPDATE, None), (Choice.LEAVE, judo.pk), (Choice.WAITING, judo.pk)):
        with refused_by("backoffice_importline_update_is_of_one"):
            lines.filter(number=2).update(choice=choice, same_as=key)
    with refused_by("backoffice_importline_updated_by_one_line"):
        lines.update(choice=Choice.UPDATE, same_as=judo.pk)

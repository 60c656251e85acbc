"""« Fusionner dans un autre organisme »."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_agent
from applications.tests.sheets import make_sheet_request
from backoffice.acts import partners as acts
from backoffice.tests.directory_import.directories import bring, outcome, plan
from backoffice.tests.exporting import export
from partners.models import Partner
from partners.tests.factories import make_commune, make_offer, make_partner
from partners.tests.members import make_manager
from tickets.models import Ticket
from tickets.tests.factories import make_ticket
from wallets.models import Kind

pytestmark = pytest.mark.django_db
ACT = "fusionner"
SIRET, OTHER = "73282932000074", "55208131700018"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def double():
    partner = make_partner("JUDO BAGNEUX", siret=SIRET)
    make_ticket("20", offer=make_offer("Judo", partner=partner))
    return partner


@pytest.fixture
def kept():
    return make_partner("JUDO CLUB DE BAGNEUX", siret=OTHER)


def page_of(partner):
    return reverse("admin:partners_partner_change", args=[partner.pk])


def merge(desk, double, kept, **said):
    response = desk.fill(double, ACT, said="judo club", kept=kept.pk, **said)
    double.refresh_from_db()
    return response


def test_it_is_looked_for_then_both_are_shown_then_it_is_done(one, double, kept):
    """admin.md 26: no merge."""
    looked = one.send(double, ACT, reason="Doublon", said="judo club bagneux").text
    assert "JUDO CLUB DE BAGNEUX, Antony (552 081 317 00018)" in looked
    said = {"reason": "Doublon", "said": "judo club", "kept": kept.pk, "typed": "JUDO BAGNEUX"}
    shown = one.send(double, ACT, **said).text
    for told in (
        "Rien n’est encore fait",
        "732 829 320 00074",
        "552 081 317 00018",
        f"1 ticket, 20,00{NBSP}€",
    ):
        assert told in shown
    assert Ticket.objects.get().offer.partner == double

    merge(one, double, kept)

    assert double.merged_into == kept
    assert Ticket.objects.get().offer.partner == kept
    lines = AuditEntry.objects.filter(action=Action.MERGED).about(double, kept)
    assert {(it.subject, it.reason) for it in lines} == {(str(double), "Rentrée"), (str(kept), "Rentrée")}
    for partner in (double, kept):
        history = one.client.get(reverse("admin:partners_partner_history", args=[partner.pk])).text
        assert f"1 ticket, 20,00{NBSP}€" in history


def test_its_name_is_typed(one, double, kept):
    merge(one, double, kept, typed="JUDO")

    assert double.merged_into is None


@pytest.mark.parametrize("said", ["73282932000074", "judo bagneux"])
def test_never_into_itself(one, double, kept, said):
    kept.delete()
    assert "Aucune autre fiche" in one.send(double, ACT, reason="x", said=said).text


def test_what_moves_much_waits_for_a_second_agent(one, other, double, kept, monkeypatch):
    monkeypatch.setattr(acts, "ONE_AGENT", 10)
    merge(one, double, kept)
    assert double.merged_into is None

    other.confirm(double, ACT)

    double.refresh_from_db()
    assert double.merged_into == kept
    assert {*AuditEntry.objects.filter(action=Action.MERGED).values_list("actor__username", flat=True)} == {
        "basile"
    }


def test_its_page_leads_on_and_is_only_read(one, double, kept):
    merge(one, double, kept)

    page = one.client.get(page_of(double)).text
    assert f'fusionné dans <a href="{page_of(kept)}">' in page
    assert 'name="_save"' not in page
    assert f"/{ACT}/" not in page
    assert f'réunit aussi <a href="{page_of(double)}">' in one.client.get(page_of(kept)).text


@pytest.mark.parametrize("typed", ["judo bagneux", "732 829 320 00074", ""])
def test_the_list_finds_the_kept_one_by_the_name_and_the_number_of_before(one, double, kept, typed):
    merge(one, double, kept)

    found = one.client.get("/admin/partners/partner/", {"q": typed}).context["cl"].result_list
    assert list(found) == [kept]


def test_an_adviser_may_not(client, enter, double):
    enter(make_agent("téléconseiller"))

    assert client.get(reverse("admin:partners_partner_fusionner", args=[double.pk])).status_code == 403


class TestImports:
    TITLES = "Nom;SIRET;Commune;Téléphone;Activités Culture"

    @pytest.fixture(autouse=True)
    def merged(self, one, double, kept):
        make_commune("92071", "Sceaux")
        merge(one, double, kept)

    @pytest.mark.parametrize("who", ["JUDO BAGNEUX;", f"JUDO BAGNEUX;{SIRET}", f"Autre nom;{SIRET}"])
    def test_a_file_that_says_the_name_or_number_of_before(self, kept, who):
        line = f"{self.TITLES}\n{who};Antony;01 40 00 00 09;Judo"
        assert len(plan(line).changed) == 1
        [(_, note)] = plan(line).notes

        assert (
            note
            == f"C’est une fiche fusionnée dans JUDO CLUB DE BAGNEUX, Antony{NBSP}: celle-ci est mise à jour."
        )
        bring(line)
        kept.refresh_from_db()
        assert (kept.siret, kept.phone) == (OTHER, "01 40 00 00 09")
        assert Partner.objects.count() == 2

    def test_both_names_in_one_file_are_one(self, kept):
        made = plan(f"{self.TITLES}\nJUDO BAGNEUX;;Antony;;Judo\nJUDO CLUB DE BAGNEUX;;Antony;;Judo")

        assert [why for _, why in made.refused] == ["C’est le même organisme qu’à la ligne 2."]

    def test_what_is_exported_is_the_kept_one_alone_and_comes_back_unchanged(self, one, kept):
        content = export(one.client, "partners_partner")

        assert content.decode().count("JUDO") == 1
        assert outcome(content) == [0, 0, 1, 0]


def test_offers_of_another_wallet_stay_two(one, double, kept):
    make_offer("Judo", Kind.SPORT, partner=kept)
    merge(one, double, kept)

    assert {*kept.offers.values_list("kind", flat=True)} == {Kind.SPORT, Kind.CULTURE}


def test_the_sheet_that_it_asks_for_comes_along(one, double, kept):
    application = make_sheet_request(make_manager(double))
    merge(one, double, kept)

    application.refresh_from_db()
    assert application.partner == kept

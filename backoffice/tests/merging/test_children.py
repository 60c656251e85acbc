"""« Fusionner dans une autre fiche », of a child."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from accounts.models import Beneficiary
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.tests.roster.rosters import ANNE, BIRTH, LINA, bring, outcome, plan
from core.money import ZERO
from privacy.erasure import erase_child
from privacy.my_data.held import held
from privacy.retention.families import children_due
from tickets.tests.factories import make_ticket
from wallets.models import Campaign, Wallet
from wallets.supplements import grant_supplement
from wallets.tests.factories import make_campaign, make_wallet

pytestmark = pytest.mark.django_db
ACT = "fusionner"
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture
def double():
    return make_beneficiary(
        make_user("mere", first_name="Nadia"), pupil_number="123456", first_name="Zoé", last_name="FAUVEL"
    )


@pytest.fixture
def kept():
    return make_beneficiary(
        make_user("pere", first_name="Karim"), pupil_number="0123456", first_name="Zoé", last_name="FAUVEL"
    )


@pytest.fixture
def wallets(double, kept):
    campaign = make_campaign(name="2026-2027", correction_ceiling=200)
    return [make_wallet("60", beneficiary=child, campaign=campaign) for child in (double, kept)]


def merge(desk, double, kept, **said):
    response = desk.fill(double, ACT, said="0123456", kept=kept.pk, **said)
    double.refresh_from_db()
    return response


def test_both_and_who_keeps_which_euros_are_shown_before(one, double, kept, wallets):
    """admin.md 28: a child created by mistake stays, no merge of doubles."""
    make_ticket("20", wallet=wallets[0])
    looked = one.send(double, ACT, reason="Doublon", said="fauvel zoé").text
    assert "numéro 0123456" in looked
    said = {"reason": "Doublon", "said": "fauvel zoé", "kept": kept.pk, "typed": "Zoé FAUVEL"}
    shown = one.send(double, ACT, **said).text

    for told in (
        f"60,00{NBSP}€ → 40,00{NBSP}€ sur la fiche gardée",
        f"20,00{NBSP}€ de tickets de la fiche en double y sont pris",
        f"60,00{NBSP}€ de dotation en double repris",
        "Responsable qui s’ajoute",
        "Rien n’est encore fait",
    ):
        assert told in shown
    assert Wallet.objects.get(pk=wallets[0].pk).balance == 40

    merge(one, double, kept)

    assert double.merged_into == kept
    assert [Wallet.objects.get(pk=it.pk).balance for it in wallets] == [0, 40]
    lines = AuditEntry.objects.filter(action=Action.MERGED)
    assert {it.concerns for it in lines} == {"élève 123456", "élève 0123456"}
    assert all(f"dotation reprise{NBSP}: 60,00{NBSP}€" in it.details for it in lines)


def test_who_is_called_alike_is_looked_for_first(one, double, kept):
    page = one.look(double, ACT)
    assert page.context["form"]["said"].value() == "Zoé FAUVEL"

    found = one.send(double, ACT, said="Zoé FAUVEL").context["form"].fields["kept"].queryset
    assert list(found) == [kept]


def test_what_was_overspent_is_said_in_red(one, double, kept, wallets):
    for wallet in wallets:
        make_ticket("50", wallet=wallet)
    said = {"reason": "Doublon", "said": "0123456", "kept": kept.pk, "typed": "Zoé FAUVEL"}

    shown = one.send(double, ACT, **said).text

    assert f"les deux fiches ensemble ont dépensé 40,00{NBSP}€ de plus qu’une dotation" in shown


@pytest.mark.parametrize(
    ("other", "warning"),
    [
        ({"first_name": "Léa"}, "un frère ou une sœur"),
        ({"birth_year": 2012}, "pas nés la même année"),
        ({"first_name": "Fauvel", "last_name": "ZOÉ"}, ""),
    ],
    ids=["a sister", "another year", "swapped"],
)
def test_who_is_perhaps_another_child_is_said_in_red(one, double, kept, other, warning):
    Beneficiary.objects.filter(pk=kept.pk).update(**other)
    said = {"reason": "Doublon", "said": "0123456", "kept": kept.pk, "typed": "Zoé FAUVEL"}
    shown = one.send(double, ACT, **said).text

    assert ("errornote" in shown) is bool(warning)
    assert warning in shown


def test_a_supplement_that_goes_with_the_double_is_said(one, double, kept, wallets, agent):
    Campaign.objects.update(supplement=20)
    grant_supplement(beneficiary_id=double.pk, campaign_id=wallets[0].campaign_id, actor=agent)
    said = {"reason": "Doublon", "said": "0123456", "kept": kept.pk, "typed": "Zoé FAUVEL"}

    assert "cette fiche avait le supplément boursier" in one.send(double, ACT, **said).text


def test_beyond_the_ceiling_a_second_agent_confirms(one, other, double, kept, wallets):
    Campaign.objects.update(correction_ceiling=50)
    merge(one, double, kept)
    assert double.merged_into is None

    other.confirm(double, ACT)

    double.refresh_from_db()
    assert double.merged_into == kept


def test_a_ticket_that_was_made_since_is_read_again(one, other, double, kept, wallets):
    Campaign.objects.update(correction_ceiling=50)
    merge(one, double, kept)
    make_ticket("10", wallet=wallets[0])

    assert "Ce n’est plus ce qui a été proposé" in other.confirm(double, ACT).text
    double.refresh_from_db()
    assert double.merged_into is None


def test_its_page_leads_on_is_only_read_and_its_number_finds_the_kept_one(one, double, kept):
    merge(one, double, kept)
    pages = [reverse("admin:accounts_beneficiary_change", args=[it.pk]) for it in (double, kept)]

    page = one.client.get(pages[0]).text
    assert f'fusionné dans <a href="{pages[1]}">' in page
    assert 'name="_save"' not in page
    assert f"/{ACT}/" not in page
    assert f'réunit aussi <a href="{pages[0]}">' in one.client.get(pages[1]).text
    for typed in ("123456", "fauvel"):
        found = one.client.get("/admin/accounts/beneficiary/", {"q": typed}).context["cl"].result_list
        assert list(found) == [kept]


def test_an_adviser_may_not(client, enter, double):
    enter(make_agent("téléconseiller"))

    assert client.get(reverse("admin:accounts_beneficiary_fusionner", args=[double.pk])).status_code == 403


def test_never_an_erased_one(one, double, kept, agent):
    erase_child(beneficiary_id=kept.pk, giving_up=ZERO, actor=agent)

    assert "Aucune autre fiche" in one.send(double, ACT, reason="x", said="0123456").text


class TestPrivacy:
    def test_my_data_tell_of_both(self, one, double, kept, wallets):
        merge(one, double, kept)
        father = kept.guardians.get(username="pere")

        [child] = held(father)["Bénéficiaires"]

        [merged] = child["Fiches fusionnées"]
        assert merged["Numéro d’élève"] == "123456"
        assert [entry["Montant"] for entry in merged["Porte-monnaie"][0]["Écritures"]] == [60, -60]

    def test_who_is_erased_is_erased_in_both(self, one, double, kept, agent):
        merge(one, double, kept)
        erase_child(beneficiary_id=kept.pk, giving_up=ZERO, actor=agent)

        assert not Beneficiary.objects.filter(anonymised_at=None).exists()
        assert not Beneficiary.objects.filter(last_name="FAUVEL").exists()
        assert not AuditEntry.objects.filter(concerns__contains="123456").exists()

    def test_its_number_is_known_for_as_long_as_the_child(self, one, double, kept, settings):
        merge(one, double, kept)
        Beneficiary.objects.filter(pk=kept.pk).update(is_enrolled=False)
        later = kept.guardians.first().date_joined + settings.KEEP_FAMILIES * 2

        assert list(children_due(later)) == [kept]


class TestRoster:
    """The next list still says the number of the double."""

    DOUBLE = LINA | ANNE | {"Numéro d’élève": "0123456"}

    @pytest.fixture(autouse=True)
    def lina(self, one):
        bring(LINA | ANNE)
        bring(self.DOUBLE)
        double, kept = (Beneficiary.objects.get(pupil_number=it) for it in ("0123456", "E0001"))
        one.fill(double, ACT, said="E0001", kept=kept.pk)
        return kept

    def test_it_makes_nobody_and_its_lines_are_the_kept_child_s(self, lina):
        assert outcome(plan(self.DOUBLE)) == [0, 0, 1, 0]
        made = bring(self.DOUBLE | {"Niveau": "4e"})

        assert made.notes == [(2, "0123456 est le numéro d’une fiche fusionnée, maintenant E0001.")]
        lina.refresh_from_db()
        assert (lina.pupil_number, lina.grade, lina.birth_year) == ("E0001", "4", BIRTH)
        assert Beneficiary.objects.count() == 2

    def test_both_numbers_in_one_list_are_one(self):
        [(_, why)] = plan(LINA | ANNE, self.DOUBLE).refused

        assert why == "C’est le même élève qu’à la ligne 2."

    def test_a_whole_list_that_says_it_keeps_the_child_enrolled(self, lina):
        bring(self.DOUBLE, complete=True)

        lina.refresh_from_db()
        assert lina.is_enrolled

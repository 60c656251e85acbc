"""« Fusionner dans un autre compte »."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.models import User
from accounts.tests.factories import make_agent, make_beneficiary, make_user
from backoffice.tests.roster.rosters import ANNE, LINA, bring, guardian, outcome, plan
from privacy.erasure import erase_account
from privacy.my_data.held import held
from privacy.retention.families import accounts_due

pytestmark = pytest.mark.django_db
ACT = "fusionner"


@pytest.fixture
def kept():
    return make_user("karim.benali", first_name="Karim", last_name="BENALI")


@pytest.fixture
def double():
    return make_user("karim.benali2", first_name="Benali", last_name="KARIM")


def merge(desk, double, kept, **said):
    response = desk.fill(double, ACT, said=kept.username, kept=kept.pk, **said)
    double.refresh_from_db()
    return response


def page_of(user):
    return reverse("admin:accounts_user_change", args=[user.pk])


def test_both_are_shown_before_and_both_pages_tell_of_it(one, double, kept):
    """admin.md 28: a parent with two accounts."""
    child = make_beneficiary(double, first_name="Inès")
    said = {"reason": "Doublon", "said": "benali", "kept": kept.pk, "typed": "Benali KARIM"}
    shown = one.send(double, ACT, **said).text
    for told in (
        "Enfant qui s’y ajoute",
        "Inès",
        "Rien n’est encore fait",
        "n’entre plus que par karim.benali.",
    ):
        assert told in shown
    assert child.guardians.get() == double

    merge(one, double, kept)

    assert (child.guardians.get(), double.merged_into) == (kept, kept)
    lines = AuditEntry.objects.filter(action=Action.MERGED)
    assert {it.concerns for it in lines} == {"karim.benali", "karim.benali2"}
    assert all("Inès" in it.details for it in lines)
    assert f'fusionné dans <a href="{page_of(kept)}">' in one.client.get(page_of(double)).text
    assert f'réunit aussi <a href="{page_of(double)}">' in one.client.get(page_of(kept)).text


def test_nothing_is_done_any_more_to_the_closed_one(one, double, kept):
    merge(one, double, kept)

    page = one.client.get(page_of(double)).text
    assert 'name="_save"' not in page
    assert "/rouvrir/" not in page
    assert one.client.get(reverse("admin:accounts_user_rouvrir", args=[double.pk])).status_code == 403


@pytest.mark.parametrize("why", ["two owners", "an address of an agent's"])
def test_where_somebody_else_may_be_in_it_a_second_agent_confirms(one, other, double, kept, why):
    now = timezone.now()
    if why == "two owners":
        User.objects.filter(pk__in=[double.pk, kept.pk]).update(email_confirmed_at=now)
    else:
        User.objects.filter(pk=double.pk).update(email_by_agent=True, email_changed_at=now)
    merge(one, double, kept)
    assert double.merged_into is None

    other.confirm(double, ACT)

    double.refresh_from_db()
    assert double.merged_into == kept


@pytest.mark.parametrize("who", ["agent", "child", "closed"])
def test_none_of_an_agent_a_child_or_closed_is_found(one, double, who):
    other = make_user("autre", is_staff=who == "agent", is_active=who != "closed")
    if who == "child":
        make_beneficiary(user=other)

    assert "Aucune autre fiche" in one.send(double, ACT, reason="x", said="autre").text


def test_an_agent_s_own_account_is_not_merged(one, kept):
    agent = make_agent(username="agathe")
    one.look(kept, ACT)

    assert one.client.get(reverse("admin:accounts_user_fusionner", args=[agent.pk])).status_code == 403


def test_an_adviser_may_not(client, enter, double):
    enter(make_agent("téléconseiller"))

    assert client.get(reverse("admin:accounts_user_fusionner", args=[double.pk])).status_code == 403


class TestPrivacy:
    def test_my_data_tell_of_both(self, one, double, kept):
        merge(one, double, kept)

        [merged] = held(kept)["Mon compte"]["Comptes fusionnés"]
        assert merged["Identifiant"] == "karim.benali2"

    def test_who_is_erased_is_erased_in_both(self, one, double, kept):
        merge(one, double, kept)
        erase_account(user_id=kept.pk)

        assert not User.objects.filter(username__startswith="karim").exists()
        assert not AuditEntry.objects.filter(concerns__contains="karim").exists()

    def test_its_identifiant_is_known_for_as_long_as_the_account(self, one, double, kept, settings):
        merge(one, double, kept)

        due = accounts_due(timezone.now() + settings.KEEP_FAMILIES * 2)
        assert kept in due
        assert double not in due


class TestRoster:
    """The next list still names the guardian as the closed account did."""

    OTHER = guardian(last_name="ANNE", first_name="Martin", email="martin@famille.example")

    @pytest.fixture(autouse=True)
    def anne(self, one):
        bring(LINA | ANNE)
        bring(LINA | self.OTHER)
        double, kept = User.objects.get(username="martin.anne"), User.objects.get(username="anne.martin")
        assert double.children.count() == kept.children.count() == 1
        merge(one, double, kept)
        return kept

    @pytest.mark.parametrize(
        "named",
        [
            OTHER,
            guardian(last_name="ANNE", first_name="Martin", phone="06 99 00 00 01"),
            guardian(username="martin.anne"),
        ],
    )
    def test_it_makes_nobody_and_the_kept_account_is_meant(self, named, anne):
        assert outcome(plan(LINA | named)) == [0, 0, 1, 0]

    @pytest.mark.parametrize("named", [OTHER, guardian(username="martin.anne")])
    def test_another_child_comes_to_the_kept_account(self, named, anne):
        bring(LINA | {"Numéro d’élève": "E0002", "Prénom": "Tom"} | named)

        assert anne.children.count() == 2
        assert User.objects.filter(is_staff=False).count() == 2

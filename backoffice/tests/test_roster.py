"""The school roster: who is created, changed, left alone or refused, and who is nobody else."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import erasure, guardianship, services
from accounts.models import Beneficiary, Guardianship, School, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.imports.roster.guardians import FIELDS
from backoffice.imports.roster.importer import Roster
from backoffice.imports.spreadsheets.rows import NotReadable

pytestmark = pytest.mark.django_db

COMMUNES = {"Antony": "92002", "Sceaux": "92071"}
BIRTH = timezone.localdate().year - 12
LINA = {
    "Numéro d’élève": "E0001",
    "Nom": "MARTIN",
    "Prénom": "Lina",
    "Naissance": str(BIRTH),
    "Niveau": "5e",
    "UAI": "0920001X",
    "Collège": "Descartes",
    "Commune du collège": "Antony",
    "Commune": "Sceaux",
}


def guardian(place=1, **said):
    return {f"Responsable {place} {column}": said[name] for column, name in FIELDS.items() if name in said}


ANNE = guardian(last_name="MARTIN", first_name="Anne", email="anne@famille.example")
PAUL = guardian(2, last_name="DURAND", first_name="Paul", email="paul@famille.example")


def roster(*lines):
    """A CSV of these lines, each a mapping of its columns."""
    rows = [";".join(line.get(column, "") for column in Roster.columns) for line in lines]
    return "\n".join([";".join(Roster.columns), *rows]).encode()


def plan(*lines, complete=False):
    return Roster(COMMUNES, complete=complete).plan(roster(*lines), lambda done, rows: None)


@transaction.atomic
def bring(*lines, complete=False):
    return Roster(COMMUNES, complete=complete).apply(roster(*lines), lambda done, rows: None)


def outcome(made):
    return [len(made.created), len(made.changed), made.unchanged, len(made.refused)]


def reasons(*lines):
    return [reason for _, reason in plan(*lines).refused]


def test_a_child_its_college_and_its_guardians_come_in():
    made = bring(LINA | ANNE | PAUL)

    assert outcome(made) == [1, 0, 0, 0]
    assert made.new_names == {"Collèges nouveaux": ["Descartes (0920001X)"]}
    lina = Beneficiary.objects.get(pupil_number="E0001")
    assert (lina.full_name, lina.birth_year, lina.grade, lina.insee_code) == (
        "Lina MARTIN",
        BIRTH,
        "5",
        "92071",
    )
    assert (lina.school.name, lina.school.insee_code, lina.is_enrolled) == ("Descartes", "92002", True)
    assert list(lina.guardians.order_by("username").values_list("username", "email")) == [
        ("anne.martin", "anne@famille.example"),
        ("paul.durand", "paul@famille.example"),
    ]
    assert not any(user.has_usable_password() for user in User.objects.all())


def test_the_plan_writes_nothing():
    plan(LINA | ANNE)

    assert [model.objects.count() for model in (Beneficiary, User, School)] == [0, 0, 0]


@pytest.mark.parametrize("contact", ["email", "phone", "address", ""])
def test_the_same_file_twice_changes_nothing(contact):
    how = {"email": "anne@famille.example", "phone": "06 99 00 00 01", "address": "1 rue du Bac"}
    anne = guardian(last_name="MARTIN", first_name="Anne", **{contact: how[contact]} if contact else {})
    bring(LINA | anne)

    assert outcome(bring(LINA | anne)) == [0, 0, 1, 0]
    assert (User.objects.count(), Guardianship.objects.count()) == (1, 1)


def test_the_next_year_the_class_changes_and_the_name_of_what_does_is_told():
    bring(LINA | ANNE)
    lina = Beneficiary.objects.get()
    [change] = plan(LINA | {"Niveau": "4ème", "Commune": "antony"} | ANNE).changed
    assert change.told == (
        "niveau\N{NO-BREAK SPACE}: 5e → 4e, code INSEE de la commune\N{NO-BREAK SPACE}: 92071 → 92002"
    )

    bring(LINA | {"Niveau": "4ème", "Commune": "antony"} | ANNE)

    again = Beneficiary.objects.get()
    assert (again.pk, again.public_id, again.grade, again.insee_code) == (
        lina.pk,
        lina.public_id,
        "4",
        "92002",
    )


@pytest.mark.parametrize("writing", ["6", "6e", "6ème", "SIXIÈME"])
def test_a_level_as_schools_write_it(writing):
    bring(LINA | {"Niveau": writing} | ANNE)

    assert Beneficiary.objects.get().grade == "6"


@pytest.mark.parametrize("birth", [f"{BIRTH}", f"31/12/{BIRTH}", f"{BIRTH}-01-01"])
def test_of_a_birth_only_the_year_is_kept(birth):
    bring(LINA | {"Naissance": birth} | ANNE)

    assert Beneficiary.objects.get().birth_year == BIRTH


# --- Who is who -------------------------------------------------------------------------------


def test_twins_and_homonyms_are_two():
    bring(
        LINA | ANNE,
        LINA | {"Numéro d’élève": "E0002"} | ANNE,
        LINA | {"Numéro d’élève": "E0003", "Prénom": "Léo"} | ANNE,
    )

    assert Beneficiary.objects.count() == 3
    assert User.objects.get().children.count() == 3


def test_homonyms_among_the_guardians_are_two_and_have_two_identifiants():
    other = guardian(last_name="MARTIN", first_name="Anne", email="autre@famille.example")
    bring(LINA | ANNE, LINA | {"Numéro d’élève": "E0002"} | other)

    assert set(User.objects.values_list("username", flat=True)) == {"anne.martin", "anne.martin2"}


@pytest.mark.parametrize("town", [{}, {"postcode": "92330", "city": "SCEAUX"}], ids=["nothing", "a town"])
def test_without_a_way_to_reach_them_two_of_the_same_name_are_two(town):
    anne = guardian(last_name="MARTIN", first_name="Anne", **town)
    bring(LINA | anne, LINA | {"Numéro d’élève": "E0002"} | anne)

    assert User.objects.count() == 2


@pytest.mark.parametrize("writing", ["0699000001", "+33 6 99 00 00 01", "0033 6 99 00 00 01"])
def test_a_telephone_is_the_same_in_any_writing(writing):
    anne = {"last_name": "MARTIN", "first_name": "Anne"}
    bring(
        LINA | guardian(**anne, phone="06 99 00 00 01"),
        LINA | {"Numéro d’élève": "E0002"} | guardian(**anne, phone=writing),
    )

    assert User.objects.count() == 1


def test_two_parents_who_share_an_address_are_two():
    paul = guardian(2, last_name="MARTIN", first_name="Paul", email="anne@famille.example")
    bring(LINA | ANNE | paul)

    assert User.objects.count() == 2


@pytest.mark.parametrize(
    "said",
    [
        pytest.param({"username": "Anne92"}, id="by identifiant alone"),
        pytest.param(
            {"username": "anne92", "last_name": "MARTIN", "first_name": "Anne"}, id="by identifiant"
        ),
        pytest.param(
            {"last_name": "DUPONT", "first_name": "Anne-Marie", "email": "Anne@Famille.example"},
            id="by confirmed e-mail, married since",
        ),
    ],
)
def test_a_guardian_who_is_known_is_linked_not_doubled(said):
    anne = make_user(
        "anne92",
        first_name="Anne",
        last_name="Martin",
        email="anne@famille.example",
        email_confirmed_at=timezone.now(),
    )
    bring(LINA | guardian(**said))

    assert list(Beneficiary.objects.get().guardians.all()) == [anne]
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("is_active", "called"), [(True, "anne92 (Anne Martin)"), (False, "anne92, fermé (Anne Martin)")]
)
def test_the_agent_reads_which_account_a_child_is_linked_to(is_active, called):
    make_user("anne92", first_name="Anne", last_name="Martin", is_active=is_active)
    login = {"Compte de l’élève": "oui"}
    [change] = plan(LINA | guardian(username="anne92") | login).created

    assert change.told == f"responsable légal relié au compte {called}, un compte pour l’élève"
    assert list(change.links) == [(2, "Lina MARTIN", f"{called}, par son identifiant")]


def test_an_address_that_nobody_confirmed_makes_out_nobody_of_another_name():
    make_user("anne92", first_name="Anne", last_name="Martin", email="anne@famille.example")
    bring(LINA | guardian(last_name="DUPONT", first_name="Anne", email="anne@famille.example"))

    assert User.objects.count() == 2


def test_an_agent_and_a_child_are_no_guardians():
    make_user(
        "anne.agent", first_name="Anne", last_name="Martin", email="anne@famille.example", is_staff=True
    )
    child = make_user("anne", first_name="Anne", last_name="Martin", email="anne@famille.example")
    make_beneficiary(make_user(), user=child)
    bring(LINA | ANNE)

    assert Beneficiary.objects.get(pupil_number="E0001").guardians.get().username == "anne.martin"
    assert "Aucun compte de famille" in reasons(LINA | guardian(username="anne.agent"))[0]


def test_a_closed_account_is_not_doubled():
    anne = make_user(
        "anne92", first_name="Anne", last_name="Martin", email="anne@famille.example", is_active=False
    )
    bring(LINA | ANNE)

    assert list(Beneficiary.objects.get().guardians.all()) == [anne]


def test_a_second_guardian_is_added_and_nobody_removed():
    bring(LINA | ANNE)
    [change] = plan(LINA | PAUL).changed
    assert change.told == "responsable légal Paul DURAND (compte nouveau)"

    bring(LINA | PAUL)

    assert Guardianship.objects.count() == 2


def test_a_guardian_whom_an_agent_took_away_stays_away_and_the_agent_is_told():
    bring(LINA | ANNE | PAUL)
    lina, paul = Beneficiary.objects.get(), User.objects.get(username="paul.durand")
    guardianship.remove(beneficiary_id=lina.pk, user_id=paul.pk, may_be_last=True)

    for again in (
        PAUL,
        guardian(2, last_name="Durand", first_name="Paul"),
        guardian(2, username="paul.durand"),
    ):
        made = bring(LINA | ANNE | again)
        assert outcome(made) == [0, 0, 1, 0]
        [(row, note)] = made.notes
        assert (row, "n’est pas remis" in note) == (2, True)
    assert not lina.guardians.filter(pk=paul.pk).exists()

    guardianship.add(beneficiary_id=lina.pk, user_id=paul.pk)
    assert bring(LINA | ANNE | PAUL).notes == []


# --- Enrolment and the child's own account ----------------------------------------------------


def test_a_child_s_own_account():
    login = {"Compte de l’élève": "oui"}
    bring(LINA | login)

    lina = Beneficiary.objects.get()
    assert lina.user.username == "lina.martin"
    assert outcome(bring(LINA | login)) == [0, 0, 1, 0]

    bring(LINA | {"Niveau": "4"})
    assert Beneficiary.objects.get().user == lina.user


def test_a_login_that_a_guardian_makes_meanwhile_stays(monkeypatch):
    bring(LINA | ANNE)
    lina, anne = Beneficiary.objects.get(), User.objects.get()
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 1)

    def make_login(done, rows):
        if not User.objects.filter(beneficiary=lina).exists():
            services.make_child_login(beneficiary_id=lina.pk, actor=anne)

    Roster(COMMUNES, complete=False).apply(roster(LINA | {"Niveau": "4e"} | ANNE), make_login)

    lina.refresh_from_db()
    assert (lina.grade, lina.user) == ("4", User.objects.get(username="lina.martin"))


def test_the_identifiant_of_somebody_else_is_not_given_twice():
    make_user("lina.martin")
    make_user("lina.martin2")
    bring(LINA | {"Compte de l’élève": "x"})

    assert Beneficiary.objects.get().user.username == "lina.martin3"


@pytest.mark.parametrize("wrong", [{"Niveau": "2nde"}, {"Prénom": "=B2"}], ids=["a level", "a formula"])
def test_a_whole_list_ends_the_enrolment_of_who_is_not_in_it_and_of_nobody_who_is_refused(wrong):
    leaver, refused = make_beneficiary(pupil_number="E0008"), make_beneficiary(pupil_number="E0009")
    lines = (LINA | ANNE, LINA | {"Numéro d’élève": "E0009"} | wrong)
    assert plan(*lines).besides == ""
    assert plan(*lines, complete=True).besides == "1 désinscrit"

    bring(*lines, complete=True)

    enrolled = Beneficiary.objects.filter(is_enrolled=True)
    assert set(enrolled.values_list("pupil_number", flat=True)) == {"E0001", refused.pupil_number}
    bring(LINA | {"Numéro d’élève": leaver.pupil_number, "Nom": leaver.last_name, "Prénom": "Garance"})
    leaver.refresh_from_db()
    assert leaver.is_enrolled, "who is on a roster goes to a collège"


# --- Refused ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"Numéro d’élève": ""}, "numéro d’élève manque"),
        ({"Numéro d’élève": "9" * 21}, "n’est pas un numéro d’élève"),
        ({"Prénom": ""}, "La case Prénom est vide"),
        ({"Nom": "X" * 61}, "La case Nom a plus de 60 caractères"),
        ({"Nom": "=1+1"}, "La case Nom est une formule"),
        ({"Naissance": ""}, "Rien n’est pas une année"),
        ({"Naissance": "un jour"}, "un jour n’est pas une année"),
        ({"Naissance": "1950"}, "n’est pas né en 1950"),
        ({"Niveau": "CM2"}, "Le niveau CM2"),
        ({"UAI": "92"}, "92 n’est pas un code UAI"),
        ({"UAI": "0929999Z", "Collège": ""}, "n’est pas connu"),
        ({"UAI": "0929999Z", "Commune du collège": "Atlantis"}, "La commune Atlantis"),
        ({"Commune": "Atlantis"}, "La commune Atlantis"),
        ({"Commune": ""}, "La commune vide"),
        ({"Code INSEE": "ABC"}, "La commune ABC"),
        (
            {"Code INSEE": "75056", "UAI": "0751234A", "Code INSEE du collège": "75056"},
            "n’habite pas le département",
        ),
        ({"Inscrit": "peut-être"}, "au lieu de oui ou non"),
        ({"Compte de l’élève": "bof"}, "au lieu de oui ou non"),
        (guardian(first_name=""), "le nom ou le prénom"),
        (guardian(email="pas une adresse"), "n’est pas une adresse e-mail"),
        (guardian(city="A" * 61), "plus de 60 caractères"),
        (guardian(username="inconnu"), "Aucun compte de famille n’a l’identifiant inconnu"),
        (guardian(last_name="", first_name="", email=""), "aucun responsable légal"),
        (
            guardian(2, last_name="MARTIN", first_name="Anne", email="anne@famille.example"),
            "la même personne",
        ),
    ],
)
def test_a_line_that_cannot_be_is_refused_and_the_others_are_not(said, reason):
    made = plan(LINA | ANNE | said, LINA | {"Numéro d’élève": "E0002"} | ANNE)

    [(row, told)] = made.refused
    assert row == 2
    assert reason in told
    assert len(made.created) == 1


def test_who_lives_elsewhere_and_learns_here_is_eligible_and_the_other_way_round():
    bring(
        LINA | {"Code INSEE": "75056"} | ANNE,
        LINA | {"Numéro d’élève": "E0002", "UAI": "0751234A", "Code INSEE du collège": "75056"} | ANNE,
    )

    assert set(Beneficiary.objects.values_list("insee_code", flat=True)) == {"75056", "92071"}


def test_the_same_pupil_twice_in_a_file():
    [(row, told)] = plan(LINA | ANNE, LINA | ANNE).refused

    assert (row, "ligne 2" in told) == (3, True)


def test_a_pupil_number_that_is_another_childs():
    bring(LINA | ANNE)

    [told] = reasons(LINA | {"Prénom": "Karim", "Nom": "HADDAD"} | ANNE)
    assert "celui d’un autre enfant, Lina MARTIN" in told
    assert reasons(LINA | {"Nom": "MARTIN-DUPONT"} | ANNE) == []


def test_a_child_that_was_erased_is_not_made_again_nor_given_money_twice():
    bring(LINA | ANNE)
    erasure.anonymise_children([Beneficiary.objects.get().pk], refuse_again=True)

    [reason] = reasons(LINA | ANNE)
    assert "effacé à la demande de sa famille" in reason
    assert bring(LINA | ANNE | {"Numéro d’élève": "E0002"}).created


def test_an_account_that_is_nobody_is_nobody_s():
    nobody = make_user()
    erasure.anonymise_accounts([nobody.pk])
    nobody.refresh_from_db()

    assert reasons(LINA | guardian(username=nobody.username))
    bring(LINA | ANNE)
    assert nobody not in Beneficiary.objects.get().guardians.all()


def test_the_identifiant_of_a_stranger_slipped_in_by_mistake():
    make_user("karim", first_name="Karim", last_name="Haddad")

    [told] = reasons(LINA | guardian(username="karim", last_name="MARTIN", first_name="Anne"))
    assert "celui de quelqu’un d’autre" in told


def test_two_accounts_that_confirmed_the_same_address():
    for username in ("anne1", "anne2"):
        make_user(
            username, first_name="Anne", email="anne@famille.example", email_confirmed_at=timezone.now()
        )

    [told] = reasons(LINA | ANNE)
    assert "Donnez l’identifiant du bon" in told


def test_a_college_that_only_refused_lines_need_is_not_made():
    made = bring(
        LINA | {"UAI": "0929999Z", "Inscrit": "?!"} | ANNE, LINA | {"Numéro d’élève": "E0002"} | ANNE
    )

    assert made.new_names == {"Collèges nouveaux": ["Descartes (0920001X)"]}
    assert School.objects.count() == 1


def test_a_missing_column_is_named():
    content = roster(LINA).replace(b"Naissance", b"Anniversaire")

    with pytest.raises(NotReadable, match="Il manque la colonne Naissance"):
        Roster(COMMUNES, complete=False).plan(content, lambda done, rows: None)


def test_progress_is_told_while_it_is_read_and_written(monkeypatch):
    monkeypatch.setattr("backoffice.imports.plans.TOLD_EVERY", 2)
    monkeypatch.setattr("backoffice.imports.roster.importer.WRITTEN_AT_ONCE", 3)
    told = []
    lines = [LINA | {"Numéro d’élève": f"E{number:04}"} | ANNE for number in range(5)]
    Roster(COMMUNES, complete=False).apply(roster(*lines), lambda done, rows: told.append((done, rows)))

    assert told == [(2, 5), (4, 5), (3, 5), (5, 5)]


def test_what_is_compared_asks_the_database_the_same_for_two_and_for_fifty(django_assert_num_queries):
    def lines(count):
        return [LINA | {"Numéro d’élève": f"E{number:04}"} | ANNE for number in range(count)]

    for count in (2, 50):
        with django_assert_num_queries(5):
            plan(*lines(count))

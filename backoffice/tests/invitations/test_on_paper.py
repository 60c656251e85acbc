"""Letters come as one archive, a folder for each collège, and again as they were."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import invitations, letters
from accounts.models import Grade, School, User
from core import prepared, tasks
from core.models import PreparedFile, Stage
from core.tests.queue import pass_time, work

from .families import EVERYWHERE, PAGE, journal, letters_in, make_new, press

pytestmark = pytest.mark.django_db

HERE = "college-0920001X"
ALL = {f"{HERE}/6e-01.pdf": ["sans2"], f"{HERE}/5e-01.pdf": ["sans1"], f"{HERE}/3e-01.pdf": ["sans0"]}


@pytest.mark.usefixtures("families")
def test_one_job_makes_them_all(client, ask):
    """admin.md 34: 200 a time, the reason typed 200 times for 40,000."""
    page = client.get(press(client, "lettre")["Location"])
    assert "En attente" in page.text
    file = ask("lettre")

    assert letters_in(file) == ALL
    assert list(letters_in(file)) == list(ALL)
    assert (file.stage, file.rows) == (Stage.READY, 3)
    assert journal() == [("Comptes jamais activés", "Rentrée", f"3 lettres ({EVERYWHERE})")]
    assert ask("lettre").trouble == "Personne n’attend plus de lettre."


def test_each_document_is_bounded_and_each_school_has_its_folder(ask):
    """The memory of what draws is that of one document."""
    dumas = School.objects.create(uai="0920002A", name="Collège Dumas", insee_code="92002")
    for name in ("a", "b", "c"):
        make_new(name, email="", child={"last_name": name.upper()})
    make_new("d", email="", child={"school": dumas})

    assert letters_in(ask("lettre")) == {
        f"{HERE}/5e-01.pdf": ["a", "b"],
        f"{HERE}/5e-02.pdf": ["c"],
        "college-dumas-0920002A/5e-01.pdf": ["d"],
    }


def test_of_a_school_it_is_handed_out_there(ask):
    """A family that has a child in each of two."""
    dumas = School.objects.create(uai="0920002A", name="Autre collège", insee_code="92002")
    parent = make_new("a", email="")
    make_new("b", email="", child={"school": dumas})
    parent.children.create(
        pupil_number="E1",
        first_name="Zoé",
        birth_year=2014,
        grade=Grade.SIXIEME,
        school=dumas,
        insee_code="92002",
    )

    assert letters_in(ask("lettre", college="0920001X")) == {f"{HERE}/5e-01.pdf": ["a"]}
    assert journal()[0][-1] == "1 lettre (Collège)"


@pytest.mark.usefixtures("families")
def test_letters_that_a_printer_ate_come_out_again_as_they_were(client, ask):
    first = letters_in(ask("lettre"))
    series, label = client.get(PAGE).context["on_paper"].form.fields["who"].choices[-1]
    assert label.endswith(": 3")
    again = ask("lettre", series)

    assert letters_in(again) == first == ALL
    assert journal()[-1] == ("Comptes jamais activés", "Rentrée", f"3 lettres, à nouveau ({EVERYWHERE})")


@pytest.mark.parametrize("who", ["2026-11-24T10:00:00+00:00", "hier", ""])
def test_a_series_that_never_was(client, families, who):
    assert press(client, "lettre", who).context["on_paper"].form.errors
    assert not PreparedFile.objects.exists()


@pytest.mark.usefixtures("families")
@pytest.mark.parametrize("when", ["invite_by_letter", "draw_letters"])
def test_a_worker_killed_amid_them_loses_no_letter_and_no_code(client, monkeypatch, when):
    """admin.md 34: kill -9 while codes are given, or while letters are drawn."""
    press(client, "lettre")
    made: list[object] = []
    room = invitations if when == "invite_by_letter" else letters
    whole = getattr(room, when)

    def die_at_the_second(*args, **asked):
        if made:
            raise GeneratorExit
        made.append(whole(*args, **asked))
        return made[0]

    with monkeypatch.context() as patched:
        patched.setattr(room, when, die_at_the_second)
        with pytest.raises(GeneratorExit):
            work()
    before = dict(User.objects.exclude(access_code_at=None).values_list("username", "access_code_at"))
    pass_time()
    tasks.take_up_again()
    work()

    file = PreparedFile.objects.get()
    assert before.items() <= dict(User.objects.values_list("username", "access_code_at")).items()
    assert before
    assert letters_in(file) == ALL
    assert [line[-1] for line in journal()] == [f"3 lettres ({EVERYWHERE})"]


@pytest.mark.usefixtures("families")
def test_stopped_its_codes_are_to_be_printed_again(client, ask, monkeypatch):
    """admin.md 34: no code is given for nothing."""
    press(client, "lettre")
    draw = letters.draw_letters

    def stop_after(*args, **asked):
        prepared.stop(file_id=PreparedFile.objects.get().pk)
        return draw(*args, **asked)

    with monkeypatch.context() as patched:
        patched.setattr(letters, "draw_letters", stop_after)
        work()
    assert journal()[0][-1] == f"3 codes pour des lettres, 0 lettre, arrêté ({EVERYWHERE})"
    series, _ = client.get(PAGE).context["on_paper"].form.fields["who"].choices[-1]

    assert letters_in(ask("lettre", series)) == ALL


def test_two_agents_make_one_letter_for_each(families):
    with transaction.atomic():
        first = invitations.invite_by_letter(again=False, limit=9)
        second = invitations.invite_by_letter(again=False, limit=9)

    assert (len(first), second) == (3, [])


def test_two_agents_at_once(at_once, families):
    """The letters of two jobs together: each once."""
    first, second = [], []
    outcomes = at_once(
        lambda: first.extend(invitations.invite_by_letter(again=False, limit=9)),
        lambda: second.extend(invitations.invite_by_letter(again=False, limit=9)),
    )

    assert outcomes == ["done", "done"]
    assert sorted(user.username for user in [*first, *second]) == ["sans0", "sans1", "sans2"]


def test_who_came_in_meanwhile_has_no_letter(client, families, monkeypatch):
    press(client, "lettre")
    draw = letters.draw_letters

    def come_in(*args, **asked):
        User.objects.filter(username__in=["sans0", "sans1"]).update(last_login=timezone.now())
        return draw(*args, **asked)

    monkeypatch.setattr(letters, "draw_letters", come_in)
    work()

    file = PreparedFile.objects.get()
    assert letters_in(file) == {f"{HERE}/6e-01.pdf": ["sans2"]}
    assert file.rows == 1

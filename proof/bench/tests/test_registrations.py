"""What a family of row 18 reads: the link that came for it, and what is there to choose in a form."""

import pytest

from proof.bench import mailbox, registrations
from proof.bench.registrations import Links

pytestmark = pytest.mark.any_database


@pytest.fixture
def links(tmp_path):
    return Links(tmp_path / "mailbox"), tmp_path / "mailbox"


def test_the_link_that_came_for_an_address(links):
    links, file = links
    file.write_text("<1@x> a@famille.example /un/lien/\n<2@x> b@famille.example /un/autre/\n")

    assert links.wait_for("b@famille.example") == "/un/autre/"
    assert links.wait_for("a@famille.example") == "/un/lien/"


def test_a_line_that_is_being_written_is_read_once_it_is_whole(links, monkeypatch):
    links, file = links
    file.write_text("<1@x> a@famille.example /un/lien/\n<2@x> b@famille.ex")
    assert links.wait_for("a@famille.example") == "/un/lien/"
    with file.open("a") as more:
        more.write("ample /un/autre/\n")

    assert links.wait_for("b@famille.example") == "/un/autre/"


def test_one_that_never_comes(links, monkeypatch):
    monkeypatch.setattr(registrations, "PATIENCE", 0)

    with pytest.raises(TimeoutError):
        links[0].wait_for("a@famille.example")


@pytest.mark.parametrize(
    ("text", "link"),
    [
        (
            "Bonjour,\nhttps://pass.example/accueil/lien/abc/\nÀ bientôt : https://pass.example/",
            "/accueil/lien/abc/",
        ),
        ("Bonjour.", "-"),
    ],
)
def test_what_the_mailbox_writes_of_a_message(text, link):
    assert mailbox.link_in(text) == link


def test_what_is_chosen_in_a_form():
    form = (
        '<select name="school" id="x"><option value="">Un autre</option><option value="7">A</option></select>'
    )

    assert registrations._first_choice(form, "school") == "7"

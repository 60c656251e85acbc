"""docs/architecture.md is what `manage.py architecture` writes."""

import re
from collections import Counter
from statistics import median, quantiles

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from passplus.architecture import page, rooms
from passplus.architecture.rooms import Room

pytestmark = pytest.mark.any_database


def without_numbers(text):
    """Lines are counted anew when the page is written, and need not be right in between."""
    return re.sub(r"\d+", "n", re.sub(r"[ \d\N{NO-BREAK SPACE}%]+(?= \|)", " n", text))


def test_the_page_is_what_the_command_writes():
    committed = (settings.BASE_DIR / "docs" / "architecture.md").read_text()

    assert without_numbers(committed) == without_numbers(page.page()), "manage.py architecture"


def test_an_import_inside_a_function_counts(tmp_path):
    file = tmp_path / "file.py"
    file.write_text(
        "import os, core.pdf\nfrom . import near\n\ndef late():\n    from tickets.models import Ticket\n"
    )

    assert sorted(rooms.imported(file)) == ["core", "os", "tickets"]


def test_an_arrow_that_a_longer_way_doubles_is_only_in_the_table():
    line = [Room("core"), Room("accounts", imports=Counter(core=2))]
    line.append(Room("wallets", imports=Counter(core=1, accounts=3)))

    assert [arrow.strip() for arrow in page._arrows(line)] == [
        "accounts -->|2| core",
        "wallets -->|3| accounts",
    ]
    assert [*page._imports(line)][2:] == ["| `accounts` | 2 |  |", "| `wallets` | 1 | 3 |"]


def test_a_cycle_is_refused(monkeypatch):
    imports = {"core": Counter(accounts=1), "accounts": Counter(core=1)}
    monkeypatch.setattr(rooms, "_room", lambda name: Room(name, imports=imports.get(name, Counter())))
    written = (settings.BASE_DIR / "docs" / "architecture.md").read_text()

    with pytest.raises(CommandError, match="s’importent en rond"):
        call_command("architecture")
    assert (settings.BASE_DIR / "docs" / "architecture.md").read_text() == written


def test_no_file_is_long_and_no_room_is_an_attic():
    found = rooms.rooms()
    whole = sum(sum(room.sizes) for room in found)

    assert [room.name for room in found if max(room.sizes) > 400] == []
    assert [room.name for room in found if sum(room.sizes) > 0.3 * whole] == []


def test_half_of_the_files_are_read_on_one_screen():
    """The bars of the plan: a median of 60 lines, and nine in ten below 200."""
    sizes = [size for room in rooms.rooms() for size in room.sizes]

    assert median(sizes) <= 60
    assert quantiles(sizes, n=10)[-1] <= 200

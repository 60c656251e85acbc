"""The whole: one line a check, and 1 on exit if something is wrong."""

import pytest
from django.core.management import CommandError, call_command

from operations import runs
from operations.doctor import examination, front
from operations.doctor.findings import Wrong


def examined(monkeypatch, capsys, **checks):
    monkeypatch.setattr(examination, "CHECKS", checks)
    try:
        call_command("doctor", no_color=True)
    finally:
        said = capsys.readouterr().out
    return said


def test_one_line_each(monkeypatch, capsys):
    assert examined(monkeypatch, capsys, Un=lambda: "bien", Deux=lambda: "bien aussi") == (
        "OK       Un : bien.\nOK       Deux : bien aussi.\n"
    )


def test_exit_with_1_if_something_is_wrong(monkeypatch, capsys):
    def broken():
        raise Wrong("cassé", "réparez-le")

    def unforeseen():
        raise LookupError("quoi ?")

    with pytest.raises(CommandError, match=r"2 points à corriger\.") as refusal:
        examined(monkeypatch, capsys, Un=broken, Deux=lambda: "bien", Trois=unforeseen)
    assert refusal.value.returncode == 1

    monkeypatch.setattr(examination, "CHECKS", {"Un": broken, "Deux": lambda: "bien", "Trois": unforeseen})
    assert [(it.seen, bool(it.remedy)) for it in examination.examine()] == [
        ("cassé", True),
        ("bien", False),
        ("LookupError: quoi ?", True),
    ]


@pytest.mark.django_db
def test_each_check_is_there(monkeypatch):
    # Of all of them only this one would leave the machine.
    monkeypatch.setattr(front, "_ask", lambda address: 200)
    names = [finding.name for finding in examination.examine()]

    assert names == list(examination.CHECKS)
    assert set(runs.DUTIES) < set(names)

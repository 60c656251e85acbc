"""Somebody is told of what fails at night, even when the database is what fails."""

import io

import pytest
from django.core import mail
from django.core.management import call_command


def test_it_goes_straight_to_who_looks_after_the_machine(settings, monkeypatch):
    settings.ALERT_EMAIL = "exploitation@passplus.example"
    monkeypatch.setattr("sys.stdin", io.StringIO("À FAIRE : sauvegarde, aucune depuis hier"))
    # No database: this test may not touch one.
    call_command("alert", "passplus-job@doctor.service")

    [message] = mail.outbox
    assert message.to == ["exploitation@passplus.example"]
    assert message.subject == "[Pass+] passplus-job@doctor.service a échoué"
    assert "aucune depuis hier" in message.body


@pytest.mark.parametrize("address", [""])
def test_whoever_wants_none_is_reminded(settings, capsys, address):
    settings.ALERT_EMAIL = address
    call_command("alert", "passplus-job@backup.service")

    assert mail.outbox == []
    assert "ALERT_EMAIL" in capsys.readouterr().err

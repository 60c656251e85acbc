"""deploy/prometheus: a rule that names what is not there never says anything."""

import re

import pytest
import yaml
from django.conf import settings

from operations import metrics, runs

RULES = settings.BASE_DIR / "deploy" / "prometheus" / "passplus.rules.yml"
BACKUP = "backup"  # a duty on PostgreSQL alone


def expressions():
    groups = yaml.safe_load(RULES.read_text())["groups"]
    return {rule["alert"]: rule["expr"] for group in groups for rule in group["rules"]}


def labels(name):
    """What the rules ask of a label, as Prometheus would: whole values, alternatives of a pattern."""
    said = re.findall(rf'{name}(?:=~|!~|=)"([^"]+)"', " ".join(expressions().values()))
    return {word for values in said for word in values.split("|")}


@pytest.mark.django_db
def test_each_number_that_a_rule_looks_at_is_told():
    told = set()
    for name, kind in re.findall(r"(?m)^# TYPE (\S+) (\S+)$", metrics.reading().decode()):
        told |= {f"{name}_bucket"} if kind == "histogram" else {name}
    asked = set(re.findall(r"passplus_\w+", " ".join(expressions().values())))

    assert asked
    assert asked <= told


def test_each_command_of_the_night_has_a_rule():
    nightly = {name for name, duty in runs.DUTIES.items() if duty.within == runs.DAY_AND_A_HALF}

    assert labels("command") == nightly | {BACKUP}


@pytest.mark.django_db
def test_what_is_no_duty_any_more_is_not_late(monkeypatch):
    """A worker that a version has given up would be called late for ever."""
    name = next(iter(runs.DUTIES))
    runs.note(name)
    said = f'command="{name}"'
    assert said in metrics.reading().decode()

    monkeypatch.delitem(runs.DUTIES, name)
    assert said not in metrics.reading().decode()


def test_the_states_of_mails_are_those_that_are_told(db):
    assert labels("state") <= set(re.findall(r'state="(\w+)"', metrics.reading().decode()))

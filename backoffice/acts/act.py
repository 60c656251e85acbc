"""An act of an agent: a page asks why, a service does it, the journal keeps it."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from django.http import HttpResponse

from accounts.audit import Action
from accounts.models import User
from backoffice.facts.about import About

from .forms import ReasonForm


class AlreadyDone(Exception):
    """The same form came twice: there is nothing to do, and nothing new to audit."""


@dataclass(frozen=True)
class Act:
    """`run` gets the row, the agent and what the form says; it returns the details that the audit keeps.

    Where another agent proposed it, `proposed_by` says who.

    It may raise Refusal, whose sentence the agent reads, or AlreadyDone.
    """

    name: str
    label: str
    action: Action
    permission: str
    # What will come of it, before it is done.
    consequence: str
    run: Callable[[Any, User, dict[str, Any]], Any]
    form: type[ReasonForm] = ReasonForm
    applies: Callable[[Any], bool] = lambda row: True
    # Why there is nothing to do to it today, in a few words, where it would apply: it is not offered then.
    idle: Callable[[Any], str] = lambda row: ""
    # How to take it back: what to do, by its label. Or whether nothing brings it back.
    undo: str = ""
    is_final: bool = False
    # The row as the page and the journal name it.
    names: Callable[[Any], str] = str
    # The row itself, shown above the button.
    about: Callable[[Any], About] = lambda row: About()
    # What it will change in euros and persons, said the form or not yet: the agent reads it before it is
    # done, and reads it again if its facts are others by then.
    weighs: Callable[[Any, dict[str, Any] | None], About] | None = None
    # Whether another agent confirms it; with `weighs`, which that one reads too.
    needs_second: Callable[[Any, dict[str, Any]], bool] = lambda row, said: False
    # Whether the form has the code of the agent's telephone, asked for anew: an open session is not enough.
    takes_code: bool = False
    # What the act ends in, such as a letter to print: made of the row once all is written.
    document: Callable[[Any], HttpResponse] | None = None


@dataclass(frozen=True)
class LongAct(Act):
    """One that is proposed, confirmed, then done in batches, a transaction each.

    `run` does the next batch, and returns how many it did and the euros it moved. Stopped at any moment, it
    goes on where it was; done, it does nothing.
    """

    # What is still to be done, one and several: « enfant à doter », « enfants à doter ».
    of_what: tuple[str, str] = ("", "")
    left: Callable[[Any], int] = lambda row: 0
    # The line of the journal for all the batches together.
    tells: Callable[[int, Decimal], str] = lambda number, euros: f"{number}"

    def remaining(self, left: int) -> str:
        return self.of_what[left > 1]


def weighed(act: Act, row: Any, said: dict[str, Any] | None) -> About:
    """What the page tells of the row, with what the form says once it is filled in."""
    return act.weighs(row, said) if act.weighs else act.about(row)


def facts_of(act: Act, row: Any, said: dict[str, Any] | None) -> list[list[str]]:
    """As they are kept and compared."""
    return [[label, str(value)] for label, value in weighed(act, row, said).facts]


def seal(facts: list[list[str]]) -> str:
    """What a form carries of what was read above it."""
    return sha256(json.dumps(facts).encode()).hexdigest()[:16]

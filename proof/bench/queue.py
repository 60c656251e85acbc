"""Row 12: what one task costs against its own statements, and a whole queue that two workers drain.

Each notice to a family is a task, which writes an e-mail; so is each e-mail, which leaves. One worker is
killed (kill -9) amid the notices, another one amid the e-mails: nothing may be lost, nothing written twice.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from proof.servers.inside import inside

from . import mailbox
from .scale import Scale
from .stage import Stage
from .table import NBSP, Bar, Row, shown

INSIDE = "proof.bench.queue_inside"
COST = Bar(0.2, at_least=True)


def rows(stage: Stage) -> Iterator[Row]:
    """It empties the queue first: what rows 1 and 9 left there belongs to nobody any more."""
    yield _cost(stage)
    yield drained(12, stage.env, stage.scale, stage.directory)


def _cost(stage: Stage) -> Row:
    seen = inside("proof.bench.queue_cost", stage.scale.rounds, stage.scale.tasks, env=stage.env)
    ours, floor = seen["ours"], seen["floor"]
    return Row(
        12,
        f"une tâche, l’envoi d’un e-mail ({seen['statements']} instructions)",
        floor["wall"] / ours["wall"],
        bar=COST,
        cpu=floor["cpu"] / ours["cpu"],
        ours=_milliseconds(ours),
        floor=_milliseconds(floor),
        rounds={"ours": seen["rounds"]["ours"], "floor": seen["rounds"]["floor"]},
    )


def _milliseconds(one: dict[str, float]) -> str:
    return f"{shown(1000 * one['wall'], 'ms')} · CPU {shown(1000 * one['cpu'], 'ms')}"


def drained(number: int, env: dict[str, str], scale: Scale, directory: Path) -> Row:
    counted = {
        mailbox.FILE: str(directory / f"mailbox-{number}"),
        "DJANGO_SETTINGS_MODULE": "proof.bench.queue_settings",
    }
    seen: dict[str, Any] = inside(INSIDE, scale.notices, env=env | counted)
    on = "" if env["DATABASE_URL"].startswith("postgres") else " sur SQLite"
    return Row(
        number,
        f"file vidée{on}{NBSP}: {shown(seen['notices'])} avis, {shown(seen['emails'])} e-mails, "
        "deux ouvriers, deux kill -9",
        seen["tasks"] / seen["seconds"],
        "/s",
        ours=f"{shown(seen['seconds'], 's')} · CPU {shown(1000 * seen['cpu'] / seen['tasks'], 'ms')} "
        f"par tâche · {seen['twice']} parti deux fois · adoption {shown(seen['adoption'], 's')}",
        errors=len(seen["faults"]),
        example=" ; ".join(seen["faults"]),
    )

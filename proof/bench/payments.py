"""Row 17: what is due to a whole département is put in a batch, dropped, put in another one; then its files
are made, while a family reads its statement; then all of it is told paid.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from proof.servers.inside import inside
from proof.servers.servers import manage

from .client import Wrk
from .jobs import MEMORY
from .stage import STATEMENT, Stage
from .table import NBSP, Bar, Row, sample, shown

INSIDE = "proof.bench.payments_inside"
PREPARED = Bar(20, "s")
# Once all statements are made ÷ once a quarter of them is.
FLAT = Bar(1.05)


def rows(stage: Stage) -> Iterator[Row]:
    tickets, organismes = stage.scale.paid
    inside(INSIDE, "fill", tickets, organismes, env=stage.env)
    told = inside(INSIDE, "prepare", env=stage.env)
    yield from _prepared(told)
    yield from _made(stage, told["batch"])
    # Raises, if anything disagrees.
    manage("check_ledger", env=stage.env)


def _prepared(told: dict[str, Any]) -> Iterator[Row]:
    size = f"{shown(told['tickets'])} tickets de {shown(told['payments'])} organismes"
    first, second = told["prepared"]
    yield Row(
        17,
        f"lot préparé{NBSP}: {size}",
        first,
        "s",
        PREPARED,
        ours=f"au plus {shown(told['most'], 'Mio')}",
        errors=len(told["faults"]),
        example=" ; ".join(told["faults"]),
    )
    yield Row(17, "ce lot abandonné", told["dropped"], "s")
    yield Row(17, "les mêmes dans un autre lot", second, "s", PREPARED)


def _made(stage: Stage, batch: int) -> Iterator[Row]:
    page = Wrk(stage.directory, stage.families.pages(STATEMENT)[:1], clients=1)
    page(stage.app, 1)
    alone = page(stage.app, stage.scale.seconds)
    with ThreadPoolExecutor(1) as beside:
        making = beside.submit(inside, INSIDE, "finish", batch, env=stage.env)
        meanwhile = page(stage.app, stage.scale.seconds)
        told: dict[str, Any] = making.result()
    statements, files = told["statements"], told["files"]
    each, cpu = (shown(1000 * files[name] / statements, "ms") for name in ("seconds", "cpu"))
    yield Row(
        17,
        f"fichiers d’un lot{NBSP}: {shown(statements)} états en PDF, le CSV, les virements, l’archive",
        files["seconds"],
        "s",
        ours=f"{each} et CPU {cpu} par état · avancement dit {files['steps']} fois",
        errors=int(not files["whole"]),
        example="L’archive n’est pas faite.",
    )
    yield Row(
        17,
        "mémoire de l’ouvrier, tous les états faits ÷ un quart",
        files["end"] / files["quarter"],
        bar=FLAT,
        ours=shown(files["end"], "Mio"),
        floor=shown(files["quarter"], "Mio"),
    )
    yield Row(17, "mémoire de l’ouvrier, au plus", files["most"], "Mio", Bar(MEMORY, "Mio"))
    yield Row(
        17,
        "relevé pendant ce temps ÷ sans lui",
        meanwhile.p50 / alone.p50,
        ours=sample([meanwhile]),
        floor=sample([alone]),
        errors=meanwhile.errors,
        example=meanwhile.example,
    )
    yield Row(17, f"{shown(statements)} paiements dits payés", told["paid"], "s")

"""Row 13: agents' pages, those of figures and those that search a whole département, against bare queries.

The floor sends the same statements and the same bytes. The whole département has 80,000 children; for how
they grow there are the copies of one family (proof.bench.growth), and there only the numbers grow.
"""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from statistics import median

from proof.servers.browser import Target, address
from proof.servers.inside import inside
from proof.servers.servers import environment, serve

from . import client, growth
from .client import Round, Wrk
from .scale import Scale
from .stage import APPLICATION, FLOOR, Stage
from .table import Bar, Row, errors, kept, sample, shown

INSIDE = "proof.bench.figures_inside"
PAGES = {
    "accueil de l’administration": "/admin/",
    "sommes de toutes les campagnes": "/admin/sommes/",
    "statistiques par commune": "/admin/statistiques/?par=commune",
    "statistiques par collège": "/admin/statistiques/?par=college",
    "statistiques par organisme": "/admin/statistiques/?par=organisme",
    "recherche d’un nom": "/admin/recherche/?q=martin+lea",
    "recherche d’un nom mal entendu": "/admin/recherche/?q=gotier+ines",
    "recherche d’un téléphone": "/admin/recherche/?q=06+12+34+56+78",
    "page d’une famille": "/admin/accounts/beneficiary/{child}/famille/",
    "tickets": "/admin/tickets/ticket/",
    "tickets, dernière page": "/admin/tickets/ticket/?p={tickets}",
    "tickets d’un nom": "/admin/tickets/ticket/?q=martin",
    "bénéficiaires d’un nom": "/admin/accounts/beneficiary/?q=martin",
    "bénéficiaires, dernière page": "/admin/accounts/beneficiary/?p={beneficiaries}",
    "comptes d’un nom": "/admin/accounts/user/?q=martin",
    "écritures, dernière page": "/admin/wallets/entry/?p={entries}",
}
GROWING = ("accueil de l’administration", "statistiques par organisme")
# Milliseconds, and statements, transactions included.
BAR = Bar(300, "ms")
STATEMENTS = Bar(15)


def rows(stage: Stage) -> Iterator[Row]:
    prepared = inside(INSIDE, env=stage.env)
    last = prepared["last"]
    targets = {what: _page(path.format(**last), prepared["cookie"]) for what, path in PAGES.items()}
    asked, answers = stage.directory / "figures.json", stage.directory / "figures.pickle"
    asked.write_text(json.dumps([asdict(target) for target in targets.values()]))
    statements = inside("proof.bench.capture", asked, answers, env=stage.env)
    with serve(FLOOR, stage.env | {"FLOOR_ANSWERS": str(answers)}) as floor:
        for what, target in targets.items():
            wrk = Wrk(stage.directory, [target], clients=1)
            seen = client.interleave(
                stage.scale.rounds,
                stage.scale.seconds,
                ours=partial(wrk, stage.app),
                floor=partial(wrk, floor),
            )
            ours, bare = seen["ours"], seen["floor"]
            count = statements[target.path]
            yield Row(
                13,
                f"{what} ({count} instructions SQL), et son rapport aux requêtes nues",
                client.middle(ours, "p50"),
                "ms",
                BAR,
                cpu=client.cpu_ratio(ours, bare),
                ours=sample(ours),
                floor=sample(bare),
                rounds=kept(ours=ours, floor=bare),
                **errors(ours, bare),
            )
            yield Row(13, f"{what}, instructions SQL", count, bar=STATEMENTS)
    yield Row(13, "compter et garder, parmi les tickets du département", prepared["seconds"], "s")


def growing(database: str, scale: Scale, directory: Path) -> Iterator[Row]:
    small, large = sizes = scale.growth[:2]
    databases = {size: growth.named(database, f"bench_figures_{size}") for size in sizes}
    growth.grow(databases, replace(scale, **growth.MODEL))
    with ExitStack() as servers:
        apps, cookies, seconds = {}, {}, {}
        for size, where in databases.items():
            env = environment(where, WEB_CONCURRENCY="1")
            prepared = inside(INSIDE, env=env)
            seconds[size], cookies[size] = prepared["seconds"], prepared["cookie"]
            apps[size] = servers.enter_context(serve(APPLICATION, env))
        for what in GROWING:
            plays = {
                str(size): partial(Wrk(directory, [_page(PAGES[what], cookies[size])], clients=1), apps[size])
                for size in sizes
            }
            seen = client.interleave(scale.rounds, scale.seconds, **plays)
            yield _ratio(what, small, large, seen[str(small)], seen[str(large)])
    for size in sizes:
        yield Row(13, f"compter et garder, parmi {shown(size)} tickets", seconds[size], "s")


def _ratio(what: str, small: int, large: int, floor: list[Round], ours: list[Round]) -> Row:
    value = median(a.p50 / b.p50 if b.p50 else 0.0 for a, b in zip(ours, floor, strict=True))
    return Row(
        13,
        f"{what} parmi {shown(large)} tickets ÷ parmi {shown(small)}",
        value,
        bar=growth.FLAT,
        ours=sample(ours),
        floor=sample(floor),
        rounds=kept(ours=ours, floor=floor),
        **errors(ours, floor),
    )


def _page(path: str, cookie: str) -> Target:
    return Target(path, cookie, address(1))

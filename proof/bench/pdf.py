"""Row 5: tickets on paper, against the same drawn by hand."""

from collections.abc import Iterator, Sequence
from statistics import median, quantiles

from proof.servers.inside import inside
from proof.servers.servers import environment

from .scale import Scale
from .table import Bar, Row, shown

# How many tickets in a PDF, and the most that it may take, in times of the floor.
SIZES = {1: Bar(4), 6: None, 60: Bar(4.75)}
FLAT = Bar(1.05)
# So many times as many rounds as elsewhere: one PDF is one measure.
PDFS_A_ROUND = 60


def rows(scale: Scale) -> Iterator[Row]:
    # No ticket of it is in a database.
    env = environment("sqlite://:memory:")
    for count, bar in SIZES.items():
        rounds = scale.rounds * max(1, PDFS_A_ROUND // count)
        took = inside("proof.bench.pdf_inside", "warm", count, rounds, env=env)
        yield _row(f"PDF de {_tickets(count)}", took, bar)
    for count in scale.first_pdfs:
        first = {
            side: [
                inside("proof.bench.pdf_inside", "cold", side, count, env=env) for _ in range(scale.rounds)
            ]
            for side in ("ours", "floor")
        }
        yield _row(f"PDF de {_tickets(count)}, le premier d’un processus", first, None)
    yield _memory(scale, env)
    yield _threads(scale, env)


def _tickets(count: int) -> str:
    return "1 ticket" if count == 1 else f"{count} tickets"


def _row(what: str, took: dict[str, list[float]], bar: Bar | None) -> Row:
    value = median(ours / floor for ours, floor in zip(took["ours"], took["floor"], strict=True))
    ours, floor = (_sample(took[side]) for side in ("ours", "floor"))
    return Row(5, what, value, bar=bar, ours=ours, floor=floor, rounds=dict(took))


def _sample(took: Sequence[float]) -> str:
    """Like `table.sample`, for one ticket."""
    p99 = quantiles(took, n=100, method="inclusive")[98] if len(took) > 1 else took[0]
    return f"{shown(median(took))} et {shown(p99)} ms par ticket"


def _memory(scale: Scale, env: dict[str, str]) -> Row:
    at = inside("proof.bench.pdf_inside", "memory", scale.pdfs, env=env)
    quarters = " · ".join(shown(one) for one in at)
    what = f"mémoire après {scale.pdfs} PDF ÷ après {scale.pdfs // 4}"
    return Row(5, what, at[-1] / at[0], bar=FLAT, ours=f"{quarters} Mio", rounds={"mebibytes": at})


def _threads(scale: Scale, env: dict[str, str]) -> Row:
    said = inside("proof.bench.pdf_inside", "threads", scale.pdfs_by_thread, env=env)
    what = f"lignes d’avertissement, 4 fils de {scale.pdfs_by_thread} PDF"
    return Row(5, what, len(said), bar=Bar(0), rounds={"said": said})

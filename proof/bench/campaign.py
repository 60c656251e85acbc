"""Row 10: a campaign opened, undone, opened, closed and reopened; then the whole ledger is checked."""

from collections.abc import Iterator

from proof.servers.inside import inside
from proof.servers.servers import manage

from .stage import Stage
from .table import Row, shown


def rows(stage: Stage) -> Iterator[Row]:
    """After the rows that count wallets: it leaves two more for each child."""
    for step in inside("proof.bench.campaign_inside", env=stage.env):
        slowest = f"lot le plus long {shown(step['longest'], 's')}, au plus {shown(step['peak'], 'Mio')}"
        what = f"{step['what']} ({shown(step['number'])} lignes, {step['euros']} €)"
        yield Row(10, what, step["seconds"], "s", ours=slowest)
    # Raises, if anything disagrees.
    manage("check_ledger", env=stage.env)

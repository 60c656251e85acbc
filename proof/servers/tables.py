"""The tables of a database of the proofs, or of the tests.

To migrate takes half a minute of processor: a clone does it once for each kind of database, and copies what
came of it.
"""

import fcntl
import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .servers import ROOT, Failed, manage

KEPT = ROOT / "var" / "tables"


def make(env: dict[str, str]) -> None:
    """In the empty database of `env`; what no migration says, such as roles, is of today. Raises Failed."""
    if copy(env):
        _migrate(env)


def copy(env: dict[str, str]) -> bool:
    """The same, without what no migration says where this returns true: `migrate` is left. Raises Failed."""
    database = env["DATABASE_URL"]
    kept = KEPT / f"{_migrations()}.{'sqlite3' if database.startswith('sqlite') else 'sql'}"
    with _one_at_a_time():
        if not kept.exists():
            _migrate(env)
            _keep(database, kept)
            return False
    _copy(kept, database)
    return True


def _migrate(env: dict[str, str]) -> None:
    manage("migrate", "--noinput", "--verbosity", "0", env=env)


def _migrations() -> str:
    """The name of these very ones."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _keep(database: str, kept: Path) -> None:
    for former in KEPT.glob(f"*{kept.suffix}"):
        former.unlink()
    half_written = kept.with_suffix(".new")
    if kept.suffix == ".sqlite3":
        shutil.copy(_file(database), half_written)
    else:
        _run("pg_dump", "--no-owner", f"--file={half_written}", database)
    half_written.rename(kept)


def _copy(kept: Path, database: str) -> None:
    if kept.suffix == ".sqlite3":
        shutil.copy(kept, _file(database))
    else:
        asked = ("--quiet", "--no-psqlrc", "--single-transaction", "--set=ON_ERROR_STOP=1")
        _run("psql", *asked, f"--file={kept}", database)


def _file(database: str) -> Path:
    return Path(database.removeprefix("sqlite:///"))


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 – our own commands
    if done.returncode:
        raise Failed(f"{command[0]} :\n{done.stderr}")

"""Whether who hashes passwords receives its memory in large pages: a third of a login's processor time.

Argon2id fills 46 MiB for each; in pages of 4 KiB the kernel prepares twelve thousand of them each time.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .findings import Wrong

# What Linux gives: to all, to those who ask, or to nobody.
ENABLED = Path("/sys/kernel/mm/transparent_hugepage/enabled")
PROCESSES = Path("/proc")
ASKED = b"glibc.malloc.hugetlb=1"


def check() -> str:
    found = re.search(r"\[(\w+)\]", ENABLED.read_text()) if ENABLED.exists() else None
    mode = found[1] if found else ""
    if mode == "always":
        return "le noyau en donne à tous"
    if mode != "madvise":
        # A rented machine may not let its kernel be told, and all works without.
        return f"le noyau n’en donne à personne ({ENABLED}), et une connexion coûte moitié plus"
    asking = [ASKED in environment for environment in _environments_of_gunicorn()]
    if not all(asking):
        raise Wrong(
            "gunicorn n’en demande pas\N{NO-BREAK SPACE}: une connexion coûte moitié plus",
            "lancez-le par deploy/systemd, ou avec GLIBC_TUNABLES=glibc.malloc.hugetlb=1",
        )
    return "gunicorn en demande" if asking else "le noyau en donne à qui en demande"


def _environments_of_gunicorn() -> Iterator[bytes]:
    """Of those that this account may look into: those of another container are not."""
    for process in PROCESSES.glob("[0-9]*"):
        # It may be somebody else's, or have ended.
        with suppress(OSError):
            if b"deploy/gunicorn.conf.py" in (process / "cmdline").read_bytes():
                yield (process / "environ").read_bytes()

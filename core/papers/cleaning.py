"""A paper as it may be shown: looked at for viruses where a scanner is set, then remade."""

import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

from core.exceptions import Refusal

from . import virus_scanner
from .answers import JPEG, PDF, REFUSED
from .formats import PaperFormat
from .sentences import DAMAGED, EMPTY, INFECTED, LARGEST, TOO_LARGE, TOO_MUCH

# The pages first: a photograph takes half a second of processor, and a June morning sends thousands.
COMMAND = ("nice", "-n", "19", sys.executable, "-m", "core.papers.process")
# Seconds: its processor's are counted apart, and a busy machine takes its time.
PATIENCE = 120


class PaperRefused(Refusal):
    """Its sentence says to who sent it what to do."""


@dataclass(frozen=True)
class Paper:
    """`content` is a PDF, or a JPEG that stands upright."""

    format: PaperFormat
    content: bytes


def clean(content: bytes) -> Paper:
    """Raises PaperRefused; virus_scanner.Silent if the scanner does not answer, to be tried again."""
    if not content:
        raise PaperRefused(EMPTY)
    if len(content) > LARGEST:
        raise PaperRefused(TOO_LARGE)
    if virus_scanner.finds_something_in(content):
        raise PaperRefused(INFECTED)
    kind, remade = _in_its_process(content)
    if kind == REFUSED:
        raise PaperRefused(remade.decode())
    return Paper({PDF: PaperFormat.PDF, JPEG: PaperFormat.JPEG}[kind], remade)


def _in_its_process(content: bytes) -> tuple[bytes, bytes]:
    try:
        done = subprocess.run(  # noqa: S603 – our own command
            COMMAND,
            cwd=settings.BASE_DIR,
            input=content,
            capture_output=True,
            env={"PATH": "/usr/bin:/bin", "PYTHONUTF8": "1"},
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        raise PaperRefused(TOO_MUCH) from late
    if done.returncode < 0 or b"MemoryError" in done.stderr:
        raise PaperRefused(TOO_MUCH)
    if done.returncode or not done.stdout:
        raise PaperRefused(DAMAGED)
    return done.stdout[:1], done.stdout[1:]

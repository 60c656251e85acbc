"""Remakes one paper in a process of its own, which a bomb may kill without anybody else noticing.

`cleaning.py` starts it. The content comes in by the standard input. Out goes what it was made into, after a
first byte that says what it is; or the sentence that refuses it. It knows nothing of Django.
"""

import resource
import sys

from . import pdfs, photographs
from .answers import JPEG, PDF, REFUSED
from .formats import PaperFormat, format_of
from .refusals import Refused
from .sentences import NOT_A_PAPER

# Bytes of address space: 40 megapixels take a third of it. Seconds of processor: a photograph takes one.
MOST_MEMORY, LONGEST = 1_200_000_000, 20


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    try:
        kind, content = _remade(sys.stdin.buffer.read())
    except Refused as why:
        kind, content = REFUSED, str(why).encode()
    sys.stdout.buffer.write(kind + content)


def _remade(content: bytes) -> tuple[bytes, bytes]:
    found = format_of(content)
    if found is None:
        raise Refused(NOT_A_PAPER)
    if found == PaperFormat.PDF:
        return PDF, pdfs.remade(content)
    return JPEG, photographs.remade(content, found)


if __name__ == "__main__":
    main()

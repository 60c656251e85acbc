"""The sheets of a workbook, read by a process of its own (`workbook_process`): a file that is a bomb dies
with it, in seconds, and what a sheet takes in memory is given back."""

import json
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from tempfile import TemporaryFile
from typing import IO, Any, NoReturn, cast

from django.conf import settings

from core.typed_text import printable

from .merged import Merged
from .rows import Line, NotReadable, Table
from .workbook_sentences import DAMAGED, TOO_MUCH

# `json.loads` first looks what the bytes may be, which takes as long.
_decoder = json.JSONDecoder()
COMMAND = (sys.executable, "-m", "core.spreadsheet_files.workbook_process")


class _Process:
    """Things come as JSON arrays, one a line; what is asked for goes as bytes."""

    def __init__(self, process: "subprocess.Popen[bytes]", errors: IO[bytes]) -> None:
        self._process, self._errors = process, errors
        self._to, self._from = cast(IO[bytes], process.stdin), cast(IO[bytes], process.stdout)

    def ask(self, what: bytes) -> None:
        """Raises NotReadable."""
        try:
            self._to.write(what)
            self._to.flush()
        except BrokenPipeError:
            self._died()

    def next(self) -> list[Any]:
        """Raises NotReadable if the file was too much for it."""
        line = self._from.readline()
        if not line.endswith(b"\n"):
            self._died()
        thing: list[Any] = _decoder.raw_decode(line.decode())[0]
        return thing

    def _died(self) -> NoReturn:
        status = self._process.wait()
        self._errors.seek(0)
        errors = self._errors.read().decode(errors="replace")
        # Killed for what it took of memory or time; or told so.
        if status < 0 or "MemoryError" in errors:
            raise NotReadable(TOO_MUCH)
        # What `python-calamine` does where its Rust meets what it did not expect.
        if "PanicException" in errors:
            raise NotReadable(DAMAGED)
        raise RuntimeError(errors)


@contextmanager
def workbook_tables(content: bytes) -> Iterator[Callable[[], list[Table]]]:
    """One for each visible sheet, once they are read, which begins at once; the lines of one of them may be
    read, once. Both raise NotReadable.
    """
    with (
        TemporaryFile() as errors,
        subprocess.Popen(  # noqa: S603 – our own command
            COMMAND,
            cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={"PYTHONUTF8": "1"},
        ) as process,
    ):
        try:
            started = _Process(process, errors)
            started.ask(struct.pack("!Q", len(content)))
            started.ask(content)
            # The process has it, and its lines are still to come.
            del content
            yield partial(_tables, started)
        finally:
            process.kill()
            process.communicate()


def _tables(process: _Process) -> list[Table]:
    tables: list[Table] = []
    while True:
        match process.next():
            case ["sheet", name, height, first]:
                lines = partial(_lines, process, len(tables))
                tables.append(Table([Line(_printable(cells)) for cells in first], lines, height, name))
            case ["refused", sentence]:
                raise NotReadable(sentence)
            case ["sheets"]:
                return tables


def _lines(process: _Process, place: int) -> Iterator[tuple[int, Line]]:
    process.ask(b"%d\n" % place)
    while True:
        match process.next():
            case [int(number), list(cells)]:
                yield number, Line(_printable(cells))
            case [int(number), list(cells), is_hidden, is_calculated, merged]:
                covering = [Merged(*one) for one in merged]
                yield number, Line(_printable(cells), "", is_hidden, is_calculated, covering)
            case ["end"]:
                return


def _printable(cells: list[str]) -> list[str]:
    return cells if "".join(cells).isprintable() else [printable(cell) for cell in cells]

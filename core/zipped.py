"""An archive that is never whole in memory."""

import datetime as dt
from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.utils import timezone


class _Sink:
    """A file for `zipfile` that holds what was written until it is taken, and cannot be gone back in."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, some: bytes) -> int:
        self._held += some
        return len(some)

    def flush(self) -> None:
        pass

    def close(self) -> None:
        pass

    def take(self) -> bytes:
        taken = bytes(self._held)
        self._held.clear()
        return taken


def zipped(files: Iterable[tuple[str, bytes]], at: dt.datetime | None = None) -> Iterator[bytes]:
    """The bytes of an archive of these, which are small already; each is asked for when the one before has
    gone. Of the same files at the same moment, the same bytes.
    """
    sink, dated = _Sink(), timezone.localtime(at).timetuple()[:6]
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(ZipInfo(name, dated), content)
            yield sink.take()
    yield sink.take()

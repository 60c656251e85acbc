"""An archive that is never whole in memory."""

from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile


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


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of an archive of these, which are small already; each is asked for when the one before has
    gone.
    """
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(name, content)
            yield sink.take()
    yield sink.take()

"""An archive, file after file."""

import io
import zipfile

from core.zipped import zipped


def test_what_went_in_comes_out_and_only_one_is_held():
    files = {f"collège {number}/6e.pdf": bytes([number]) * 1_000_000 for number in range(3)}
    asked = []

    def one_by_one():
        for name, content in files.items():
            asked.append(name)
            yield name, content

    pieces = [(len(asked), piece) for piece in zipped(one_by_one())]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(piece for _, piece in pieces)))

    assert {name: archive.read(name) for name in archive.namelist()} == files
    assert [count for count, _ in pieces] == [1, 2, 3, 3]
    assert max(len(piece) for _, piece in pieces) < 1_001_000

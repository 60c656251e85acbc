"""The private parts of WeasyPrint that Pass+ uses, all of them here.

Three, without which a PDF takes two to three times as long (docs/decisions.md, « Un PDF se dessine »): the
stylesheet that it applies to any page of the web, the tree that it makes of a page, the place where it keeps
images. `passplus/tests/test_private_parts.py` names the version they were seen with.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from typing import Any

import weasyprint
from cssselect2 import ElementWrapper
from weasyprint.urls import URLFetcher

from . import qr

SQUARE = "qr:"


class Paper(weasyprint.HTML):
    """A page of ours, read as XML, and styled by `elements` alone: the few that it uses. Fetches nothing."""

    def __init__(self, page: str, *, elements: weasyprint.CSS) -> None:
        super().__init__(string="", url_fetcher=URLFetcher(allowed_protocols={"data"}, allow_redirects=False))
        root = ET.fromstring(page)  # noqa: S314 – a template of ours, escaped
        self.wrapper_element = ElementWrapper.from_html_root(root)
        self.etree_element = self.wrapper_element.etree_element
        self._elements = elements

    def _ua_stylesheets(self, forms: bool = False) -> list[weasyprint.CSS]:  # noqa: FBT001, FBT002 – its own
        return [self._elements]


class Images(dict[str, Any]):
    """Where WeasyPrint looks for an image before it fetches it. `qr:TEXT` is the square that says TEXT."""

    def __contains__(self, url: object) -> bool:
        return str(url).startswith(SQUARE) or super().__contains__(url)

    def __missing__(self, url: str) -> "_Square":
        return _Square(qr.symbol(url.removeprefix(SQUARE)).matrix)


class _Square:
    """A QR that draws itself: as SVG it would take almost as long as the rest of a ticket."""

    def __init__(self, matrix: Sequence[bytearray]) -> None:
        self._matrix = matrix
        self._side = len(matrix) + 2 * qr.QUIET_ZONE

    def get_intrinsic_size(self, resolution: float, font_size: float) -> tuple[float, float, float]:
        return self._side, self._side, 1

    def draw(self, stream: Any, width: float, height: float, style: Any) -> None:
        runs = [
            b"%d %d %d 1 re" % (run.start() + qr.QUIET_ZONE, y, run.end() - run.start())
            for y, line in enumerate(self._matrix, start=qr.QUIET_ZONE)
            for run in re.finditer(b"\1+", line)
        ]
        stream.transform(a=width / self._side, d=height / self._side)
        stream.stream += [b"1 g 0 0 %d %d re f 0 g" % (self._side, self._side), *runs, b"f"]

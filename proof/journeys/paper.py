"""A PDF as its readers see it: a person, a screen reader, a telephone's camera."""

import io

import pypdf
import pypdfium2
import zxingcpp


class Paper:
    def __init__(self, pdf: bytes) -> None:
        self._reader = pypdf.PdfReader(io.BytesIO(pdf))
        self._pdf = pdf

    @property
    def page_count(self) -> int:
        return len(self._reader.pages)

    @property
    def text(self) -> str:
        """All its words, separated by one space."""
        return " ".join(" ".join(page.extract_text() for page in self._reader.pages).split())

    @property
    def language(self) -> str:
        return str(self._reader.root_object["/Lang"])

    @property
    def is_tagged(self) -> bool:
        """Tagged, and declared as PDF/UA-1."""
        root = self._reader.root_object
        declared = b'pdfuaid:part="1"' in root["/Metadata"].get_data()
        return declared and bool(root["/MarkInfo"]["/Marked"])

    @property
    def qr_addresses(self) -> list[str]:
        """What a camera reads, in the order of the pages."""
        pages = [page.render(scale=3).to_pil() for page in pypdfium2.PdfDocument(self._pdf)]
        return [code.text for page in pages for code in zxingcpp.read_barcodes(page)]

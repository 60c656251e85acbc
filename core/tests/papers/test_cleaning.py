"""What people send is remade, or refused with what to do."""

import io
import sys
import zlib

import pikepdf
import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from core.papers import cleaning
from core.papers.cleaning import PaperRefused, clean
from core.papers.formats import PaperFormat, format_of

from .samples import acting, filled_in, of_a_telephone, pdf, picture, saved

pytestmark = pytest.mark.any_database


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def reddest(picture: Image.Image) -> str:
    width, height = picture.size
    corners = {"left": (2, height // 2), "right": (width - 3, height // 2), "top": (width // 2, 2)}
    return max(corners, key=lambda corner: picture.convert("RGB").getpixel(corners[corner])[0])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "HEIF"])
def test_a_photograph_of_each_kind(form):
    if form == "HEIF":
        pillow_heif.register_heif_opener()
    paper = clean(picture(form, size=(640, 400)))
    assert paper.format == PaperFormat.JPEG
    assert (shown(paper.content).size, reddest(shown(paper.content))) == ((640, 400), "left")


def test_it_stands_upright_and_says_nothing_of_where():
    """Held on its side, six photographs of ten come so."""
    sent = of_a_telephone(turned=6)
    assert b"Telephone of Garance" in sent
    paper = shown(clean(sent).content)
    assert paper.size == (40, 60)
    assert reddest(paper) == "top"
    assert not paper.getexif()
    assert b"Garance" not in clean(sent).content


def test_what_shows_through_is_paper():
    clear = Image.new("RGBA", (20, 20), (0, 0, 0, 0))
    written = io.BytesIO()
    clear.save(written, "PNG")
    assert shown(clean(written.getvalue()).content).getpixel((10, 10)) == (255, 255, 255)


def test_twelve_megapixels_are_made_as_large_as_they_need():
    paper = clean(picture(size=(4000, 3000)))
    assert max(shown(paper.content).size) == 2600


def test_pages_go_before_it(monkeypatch):
    """Where both want the processor: a June morning sends thousands."""
    before = cleaning.COMMAND[: cleaning.COMMAND.index(sys.executable)]
    says = "import os; print(end='J' + str(os.nice(0)))"
    monkeypatch.setattr(cleaning, "COMMAND", (*before, sys.executable, "-c", says))

    assert clean(picture()).content == b"19"


def test_a_pdf_keeps_its_pages_and_nothing_else():
    paper = clean(acting())
    assert paper.format == PaperFormat.PDF
    assert "Livret de famille" in PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    for gone in (b"JavaScript", b"app.alert", b"cmd.exe", b"MZ", b"Camille", b"/AA", b"OpenAction"):
        assert gone not in b"".join(unpacked(paper.content)), gone


def unpacked(content: bytes) -> list[bytes]:
    with pikepdf.Pdf.open(io.BytesIO(content)) as made:
        return [each.unparse(resolved=True) for each in made.objects]


def test_the_control_of_what_acts():
    """What is looked for is there before."""
    before = b"".join(unpacked(acting()))
    assert all(there in before for there in (b"JavaScript", b"app.alert", b"cmd.exe", b"/AA"))


def test_a_form_keeps_its_answers():
    assert "MARTIN" in PdfReader(io.BytesIO(clean(filled_in()).content)).pages[0].extract_text()


def test_what_acts_inside_what_a_page_shows_is_refused():
    made = pdf()
    made.pages[0].Resources.Properties = pikepdf.Dictionary(
        P=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    )
    with pytest.raises(PaperRefused, match="scripts"):
        clean(saved(made))


def test_one_that_asks_for_no_password_is_a_paper():
    """Of a bank: « impression interdite »."""
    guarded = saved(pdf(), encryption=pikepdf.Encryption(owner="secret", user=""))
    with pikepdf.Pdf.open(io.BytesIO(clean(guarded).content)) as made:
        assert not made.is_encrypted


def bomb() -> bytes:
    """A PNG that says it has a million points a side."""
    header = b"IHDR" + (1_000_000).to_bytes(4, "big") * 2 + bytes([8, 2, 0, 0, 0])
    chunk = (13).to_bytes(4, "big") + header + zlib.crc32(header).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk + picture("PNG")[33:]


REFUSED = {
    "empty": (lambda: b"", "vide"),
    "a program": (lambda: b"MZ" + bytes(200), "ni une photo ni un PDF"),
    "a program called so": (lambda: b"\x7fELF" + bytes(200), "ni une photo ni un PDF"),
    "a web page": (lambda: b"<html><script>alert(1)</script>", "ni une photo ni un PDF"),
    "a drawing with scripts": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "ni une photo"),
    "a Word document": (lambda: b"PK\x03\x04" + bytes(200), "s’enregistre en PDF"),
    "too heavy": (lambda: picture() + bytes(10_000_000), "trop lourd"),
    "a bomb": (bomb, "mégapixels"),
    "half a photograph": (lambda: picture(size=(900, 900))[:3000], "abîmé"),
    "half a PDF": (lambda: saved(pdf())[:200], "abîmé"),
    "only its first line": (lambda: b"%PDF-1.7\n", "abîmé"),
    "no page": (lambda: saved(pikepdf.Pdf.new()), "aucune page"),
    "300 pages": (lambda: saved(pdf(300)), "trop de pages"),
    "a password": (
        lambda: saved(pdf(), encryption=pikepdf.Encryption(owner="a", user="secret")),
        "mot de passe",
    ),
}


@pytest.mark.parametrize(("made", "why"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_what_to_do(made, why):
    with pytest.raises(PaperRefused, match=why):
        clean(made())


def test_what_unpacks_to_much_is_kept_packed():
    """Two hundred megabytes in a file of one."""
    made = pdf()
    made.pages[0].Contents = pikepdf.Stream(made, zlib.compress(b" " * 200_000_000, 1))
    made.pages[0].Contents.Filter = pikepdf.Name.FlateDecode
    content = saved(made, compress_streams=False)
    assert len(content) < 2_000_000
    assert len(clean(content).content) < 2_000_000


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=64))
def test_its_format_is_what_it_holds(content):
    assert format_of(b"%PDF-1.7" + content) == PaperFormat.PDF
    assert format_of(b"\xff\xd8\xff" + content) == PaperFormat.JPEG
    assert format_of(b"GIF89a" + content) in (None, PaperFormat.PDF)

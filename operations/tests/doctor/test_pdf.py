from operations.doctor import pdf

from .faults import wrong


def test_paper_is_drawn():
    assert "dessine" in pdf.check()


def test_a_font_that_is_missing(monkeypatch):
    monkeypatch.setattr(pdf, "PAPER", "<p style='font-family: DejaVu Sans'>Sans chiffres")

    with wrong("DejaVu-Sans-Mono : police absente", "fonts-dejavu-core"):
        pdf.check()


def test_no_font_at_all(monkeypatch):
    monkeypatch.setattr(pdf, "PAPER", "")

    with wrong("DejaVu-Sans et DejaVu-Sans-Mono : police absente"):
        pdf.check()


def test_paper_that_takes_three_times_as_long(monkeypatch):
    monkeypatch.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    monkeypatch.setattr("weasyprint.pdf.fonts.harfbuzz_subset", None)

    with wrong("harfbuzz-subset", "libharfbuzz-subset0"):
        pdf.check()

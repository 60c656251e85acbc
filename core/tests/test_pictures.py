"""The squares of a picture are read, whatever it is; what is no picture has a sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from core import pictures
from core.pictures import Busy, NotAJpeg, NotReadable, TooLarge
from core.tests.photographs import encoded, photograph

pytestmark = pytest.mark.any_database

TEXTS = [f"HTTPS://PASS.EXAMPLE/T/{number:013}" for number in range(30)]
SMALL = (1200, 900)
THREE = photograph(TEXTS[:3], size=SMALL)
FILE = encoded(THREE)


@pytest.mark.parametrize(
    ("count", "columns", "size", "taken"),
    [
        (30, 5, (4000, 3000), {}),
        (30, 5, (4000, 3000), {"angle": 25, "blur": 1, "light": 0.5}),
        (1, 1, SMALL, {"angle": 25}),
        (3, 1, SMALL, {"angle": 180}),
        (3, 1, SMALL, {"blur": 1}),
        (3, 1, SMALL, {"light": 0.3}),
    ],
    ids=["thirty", "thirty, in the evening", "at an angle", "upside down", "blurred", "dark"],
)
def test_all_of_a_photograph(count, columns, size, taken):
    picture = photograph(TEXTS[:count], columns=columns, size=size, **taken)

    assert set(pictures.qr_texts(encoded(picture, quality=85))) == set(TEXTS[:count])


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("JPEG", "L"), ("JPEG", "CMYK"), ("PNG", "P"), ("PNG", "RGBA"), ("PNG", "1"), ("PNG", "LA")),
        *(("WEBP", "RGB"), ("WEBP", "RGBA")),
    ],
)
def test_pictures_of_every_kind(kind, mode):
    assert pictures.qr_texts(encoded(THREE.convert(mode), kind)) == TEXTS[:3]


def test_one_of_a_telephone_that_takes_two_at_once():
    both = encoded(THREE, "MPO", save_all=True, append_images=[THREE])

    assert pictures.qr_texts(both) == TEXTS[:3]


def test_a_noise_of_stages_in_a_png_is_no_attack():
    noise = encoded(Image.effect_noise((1500, 1500), 90), "PNG")
    assert noise.count(pictures.STAGE) > 0

    assert pictures.qr_texts(noise) == []


def test_one_that_comes_in_stages():
    assert pictures.qr_texts(encoded(THREE, progressive=True)) == TEXTS[:3]


def test_thousands_of_stages_are_not_gone_over():
    staged = encoded(THREE, progressive=True)
    at = staged.rindex(pictures.STAGE)
    with pytest.raises(NotReadable):
        pictures.qr_texts(staged[:at] + staged[at : at + 14] * 5_000 + staged[at:])


@pytest.mark.parametrize("orientation", range(1, 9))
def test_they_are_told_in_the_order_that_one_sees(orientation):
    """As a telephone writes it: the picture lies on its side, and says how it was held."""
    turns = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    lying = THREE.transpose(turns[orientation]) if orientation in turns else THREE
    exif = Image.Exif()
    exif[0x0112] = orientation

    assert pictures.qr_texts(encoded(lying, exif=exif)) == TEXTS[:3]


def test_a_broken_exif_hinders_nothing():
    assert pictures.qr_texts(encoded(THREE, exif=b"Exif\0\0nothing")) == TEXTS[:3]


def test_side_by_side_they_are_read_like_a_text():
    picture = photograph(TEXTS[:9], columns=3, angle=8)

    assert pictures.qr_texts(encoded(picture)) == TEXTS[:9]


def test_of_nothing_nothing_is_read():
    assert pictures.qr_texts(encoded(Image.new("L", SMALL, 200))) == []


@pytest.mark.parametrize(
    ("content", "refusal", "says"),
    [
        (b"", NotReadable, "n’est pas une photo"),
        (b"Bonjour", NotReadable, "n’est pas une photo"),
        (b"%PDF-1.7", NotReadable, "n’est pas une photo"),
        (encoded(THREE.convert("P"), "GIF"), NotReadable, "n’est pas une photo"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", NotAJpeg, "Le plus compatible"),
        (FILE + b"\0" * pictures.LARGEST, TooLarge, "8 Mo"),
        (encoded(Image.new("1", (8_000, 5_001)), "PNG"), TooLarge, "40 mégapixels"),
        # Pillow warns of it; and refuses it.
        (encoded(Image.new("1", (10_000, 10_000)), "PNG"), TooLarge, "40 mégapixels"),
        (encoded(Image.new("1", (20_000, 20_000)), "PNG"), TooLarge, "40 mégapixels"),
    ],
    ids=["empty", "text", "PDF", "GIF", "HEIC", "heavy", "40 MP", "bomb", "large bomb"],
)
def test_what_cannot_be_read_has_its_sentence(content, refusal, says):
    with pytest.raises(refusal, match=says):
        pictures.qr_texts(content)


def test_one_of_forty_megapixels():
    large = THREE.resize((7_300, 5_475))

    assert pictures.qr_texts(encoded(large, quality=70)) == TEXTS[:3]


def test_one_at_a_time(monkeypatch):
    monkeypatch.setattr(pictures, "PATIENCE", 0.01)
    with pictures._reading, pytest.raises(Busy, match="dans un instant"):
        pictures.qr_texts(FILE)

    assert pictures.qr_texts(FILE) == TEXTS[:3]


def read_or_refused(content):
    try:
        assert isinstance(pictures.qr_texts(content), list)
    except NotReadable:
        return


@pytest.mark.parametrize("tenths", range(1, 10))
def test_one_that_did_not_arrive_whole(tenths):
    """Either what has arrived is read (WeasyPrint tells Pillow to), or it is refused."""
    try:
        read = pictures.qr_texts(FILE[: len(FILE) * tenths // 10])
    except NotReadable:
        return
    assert read == TEXTS[: len(read)]


@settings(deadline=None)
@given(st.binary())
def test_no_file_is_too_odd(content):
    for start in (b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBPVP8 "):
        read_or_refused(start + content)


TINY = encoded(photograph(TEXTS[:1], size=(200, 150)))


# Another picture may be a large one.
@settings(deadline=None)
@given(st.integers(0, len(TINY) - 1), st.binary(min_size=1, max_size=40))
def test_no_damaged_picture_is_too_odd(at, damage):
    read_or_refused(TINY[:at] + damage + TINY[at + len(damage) :])

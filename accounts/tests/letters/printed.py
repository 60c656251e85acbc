"""A printed letter, and where its words stand."""

import io

import pypdfium2
from pypdf import PdfReader

from accounts import services
from accounts.letters import draw_letters

MM = 72 / 25.4
HOME = {"address": "12 avenue de la Division-Leclerc", "postcode": "92160", "city": "ANTONY"}


def letters_to(*users):
    made = {user.pk: user for user in services.new_access_codes(user_ids=[user.pk for user in users])}
    ordered = [made[user.pk] for user in users]
    return ordered, draw_letters(ordered)


def letter_to(user):
    [made], document = letters_to(user)
    return made, document


def texts_of(document):
    pages = PdfReader(io.BytesIO(document)).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def words_in(document, left, top, right, bottom, page=0):
    """What stands in a part of a page, in millimetres from its upper left corner."""
    sheet = pypdfium2.PdfDocument(document)[page]
    height = sheet.get_height()
    text = sheet.get_textpage().get_text_bounded(
        left * MM, height - bottom * MM, right * MM, height - top * MM
    )
    return " ".join(text.split())


def place_of(document, words):
    """How far from the top they begin and end, in millimetres."""
    sheet = pypdfium2.PdfDocument(document)[0]
    text = sheet.get_textpage()
    start, count = text.search(words).get_next()
    boxes = [text.get_charbox(start + number) for number in range(count)]
    return 297 - max(box[3] for box in boxes) / MM, 297 - min(box[1] for box in boxes) / MM


def ink_outside(document, parts):
    """How many points that are not white lie in none of these parts of the sheet."""
    sheet = pypdfium2.PdfDocument(document)[0].render(scale=2).to_pil().convert("L")
    for part in parts:
        sheet.paste(255, tuple(round(2 * edge * MM) for edge in part))
    return sum(sheet.histogram()[:255])


def in_the_window(document):
    """All that the window may show, 45 mm high and 100 wide, wherever the sheet slides in its envelope."""
    return words_in(document, 95, 34, 210, 90)

"""The letter on paper: what it says, to whom, and what the window of an envelope shows of it."""

import io

import pypdfium2
import pytest
import zxingcpp
from django.conf import settings
from pypdf import PdfReader

from accounts import links, services
from accounts.links import Channel
from accounts.models import Grade, School, User
from accounts.tests.factories import make_beneficiary, make_user
from backoffice.invitations.letters import draw_letters, in_handing_order
from core import codes
from core.formats import jour

pytestmark = pytest.mark.django_db

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


def test_a_guardian_reads_all_that_it_takes():
    parent = make_user("camille", first_name="Camille", last_name="DURAND", email="", **HOME)
    make_beneficiary(parent, first_name="Garance", grade=Grade.CINQUIEME)
    make_beneficiary(parent, first_name="Lucien", grade=Grade.SIXIEME)
    user, document = letter_to(parent)
    [text] = texts_of(document)

    for words in (
        settings.BRAND["name"],
        "Madame, Monsieur,",
        "Il sert à Lucien et à Garance.",
        "camille",
        codes.show_code(links.access_code(user, Channel.HAND)),
        f"Valable jusqu’au {' '.join(jour(links.last_day(user)).split())}",
        "pass.example",
        "Activez votre compte",
        settings.BRAND["help_phone"],
    ):
        assert words in text


def test_a_child_is_written_to_by_its_name_where_its_first_guardian_lives():
    first, second = make_user(**HOME), make_user(address="5 rue Neuve", postcode="92350", city="CHÂTILLON")
    child = make_beneficiary(
        first, second, first_name="Garance", last_name="DURAND", user=make_user("garance")
    )
    _, document = letter_to(child.user)
    [text] = texts_of(document)

    assert in_the_window(document) == "Garance DURAND 12 avenue de la Division-Leclerc 92160 ANTONY"
    assert "Bonjour Garance," in text
    assert "Il sert à" not in text


def test_or_where_the_second_lives_if_the_first_said_nothing():
    child = make_beneficiary(make_user(), make_user(**HOME), user=make_user("garance"))

    assert "92160 ANTONY" in in_the_window(letter_to(child.user)[1])


def test_without_an_address_the_school_still_finds_whom_it_is_for():
    parent = make_user(first_name="Camille", last_name="DURAND")
    make_beneficiary(parent, first_name="Garance", last_name="TEST", grade=Grade.CINQUIEME)
    _, document = letter_to(parent)

    assert in_the_window(document) == "Camille DURAND"
    assert "Collège 5e, TEST Garance" in texts_of(document)[0]


def test_without_children_it_is_a_letter_all_the_same():
    assert "Voici de quoi ouvrir votre compte. Votre identifiant" in texts_of(letter_to(make_user())[1])[0]


def test_the_window_shows_the_address_and_nothing_else():
    parent = make_user(first_name="Camille", last_name="DURAND", **HOME)
    make_beneficiary(parent)
    _, document = letter_to(parent)

    shown = "Camille DURAND 12 avenue de la Division-Leclerc 92160 ANTONY"
    assert in_the_window(document) == shown
    # And all of it, however far the sheet slides.
    assert words_in(document, 100, 51, 190, 80) == shown


def test_the_square_is_the_link_and_a_telephone_reads_it():
    user, document = letter_to(make_user("camille"))
    scale = 3
    page = pypdfium2.PdfDocument(document)[0].render(scale=scale).to_pil()
    [found] = zxingcpp.read_barcodes(page)

    assert found.text == f"{settings.SITE_URL}{links.access_path(user, Channel.HAND)}"
    width = found.position.top_right.x - found.position.top_left.x
    assert width / scale / MM >= 25


def test_a_page_each_in_the_order_that_was_given():
    users, document = letters_to(*(make_user(f"famille{number}") for number in (3, 1, 2)))
    texts = texts_of(document)

    assert len(texts) == 3
    for user, text in zip(users, texts, strict=True):
        assert user.username in text
        assert codes.show_code(links.access_code(user, Channel.HAND)) in text


def test_it_is_tagged_for_screen_readers_in_french():
    reader = PdfReader(io.BytesIO(letter_to(make_user())[1]))

    assert reader.root_object["/Lang"] == "fr"
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in reader.root_object["/Metadata"].get_data().decode()
    assert reader.metadata.title == "Lettre d’accès Pass+"


def test_names_are_text_and_never_markup():
    parent = make_user(first_name="<b>&amp;</b>", address="<img src='file:///etc/hostname'>", city="ANTONY")
    make_beneficiary(parent, first_name="<b>&amp;</b>")
    [text] = texts_of(letter_to(parent)[1])

    assert text.count("<b>&amp;</b>") == 3
    assert "<img src='file:///etc/hostname'>" in text


def test_the_longest_names_and_addresses_stay_where_they_belong():
    School.objects.create(uai="0920001X", name="Collège de la Démonstration " * 4, insee_code="92002")
    parent = make_user(
        "a" * 60,
        first_name=("Maximilien-Alexandre " * 8)[:150],
        last_name="M" * 150,
        address=("Résidence des Peupliers " * 5)[:120],
        postcode="92350",
        city=("LE PLESSIS-ROBINSON " * 3)[:60],
    )
    for _ in range(6):
        make_beneficiary(parent, first_name="W" * 60, last_name="W" * 60)
    _, document = letter_to(parent)

    assert len(pypdfium2.PdfDocument(document)) == 1
    assert "92350 LE PLESSIS-ROBINSON" in words_in(document, 100, 51, 190, 85)
    assert place_of(document, "Ne donnez ce code à personne")[1] < place_of(document, "Une question")[0]
    assert place_of(document, settings.BRAND["help_phone"])[1] < 290
    # What is too long is cut off: on the sheet as one sees it, all ink is where it belongs.
    sender, address, letter = (19, 14, 91, 88), (104, 44, 191, 86), (19, 92, 191, 290)
    assert ink_outside(document, [sender, address, letter]) == 0
    # The control.
    assert ink_outside(document, [sender, address]) > 0


def test_as_many_queries_for_five_letters_as_for_two(django_assert_num_queries):
    def family():
        parent, own = make_user(), make_user()
        make_beneficiary(parent, make_user(**HOME), user=own)
        return [parent, own]

    few = services.new_access_codes(user_ids=[user.pk for user in family()])
    many = services.new_access_codes(user_ids=[user.pk for _ in range(5) for user in family()])
    for users in (few, many):
        with django_assert_num_queries(3):
            draw_letters(users)


# --- As they are handed out -------------------------------------------------------------------


def test_by_school_class_and_name():
    schools = [
        School.objects.create(uai=f"092000{number}A", name=name, insee_code="92002")
        for number, name in enumerate(["Collège Éluard", "Collège Ferry", "Collège Dumas"])
    ]
    eluard, ferry, dumas = schools
    expected = [
        make_child_account(dumas, Grade.SIXIEME, "ZOLA"),
        make_child_account(dumas, Grade.TROISIEME, "ABADIE"),
        make_child_account(eluard, Grade.SIXIEME, "Dupré"),
        make_child_account(eluard, Grade.SIXIEME, "ÉTIENNE"),
        make_child_account(eluard, Grade.SIXIEME, "FABRE"),
        make_child_account(ferry, Grade.CINQUIEME, "ABADIE"),
        make_user("sans.enfant"),
    ]
    shuffled = User.objects.order_by("-username")

    assert in_handing_order(shuffled) == [user.pk for user in expected]


def make_child_account(school, grade, last_name):
    user = make_user()
    make_beneficiary(user=user, school=school, grade=grade, last_name=last_name)
    return user


def test_a_family_goes_where_its_first_child_is():
    parent, other = make_user(), make_user()
    make_beneficiary(parent, grade=Grade.TROISIEME)
    make_beneficiary(other, grade=Grade.QUATRIEME)
    make_beneficiary(parent, grade=Grade.SIXIEME)

    assert in_handing_order(User.objects.all()) == [parent.pk, other.pk]

"""CSV and XLSX, as they are saved."""

import datetime as dt
import io

import openpyxl
import pytest

from core.typed_dates import read_day
from partners.models import Partner

from .directories import HEADINGS, bring

pytestmark = pytest.mark.django_db


def xlsx(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_as_spreadsheets_save_it(encoding, delimiter):
    text = f"{HEADINGS}\nÉCOLE DE DANSE;Antony;Danse;".replace(";", delimiter)
    bring(text.encode(encoding))

    assert Partner.objects.get().name == "ÉCOLE DE DANSE"


def test_xlsx_with_a_title_above_empty_lines_and_real_dates():
    content = xlsx(
        ["Organismes affiliés 2026"],
        [],
        ["NOM *", "commune", "Code postal", "activites sport", "affilie depuis le", "Autre"],
        ["JUDO CLUB", "Antony", 92160, "Judo", dt.datetime(2026, 9, 1), "ignoré"],  # noqa: DTZ001 – a cell
        [None, None],
        ["AIKIDO", "Sceaux", 92330.0, "Aïkido", 46266],
    )
    bring(content)

    assert list(Partner.objects.values_list("name", "postcode", "affiliated_from")) == [
        ("AIKIDO", "92330", dt.date(2026, 9, 1)),
        ("JUDO CLUB", "92160", dt.date(2026, 9, 1)),
    ]


@pytest.mark.parametrize("text", ["01/09/2026", "2026-09-01", "01.09.2026", "46266"])
def test_dates_as_people_write_them(text):
    assert read_day(text) == dt.date(2026, 9, 1)


def test_a_character_that_nobody_sees_is_left_out():
    bring(f"{HEADINGS}\nJUDO\x0b CLUB\x1f;Antony;Judo;")

    assert Partner.objects.get().name == "JUDO CLUB"

"""A batch in the columns of a finance software, as staff set them."""

import pytest

from partners.tests.factories import make_offer, make_partner
from payments import files, iban_keys
from payments.exceptions import (
    ColumnTooNarrow,
    FormatUnfit,
    TemplateWithoutAmount,
    TemplateWithoutWidths,
)
from payments.files import canonical, templates
from payments.files.making import make_all
from payments.models import (
    AccountingCodes,
    DecimalSign,
    Delimiter,
    Encoding,
    FileColumn,
    FileKind,
    FileTemplate,
    Format,
    Layout,
    LinePer,
    Source,
)
from wallets.models import Kind

from ..factories import make_account, make_batch, make_use
from ..paid import approve
from .made import file_of, make_approved

pytestmark = pytest.mark.django_db
AMOUNT = {"source": Source.AMOUNT, "header": "Montant"}


def make_template(*columns, **fields):
    template = FileTemplate.objects.create(**{"name": "Grand Angle"} | fields)
    for position, column in enumerate(columns):
        FileColumn.objects.create(template=template, position=position, **column)
    return template


def lines_of(template, encoding="cp1252"):
    """Of a batch of all that is due."""
    templates.choose(template_id=template.pk)
    return file_of(make_approved(), FileKind.COLUMNS).content.decode(encoding).splitlines()


def use(name="ÉCOLE", amount="12.50", kind=Kind.CULTURE, partner=None):
    if partner is None:
        partner = make_partner(name)
        make_account(partner)
    return make_use(amount, offer=make_offer(partner=partner, kind=kind))


def test_every_column_of_the_canonical_file_may_be_chosen():
    assert {*canonical.COLUMNS} < {*Source.values}


def test_its_columns_in_their_order():
    name = {"source": Source.NAME, "header": "Nom"}
    constant = {"constant": "A", "header": "Type"}
    use("ÉCOLE;1")

    assert lines_of(make_template(AMOUNT, constant, name)) == [
        "Montant;Type;Nom",
        '12,50;A;"ÉCOLE;1"',
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"decimal": DecimalSign.POINT, "delimiter": Delimiter.COMMA}, "12.50,ÉCOLE"),
        ({"decimal": DecimalSign.COMMA, "delimiter": Delimiter.COMMA}, '"12,50",ÉCOLE'),
        ({"delimiter": Delimiter.TAB}, "12,50\tÉCOLE"),
        ({"delimiter": Delimiter.BAR}, "12,50|ÉCOLE"),
    ],
)
def test_signs(fields, line):
    use()
    assert lines_of(make_template(AMOUNT, {"source": Source.NAME}, has_header=False, **fields)) == [line]


@pytest.mark.parametrize(
    ("encoding", "shown"), [(Encoding.CP1252, "CLUB Lódz – été"), (Encoding.UTF8, "CLUB Łódź – été")]
)
def test_a_letter_that_the_encoding_has_not(encoding, shown):
    use("CLUB Łódź – été")
    template = make_template(AMOUNT, {"source": Source.NAME}, has_header=False, encoding=encoding)

    assert lines_of(template, encoding) == [f"12,50;{shown}"]


def test_columns_of_fixed_width():
    use("ÉCOLE DE DANSE")
    template = make_template(
        {"source": Source.LIGNE, "width": 4},
        {"source": Source.NAME, "width": 6, "header": "Organisme"},
        {"source": Source.AMOUNT, "width": 9},
        {"source": Source.AMOUNT, "width": 9, "format": Format.CENTS_ZEROS},
        {"constant": "X", "width": 2},
        layout=Layout.FIXED,
    )
    header, line = lines_of(template)

    assert header == "    Organi                    "
    assert line == "   1ÉCOLE     12,50000001250X "


@pytest.mark.parametrize(
    ("source", "format_", "shown"),
    [
        (Source.AMOUNT, Format.CENTS, "1250"),
        (Source.NAME, Format.PLAIN, "Ecole + Cie"),
        (Source.NAME, Format.CAPITALS, "ÉCOLE & CIE"),
    ],
)
def test_formats(source, format_, shown):
    use("École & Cie")
    template = make_template(AMOUNT, {"source": source, "format": format_}, has_header=False)
    assert lines_of(template) == [f"12,50;{shown}"]


def test_dates():
    use()
    template = make_template(
        AMOUNT,
        {"source": Source.CUT_OFF},
        {"source": Source.APPROVED_ON, "format": Format.COMPACT_DAY},
        has_header=False,
    )
    templates.choose(template_id=template.pk)
    batch = make_approved()
    day = batch.cut_off

    assert file_of(batch, FileKind.COLUMNS).content.decode() == f"12,50;{day:%d/%m/%Y};{day:%Y%m%d}\r\n"


def test_a_line_per_wallet_makes_the_same_sum():
    for kind, nature in ((Kind.SPORT, "6568"), (Kind.CULTURE, "65738")):
        AccountingCodes.objects.update_or_create(kind=kind, defaults={"nature": nature})
    first = use(amount="12.50")
    second = use(amount="30.00", kind=Kind.SPORT, partner=first.offer.partner)
    make_use("8.00", offer=second.offer)
    use("CLUB", amount="5.00")
    template = make_template(
        *({"source": source} for source in (Source.LIGNE, Source.KIND, Source.NATURE, Source.TICKETS)),
        AMOUNT,
        has_header=False,
        line_per=LinePer.KIND,
    )

    assert lines_of(template) == ["1;Sport;6568;2;38,00", "2;Culture;65738;1;12,50", "3;Culture;65738;1;5,00"]


@pytest.mark.parametrize(
    ("columns", "fields", "refusal"),
    [
        ([], {}, TemplateWithoutAmount),
        ([{"source": Source.NAME}], {}, TemplateWithoutAmount),
        ([{"source": Source.SPORT}], {}, TemplateWithoutAmount),
        ([AMOUNT], {"layout": Layout.FIXED}, TemplateWithoutWidths),
        ([AMOUNT, {"source": Source.NAME, "format": Format.CENTS}], {}, FormatUnfit),
        ([{"source": Source.AMOUNT, "format": Format.DAY}], {}, FormatUnfit),
    ],
)
def test_refused(columns, fields, refusal):
    template = make_template(*columns, **fields)
    with pytest.raises(refusal):
        templates.choose(template_id=template.pk)
    assert templates.current() is None


def test_one_at_a_time_or_none():
    first, second = make_template(AMOUNT), make_template(AMOUNT, name="Coriolis")
    templates.choose(template_id=first.pk)
    templates.choose(template_id=second.pk)
    assert templates.current() == second
    templates.choose_none()
    assert templates.current() is None


@pytest.mark.parametrize("source", [Source.AMOUNT, Source.IBAN])
def test_neither_a_sum_nor_an_account_is_cut(source):
    use()
    template = make_template(
        {"source": Source.AMOUNT, "width": 20}, {"source": source, "width": 3}, layout=Layout.FIXED
    )
    templates.choose(template_id=template.pk)
    batch = approve(make_batch())
    with pytest.raises(ColumnTooNarrow):
        make_all(batch.pk, lambda: True)
    assert not files.whole(batch.pk)


def test_spoilt_after_it_was_chosen_it_stops_the_files():
    use()
    template = make_template(AMOUNT)
    templates.choose(template_id=template.pk)
    template.columns.all().delete()
    batch = approve(make_batch())
    with pytest.raises(TemplateWithoutAmount):
        make_all(batch.pk, lambda: True)
    assert not files.whole(batch.pk)


def test_the_preview_shows_lines_of_a_prepared_batch_and_no_iban():
    account = make_account(make_partner("CLUB"))
    make_use(offer=make_offer(partner=account.partner))
    columns = [FileColumn(source=Source.IBAN), FileColumn(source=Source.AMOUNT)]
    shown = templates.preview(FileTemplate(has_header=False), columns, make_batch())

    assert shown == f"{account.masked};10,00\r\n"
    assert iban_keys.unseal(account.sealed_iban) not in shown


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"layout": "autre"}, "payments_template_choices_are_known"),
        ({"line_per": "autre"}, "payments_template_choices_are_known"),
    ],
)
def test_choices_are_known(refused_by, wrong, name):
    with refused_by(name):
        make_template(**wrong)


def test_two_are_not_current_at_once(refused_by):
    make_template(is_current=True)
    with refused_by("payments_template_one_current"):
        make_template(name="Coriolis", is_current=True)


@pytest.mark.parametrize(
    ("wrong", "name"),
    [
        ({"source": "autre"}, "payments_column_choices_are_known"),
        ({"format": "autre"}, "payments_column_choices_are_known"),
        ({"source": Source.AMOUNT, "constant": "A"}, "payments_column_of_a_source_or_a_constant"),
    ],
)
def test_a_column_is_one_or_the_other(refused_by, wrong, name):
    with refused_by(name):
        make_template(wrong)

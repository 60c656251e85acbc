"""Files as finance software writes them, and those that it never wrote."""

import pytest
from django.utils import timezone

from backoffice.tests.files.workbooks import ods, xls, xlsx
from core.spreadsheet_files.rows import NotReadable
from payments.models import Fate, ReturnFile, ReturnState, Verdict
from payments.returns import receiving
from payments.returns.exceptions import NotSentYet, TooManyLines
from payments.tests.factories import make_batch, make_use
from payments.tests.paid import approve, make_sent

from .returning import REFERENCE, bring, line, receive, today, verdicts, why

pytestmark = pytest.mark.django_db


@pytest.fixture
def batch():
    make_use("12.50")
    return make_sent()


def csv(batch, titles="Référence;Statut;Date", status="payé", sign=";"):
    cells = (batch.payments.get().reference, status, today())
    return f"{titles}\n{sign.join(cells)}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac-roman"])
def test_any_encoding(batch, encoding):
    assert verdicts(receive(batch, csv(batch).encode(encoding))) == [Verdict.TO_TELL]


@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_any_sign_between(batch, sign):
    content = csv(batch, sign.join(["Référence", "Statut", "Date"]), sign=sign)
    assert verdicts(receive(batch, content.encode())) == [Verdict.TO_TELL]


@pytest.mark.parametrize("made", [xlsx, xls, ods])
def test_any_workbook(batch, made):
    day = timezone.localdate()
    titles = ["Réf. bout en bout", "N° mandat", "État", "Date de paiement", "Montant payé"]
    rows = [titles, [batch.payments.get().reference, 1207, "Payé", day, "12,50"]]
    [found] = receive(batch, made({"Retour": rows})).lines.all()
    assert (found.verdict, found.fate, found.on, found.mandat) == (Verdict.TO_TELL, Fate.PAID, day, "1207")


def test_a_number_of_a_workbook_is_an_amount_to_the_cent(batch):
    titles = ["Référence", "Statut", "Date", "Montant"]
    rows = [titles, [batch.payments.get().reference, "payé", timezone.localdate(), 12.5]]
    assert verdicts(receive(batch, xlsx({"Retour": rows}))) == [Verdict.TO_TELL]


@pytest.mark.parametrize(
    "titles",
    [
        "reference_bout_en_bout;STATUT;date",
        "EndToEndId;Status;Date de règlement",
        "End-to-end ID;Etat du virement;Date d’exécution",
        "Référence du paiement;Issue;Date de valeur",
    ],
)
def test_titles_in_their_usual_spellings(batch, titles):
    assert verdicts(receive(batch, csv(batch, titles).encode())) == [Verdict.TO_TELL]


def test_ours_goes_before_a_reference_of_theirs(batch):
    payment = batch.payments.get()
    content = f"Référence;Référence bout en bout;Statut;Date\nDOC-1;{payment.reference};payé;{today()}"
    assert verdicts(receive(batch, content.encode())) == [Verdict.TO_TELL]


def test_the_canonical_file_comes_back_with_three_columns_more(batch):
    canonical = batch.files.get(kind="canonique")
    titles, cells = bytes(canonical.content).decode("utf-8-sig").splitlines()
    content = f"{titles};mandat;statut;date\n{cells};M-1;payé;{today()}"
    [found] = receive(batch, content.encode()).lines.all()
    assert (found.verdict, found.mandat) == (Verdict.TO_TELL, "M-1")
    # No IBAN has a second place.
    assert not any("iban" in title.lower() for title in found.cells)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "vide"),
        ("Référence bout en bout;Statut;Date\n".encode(), "aucune ligne"),
        (b"Nom;Ville\nJudo;Antony\n", "Il manque les colonnes Référence bout en bout, Date et Statut"),
        ("Référence;Statut\nPASS-1-1;payé\n".encode(), "Il manque la colonne Date"),
        (b"%PDF-1.7", "PDF"),
    ],
)
def test_what_is_no_return(batch, content, told):
    with pytest.raises(NotReadable, match=told):
        receive(batch, content)
    assert not ReturnFile.objects.exists()


@pytest.mark.parametrize(
    ("titles", "told"),
    [("Référence;Statut;Statut;Date", "plusieurs fois"), ("Référence;Statut;Quand;Combien", "colonne Date")],
)
def test_what_nobody_can_read_yet_waits_for_its_columns(batch, titles, told):
    file = receive(batch, f"{titles}\nPASS-1-1;payé;payé;1/1/2026\n".encode())

    assert (file.state, file.lines.count()) == (ReturnState.UNMAPPED, 0)
    assert told in file.told[0]


def test_too_many_lines_for_a_batch(batch, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_LINES", 1)
    payment = batch.payments.get()
    with pytest.raises(TooManyLines):
        bring(batch, line(payment), line(payment))


def test_nothing_comes_back_of_what_is_not_sent():
    make_use()
    batch = approve(make_batch())
    with pytest.raises(NotSentYet):
        bring(batch, line(batch.payments.get()))


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({REFERENCE: "=A1"}, "formule"),
        ({REFERENCE: "#REF!"}, "erreur du tableur"),
        ({REFERENCE: "1,2E+05"}, "Excel a arrondi"),
        ({REFERENCE: ""}, "est vide"),
        ({REFERENCE: "VIR 2026-118"}, "n’est pas une référence de lot"),
        ({"Statut": ""}, "statut est vide"),
        ({"Statut": "non payé"}, "écrivez payé"),
        ({"Statut": "en cours"}, "écrivez payé"),
        ({"Date": ""}, "date est vide"),
        ({"Date": "bientôt"}, "n’est pas une date"),
        ({"Date": "31/12/2199"}, "pas encore venu"),
        ({"Statut": "rejeté"}, "Un rejet dit son motif"),
        ({"Statut": "rejeté", "Motif du rejet": "-"}, "Un rejet dit son motif"),
        ({"Statut": "rejeté", "Motif du rejet": "x" * 301}, "plus de 300"),
        ({"Mandat": "M" * 36}, "plus de 35"),
        ({"Mandat": "1,5E+11"}, "Excel a arrondi"),
        ({"Montant": "douze"}, "Le montant dit douze"),
        ({"Montant": "12,505"}, "deux chiffres"),
    ],
)
def test_a_cell_that_nobody_can_read(batch, cells, told):
    file = bring(batch, line(batch.payments.get(), **cells))
    assert verdicts(file) == [Verdict.REFUSED]
    assert told in why(file)


def test_a_cell_too_few_moves_all_that_follow():
    """Of money nothing is guessed."""
    for _ in range(12):
        make_use()
    batch = make_sent()
    rows = [f"{payment.reference};payé;{today()};10,00" for payment in batch.payments.order_by("pk")]
    rows[5] = rows[5].removesuffix(";10,00")
    content = "\n".join(["Référence;Statut;Date;Montant", *rows]).encode()
    found = verdicts(receive(batch, content))
    assert [place for place, it in enumerate(found) if it == Verdict.REFUSED] == [5]


@pytest.mark.parametrize("written", ["pass-{}-{}", "PASS {} {}", "PASS–{}–{}", " PASS/{}/{} "])
def test_a_reference_as_software_spaces_it(batch, written):
    payment = batch.payments.get()
    cells = {REFERENCE: written.format(batch.pk, payment.pk)}
    assert verdicts(bring(batch, line(payment, **cells))) == [Verdict.TO_TELL]


def test_a_dash_is_nothing(batch):
    file = bring(batch, line(batch.payments.get(), Mandat="-", Bordereau="–", Montant="-"))
    assert verdicts(file) == [Verdict.TO_TELL]
    assert file.lines.get().mandat == ""


def test_a_line_keeps_its_number_and_the_file_says_what_was_not_read(batch):
    payment = batch.payments.get()
    content = f"Retour du lot\n\nRéférence;Statut;Date;Opérateur\n{payment.reference};payé;{today()};Léa"
    file = receive(batch, content.encode())
    assert file.lines.get().number == 4
    assert any("Opérateur" in sentence for sentence in file.told)


def test_a_day_as_software_writes_it(batch):
    day = timezone.localdate()
    file = bring(batch, line(batch.payments.get(), Date=f"{day:%Y%m%d}"))
    assert file.lines.get().on == day

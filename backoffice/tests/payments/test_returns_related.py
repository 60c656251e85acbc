"""A return whose titles nobody knows: an agent says once which column is which."""

import pytest
from django.urls import reverse

from accounts.audit import Action, AuditEntry
from backoffice.models import ColumnMapping
from core.tests.queue import work
from payments.models import Outcome, ReturnFile, ReturnState, Verdict
from payments.returns import receiving
from payments.returns.titles import TITLES
from payments.tests.returns.returning import AMOUNT, DATE, REASON, REFERENCE, STATUS, as_file, line, today

from .bringing import page_of, send

pytestmark = pytest.mark.django_db
OURS = {REFERENCE: 0, DATE: 2, STATUS: 1, AMOUNT: 4}


def unknown(*payments, dates="Quand"):
    """Of software that nobody foresaw, with the account of each."""
    lines = [f"{it.reference};payé;{today()};FR7630006000011234567890189;{it.amount}" for it in payments]
    return "\n".join([f"Quoi;Fini ?;{dates};Où;Combien", *lines]).encode()


def relate(client, file, columns=OURS, titles="0-1"):
    page = reverse("admin:payments_returnfile_relate", args=[file.pk])
    choices = {f"column_{number}": columns.get(it, "") for number, it in enumerate(TITLES.columns)}
    return client.post(page, {"titles": titles, **choices}, follow=True)


def test_it_waits_and_is_read_with_what_the_agent_says(preparer, batch):
    first, second = batch.payments.order_by("pk")
    shown = send(preparer, batch, unknown(first, second)).text
    file = ReturnFile.objects.get()
    assert file.state == ReturnState.UNMAPPED
    assert "Il manque les colonnes" in shown
    for part in ("Colonnes obligatoires", "A\N{NO-BREAK SPACE}: Quoi", first.reference):
        assert part in shown

    page = preparer.get(page_of(file)).text
    assert "Relier les colonnes" in page
    assert "Les lignes du fichier" not in page
    answer = relate(preparer, file)
    read = ReturnFile.objects.get()
    assert "2 payés" in answer.text
    assert "Quoi pour Référence bout en bout" in answer.text
    assert read.lines.filter(verdict=Verdict.TO_TELL).count() == 2
    told = AuditEntry.objects.get(action=Action.COLUMNS_MAPPED)
    assert (told.subject, [REFERENCE, "", "Quoi"] in told.changes) == (str(batch), True)
    assert not Outcome.objects.exists()

    preparer.post(page_of(read), {"count": 2})
    work()
    assert Outcome.objects.count() == 2


def test_what_is_likely_is_chosen_by_its_title_and_by_its_cells(preparer, batch):
    """What stands below « Montants » are no euros."""
    titles = "Référence bout en bout;Statuts;Dates;Montants"
    content = f"{titles}\n{batch.payments.first().reference};payé;{today()};douze"
    form = send(preparer, batch, content.encode()).context["form"]

    chosen = {it.label: it.initial for it in form.fields.values() if it.initial}
    assert chosen == {REFERENCE: "0", STATUS: "1", DATE: "2"}


def test_the_next_one_like_it_is_read_so(preparer, batch):
    first, second = batch.payments.order_by("pk")
    send(preparer, batch, unknown(first))
    relate(preparer, ReturnFile.objects.get())
    answer = send(preparer, batch, unknown(second), "suivant.csv")

    assert "1 payé" in answer.text
    assert "Colonnes reliées par" in answer.text
    assert ColumnMapping.objects.get().sort == "retours"
    # Another shape is another question.
    send(preparer, batch, unknown(second, dates="Le"))
    assert ReturnFile.objects.latest("pk").state == ReturnState.UNMAPPED


def test_what_was_read_may_be_related_otherwise_and_is_another_return(preparer, batch):
    """Nobody confirms what was read before."""
    content = as_file(line(batch.payments.first(), **{REASON: "M-1"}))
    send(preparer, batch, content)
    before = ReturnFile.objects.get()
    places = {it: place for place, it in enumerate(TITLES.columns)}
    relate(preparer, before, {REFERENCE: 0, DATE: places[DATE], STATUS: places[STATUS]})

    assert preparer.post(page_of(before), {"count": 1}).status_code == 404
    [after] = ReturnFile.objects.all()
    assert after.lines.get().cells.keys() == {REFERENCE, DATE, STATUS}


def test_a_column_that_must_be_there(preparer, batch):
    send(preparer, batch, unknown(batch.payments.first()))
    answer = relate(preparer, ReturnFile.objects.get(), {REFERENCE: 0})

    assert "Cette colonne est obligatoire" in answer.text
    assert not ColumnMapping.objects.exists()


def test_once_confirmed_nothing_is_related_and_the_file_is_gone(preparer, batch):
    send(preparer, batch, as_file(line(batch.payments.first())))
    file = ReturnFile.objects.get()
    preparer.post(page_of(file), {"count": 1})
    answer = relate(preparer, file, dict(zip(TITLES.columns, range(7), strict=True)))

    assert "Écriture" in answer.text
    assert not ColumnMapping.objects.exists()
    assert bytes(ReturnFile.objects.get().sealed) == b""


def test_what_no_key_opens_is_brought_again(preparer, batch, settings):
    settings.IBAN_KEYS = ["former"]
    send(preparer, batch, unknown(batch.payments.first()))
    file = ReturnFile.objects.get()
    assert b"FR7630006" not in bytes(file.sealed)
    assert b"FR7630006" in receiving.content_of(file)
    settings.IBAN_KEYS = ["new"]

    assert "Importez le fichier de nouveau" in relate(preparer, file).text

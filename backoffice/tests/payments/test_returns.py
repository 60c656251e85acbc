"""An agent brings the return of a batch, reads it, and lets it be told."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.audit import Action, AuditEntry
from accounts.tests.factories import make_agent
from core.tests.queue import work
from payments import outcomes
from payments.models import BatchState, Fate, Outcome, ReturnFile, ReturnLine, ReturnState, Verdict
from payments.returns import receiving
from payments.tests.factories import make_batch, make_use
from payments.tests.paid import approve
from payments.tests.returns.returning import MANDAT, REFERENCE, as_file, bring, line

from .bringing import ADD, page_of, send

pytestmark = pytest.mark.django_db
CLOSED = {"Motif du rejet": "Compte clos"}


def test_from_the_batch_to_its_end_through_a_wrong_file(preparer, batch):
    """A first file with two mistakes; what was refused, corrected, is the second one."""
    first, second = batch.payments.order_by("pk")
    shown = preparer.get(reverse("admin:payments_batch_change", args=[batch.pk])).text
    link = re.search(r'href="([^"]+)"[^>]*>\s*Importer le retour', shown)[1]
    assert f'value="{batch.pk}" selected' in preparer.get(link).text

    wrong = as_file(line(first, **{MANDAT: "M-7"}), line(second, "rejeté"))
    answer = send(preparer, batch, wrong)
    assert "1 payé" in answer.text
    assert "10,00\N{NO-BREAK SPACE}€" in answer.text
    assert "Un rejet dit son motif" in answer.text
    assert "Rien n’est encore écrit" in answer.text
    assert not Outcome.objects.exists()

    file = ReturnFile.objects.get()
    answer = preparer.post(page_of(file), {"count": 1}, follow=True)
    assert "Écriture" in answer.text
    assert answer["Refresh"] == f"2; url={page_of(file)}"
    work()
    assert "C’est écrit" in preparer.get(page_of(file)).text
    journal = AuditEntry.objects.get(action=Action.FILE_IMPORTED)
    assert (journal.subject, journal.details) == (
        str(batch),
        "retour.csv\N{NO-BREAK SPACE}: 1 payé, 10,00\N{NO-BREAK SPACE}€",
    )

    refused = preparer.get(reverse("admin:payments_returnfile_refused", args=[file.pk]))
    corrected = b"".join(refused.streaming_content).decode().splitlines()
    corrected[1] = ";".join([second.reference, "", "", corrected[1].split(";")[3], "rejeté", "Clos", "", ""])
    answer = send(preparer, batch, "\n".join(corrected).encode(), "corrigé.csv")
    assert "1 rejeté" in answer.text
    preparer.post(page_of(ReturnFile.objects.latest("pk")), {"count": 1})
    work()

    batch.refresh_from_db()
    assert batch.state == BatchState.SETTLED
    assert Outcome.objects.get(payment=second).reason == "Clos"
    shown = preparer.get(reverse("admin:payments_batch_change", args=[batch.pk])).text
    assert "retour.csv" in shown
    assert "corrigé.csv" in shown


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"Nom;Ville\nJudo;Antony", "Il manque les colonnes"),
        (b"\xef\xbb\xbf", "vide"),
        (b"%PDF-1.7 x", "Ce fichier est un PDF"),
    ],
)
def test_what_is_no_return_is_told_beside_the_field(preparer, batch, content, told):
    answer = send(preparer, batch, content)
    assert told in answer.text
    assert not ReturnFile.objects.exists()


def test_too_large(preparer, batch, monkeypatch):
    monkeypatch.setattr(receiving, "LARGEST", 10)
    assert "ce n’est pas le retour d’un lot" in send(preparer, batch, b"x" * 11).text


def test_a_batch_that_is_not_sent_is_not_offered(preparer):
    make_use()
    batch = approve(make_batch())
    assert f'value="{batch.pk}"' not in preparer.get(ADD).text
    answer = send(preparer, batch, as_file(line(batch.payments.get())))
    assert not ReturnFile.objects.exists()
    assert answer.status_code == 200
    shown = preparer.get(reverse("admin:payments_batch_change", args=[batch.pk])).text
    assert "Importer le retour" not in shown


def test_another_number_tells_nothing(preparer, batch):
    file = bring(batch, *map(line, batch.payments.all()))
    answer = preparer.post(page_of(file), {"count": 1})
    assert "Ce n’est pas ce nombre" in answer.text
    file.refresh_from_db()
    assert file.state == ReturnState.READY
    assert not AuditEntry.objects.exists()


def test_confirmed_by_another_agent_meanwhile(preparer, batch):
    file = bring(batch, *map(line, batch.payments.all()))
    for _ in range(2):
        answer = preparer.post(page_of(file), {"count": 2}, follow=True)
    assert "déjà confirmé" in answer.text
    assert AuditEntry.objects.filter(action=Action.FILE_IMPORTED).count() == 1


def test_settled_meanwhile_it_is_read_again(preparer, batch):
    file = bring(batch, *map(line, batch.payments.all()))
    for payment in batch.payments.all():
        on = timezone.localdate()
        outcomes.tell(payment_id=payment.pk, fate=Fate.PAID, on=on, actor=make_agent())
    answer = preparer.post(page_of(file), {"count": 2}, follow=True)
    assert "a changé entre-temps" in answer.text
    assert "ne dirait rien de nouveau" in answer.text
    assert set(file.lines.values_list("verdict", flat=True)) == {Verdict.NOTHING}


def test_who_may_not_tell_may_read(enter, batch):
    file = bring(batch, *map(line, batch.payments.all()))
    client = enter(make_agent("ordonnateur"))
    assert "Dire ces issues" not in client.get(page_of(file)).text
    assert client.post(page_of(file), {"count": 2}).status_code == 403
    assert client.get(ADD).status_code == 403
    shown = client.get(reverse("admin:payments_batch_change", args=[batch.pk])).text
    assert "Importer le retour" not in shown


def test_lines_by_pages_and_by_verdict(preparer, batch):
    payments = batch.payments.order_by("pk")
    unknown = [line(payments[0], **{REFERENCE: f"PASS-9-{number}"}) for number in range(150)]
    file = bring(batch, *map(line, payments), *unknown)
    shown = preparer.get(page_of(file)).text
    assert "Page 1 sur 2" in shown
    assert "152 lignes" in shown
    answer = preparer.get(page_of(file), {"lignes": Verdict.TO_TELL.value})
    assert "Page 1 sur" not in answer.text
    assert [it.number for it in answer.context["page"]] == [2, 3]
    # Whatever the address says.
    assert preparer.get(page_of(file), {"lignes": "x", "page": "99"}).status_code == 200


def test_what_a_file_says_is_text(preparer, batch):
    script = "<script>alert(1)</script>"
    payment = batch.payments.first()
    content = as_file(
        line(payment, **{REFERENCE: script}), line(payment, "rejeté", **{"Motif du rejet": script})
    )
    answer = send(preparer, batch, content, f"{script}.csv")
    assert script not in answer.text
    assert ReturnLine.objects.filter(verdict=Verdict.TO_TELL).get().reason == script

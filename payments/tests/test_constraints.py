"""What the database refuses, by name, whatever the services do."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.tests.factories import make_agent, make_user
from core.append_only import AppendOnly
from partners.tests.factories import make_offer, make_partner
from payments.models import (
    AccountReading,
    AccountState,
    Anomaly,
    BankAccount,
    Batch,
    BatchFile,
    BatchState,
    Correction,
    Fate,
    FileKind,
    Hold,
    Line,
    Outcome,
    Payment,
    Rules,
)

from .factories import make_account, make_batch, make_use
from .paid import approve, make_sent

pytestmark = pytest.mark.django_db
NOW = timezone.now


def a_batch(**fields):
    return Batch.objects.create(cut_off=dt.date(2026, 10, 31), prepared_by=make_agent(), **fields)


def test_one_unsent(refused_by):
    a_batch()
    with refused_by("payments_batch_one_unsent"):
        a_batch()


def test_one_form_one_batch(refused_by):
    key = uuid.uuid4()
    a_batch(key=key, state=BatchState.SETTLED, **settled())
    with refused_by("payments_batch_key_key"):
        a_batch(key=key)


def approved():
    return {
        "approved_by": make_agent(),
        "approved_at": NOW(),
        "approved_total": 0,
        "approved_count": 0,
    }


def settled():
    return approved() | {"sent_by": make_agent(), "sent_at": NOW(), "settled_at": NOW()}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("state_is_known", lambda: {"state": "?"}),
        ("approved_means_dated_and_signed", lambda: {"state": BatchState.APPROVED}),
        ("approved_means_totalled", lambda: {"approved_total": 1, "state": BatchState.PREPARED}),
        ("sent_means_dated_and_signed", lambda: {"state": BatchState.SENT} | approved()),
        ("dropped_means_dated_and_signed", lambda: {"state": BatchState.DROPPED}),
        ("settled_means_dated", lambda: {"settled_at": NOW()}),
    ],
)
def test_a_batch_says_when_and_who(refused_by, name, fields):
    with refused_by(f"payments_batch_{name}"):
        a_batch(**fields())


def test_not_approved_by_who_prepared(refused_by):
    agent = make_agent()
    with refused_by("payments_batch_approved_by_another"):
        Batch.objects.create(
            cut_off=dt.date(2026, 10, 31),
            prepared_by=agent,
            state=BatchState.APPROVED,
            **approved() | {"approved_by": agent},
        )


def a_payment(batch=None, **fields):
    partner = fields.pop("partner", None) or make_partner()
    fields = {"account": make_account(partner), "amount": 10, "culture": 10, "tickets": 1} | fields
    return Payment.objects.create(batch=batch or a_batch(), partner=partner, legal_name="CLUB", **fields)


def test_one_payment_a_batch(refused_by):
    payment = a_payment()
    with refused_by("payments_payment_once_a_batch"):
        a_payment(payment.batch, partner=payment.partner)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("amount_is_not_negative", {"amount": -10, "culture": -10}),
        ("amount_is_its_parts", {"sport": 1}),
        ("has_an_account", {"account": None}),
    ],
)
def test_a_payment_adds_up(refused_by, name, fields):
    with refused_by(f"payments_payment_{name}"):
        a_payment(**fields)


def test_a_ticket_is_in_one_living_line(refused_by):
    use = make_use()
    make_batch()
    [line] = Line.objects.all()
    with refused_by("payments_line_one_living_a_ticket"):
        Line.objects.create(payment=line.payment, use=use, ticket_id=use.ticket_id, amount=10)


def a_correction(**fields):
    fields = {"amount": 5, "reason": "Oubli", "author": make_agent()} | fields
    return Correction.objects.create(partner=make_partner(), **fields)


def test_a_correction_is_in_one_living_line(refused_by):
    correction, payment = a_correction(), a_payment()
    Line.objects.create(payment=payment, correction=correction, amount=5)
    with refused_by("payments_line_one_living_a_correction"):
        Line.objects.create(payment=payment, correction=correction, amount=5)


def test_a_line_is_of_one_thing(refused_by):
    payment = a_payment()
    with refused_by("payments_line_of_a_ticket_or_a_correction"):
        Line.objects.create(payment=payment, amount=5)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("amount_is_not_zero", lambda: {"amount": 0}),
        ("has_a_reason", lambda: {"reason": ""}),
        ("confirmed_by_another", lambda: dict.fromkeys(("author", "second"), make_agent())),
    ],
)
def test_a_correction_is_signed_and_said(refused_by, name, fields):
    with refused_by(f"payments_correction_{name}"):
        a_correction(**fields())


def test_one_form_one_correction(refused_by):
    key = uuid.uuid4()
    a_correction(key=key)
    with refused_by("payments_correction_key_key"):
        a_correction(key=key)


def an_outcome(payment, fate, reason="Compte clos"):
    return Outcome.objects.create(
        payment=payment, fate=fate, on=dt.date(2026, 11, 12), reason=reason, actor=make_agent()
    )


def test_paid_or_rejected_once(refused_by):
    payment = a_payment()
    an_outcome(payment, Fate.PAID)
    with refused_by("payments_outcome_paid_or_rejected_once"):
        an_outcome(payment, Fate.REJECTED)


def test_returned_once(refused_by):
    payment = a_payment()
    an_outcome(payment, Fate.RETURNED)
    with refused_by("payments_outcome_returned_once"):
        an_outcome(payment, Fate.RETURNED)


@pytest.mark.parametrize(
    ("name", "fate", "reason"), [("fate_is_known", "?", "x"), ("refused_has_a_reason", Fate.REJECTED, "")]
)
def test_an_outcome_says_why(refused_by, name, fate, reason):
    payment = a_payment()
    with refused_by(f"payments_outcome_{name}"):
        an_outcome(payment, fate, reason)


def a_file(payment, /, **fields):
    fields = {"payment": payment, "kind": FileKind.STATEMENT} | fields
    return BatchFile.objects.create(
        batch=payment.batch, name="etat.pdf", sealed=b"x", size=4, sha256="0" * 64, **fields
    )


def test_a_file_is_made_once(refused_by):
    payment = a_payment()
    a_file(payment)
    with refused_by("payments_file_once_a_payment"):
        a_file(payment)
    a_file(payment, payment=None, kind=FileKind.CANONICAL)
    with refused_by("payments_file_once_a_batch"):
        a_file(payment, payment=None, kind=FileKind.CANONICAL)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("kind_is_known", {"kind": "?", "payment": None}),
        ("statement_means_of_a_payment", {"kind": FileKind.CANONICAL}),
    ],
)
def test_a_file_is_of_a_kind(refused_by, name, fields):
    payment = a_payment()
    with refused_by(f"payments_file_{name}"):
        a_file(payment, **fields)


@pytest.mark.parametrize("is_both", [False, True])
def test_a_reading_is_of_an_account_or_of_a_file(refused_by, is_both):
    payment = a_payment()
    both = {"account": payment.account, "file": a_file(payment)} if is_both else {}
    with refused_by("payments_reading_of_an_account_or_a_file"):
        AccountReading.objects.create(actor=make_user(), where="x", **both)


def a_hold(batch: Batch | None = None, **fields: Any):
    fields = {"anomaly": Anomaly.AT_NIGHT, "amount": 10, "tickets": 1, "partner": make_partner()} | fields
    return Hold.objects.create(batch=batch or a_batch(), **fields)


def test_an_anomaly_is_noted_once(refused_by):
    hold = a_hold()
    with refused_by("payments_hold_once_an_anomaly"):
        a_hold(batch=hold.batch, partner=hold.partner)


def cleared():
    return {"cleared_at": NOW(), "cleared_by": make_agent(), "clear_reason": "Gala"}


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("anomaly_is_known", lambda: {"anomaly": "?"}),
        ("cleared_means_dated_signed_and_said", lambda: cleared() | {"clear_reason": ""}),
        ("is_clearable", lambda: cleared() | {"anomaly": Anomaly.NO_ACCOUNT}),
    ],
)
def test_a_hold_says_who_cleared_it(refused_by, name, fields):
    with refused_by(f"payments_hold_{name}"):
        a_hold(**fields())


def test_the_rules_are_one_row(refused_by):
    with refused_by("payments_rules_are_one_row"):
        Rules(pk=2).save()


def test_one_account_is_being_checked(refused_by):
    partner = make_partner()
    make_account(partner, state=AccountState.ASKED)
    with refused_by("payments_account_one_pending"):
        make_account(partner, state=AccountState.CALLED)


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("state_is_known", lambda: {"state": "?"}),
        ("confirmed_by_another", lambda: dict.fromkeys(("called_by", "confirmed_by"), make_user())),
        ("confirmed_means_checked_and_dated", lambda: {"called_at": None}),
        ("stopped_means_dated", lambda: {"state": AccountState.FROZEN}),
    ],
)
def test_an_account_says_who_checked_it(refused_by, name, fields):
    with refused_by(f"payments_account_{name}"):
        make_account(make_partner(), **fields())


ROWS = [Payment, Line, Correction, Outcome, BatchFile]


@pytest.fixture
def rows():
    """One of each."""
    make_use()
    batch = make_sent()
    a_correction()
    an_outcome(batch.payments.get(), Fate.PAID)


@pytest.mark.parametrize("model", ROWS)
def test_they_are_written_once(rows, model):
    row = model.objects.first()
    for write in (
        row.save,
        row.delete,
        model.objects.all().delete,
        lambda: model.objects.update(pk=row.pk),
    ):
        with pytest.raises(AppendOnly):
            write()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is for trials, and has no trigger")
@pytest.mark.parametrize("model", ROWS)
def test_sql_that_goes_round_the_model(rows, model):
    table = model._meta.db_table
    for statement in (f"UPDATE {table} SET id = id", f"DELETE FROM {table}"):  # noqa: S608
        refused = pytest.raises(IntegrityError, match=f"{table}_is_append_only")
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize("model", [Payment, Line])
def test_let_go_once(model):
    make_use()
    make_batch()
    assert model.objects.release(NOW()) == 1
    assert model.objects.release(NOW()) == 0
    if connection.vendor == "postgresql":
        table = model._meta.db_table
        with (
            pytest.raises(IntegrityError, match=f"{table}_is_append_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE {table} SET released_at = NULL")  # noqa: S608


def test_an_account_in_use_is_not_deleted():
    offer = make_offer()
    account = make_account(offer.partner)
    make_use(offer=offer)
    approve(make_batch())
    with pytest.raises(IntegrityError), transaction.atomic():
        BankAccount.objects.filter(pk=account.pk).delete()


def test_a_reason_that_names_somebody_goes_alone():
    payment = a_payment()
    an_outcome(payment, Fate.PAID, reason="")
    kept = a_correction()
    assert (Correction.objects.forget(), Outcome.objects.forget()) == (1, 0)
    kept.refresh_from_db()

    assert (kept.reason, Outcome.objects.get().reason) == ("effacé", "")
    if connection.vendor == "postgresql":
        other = a_correction()
        for change in ("reason = 'x'", "reason = 'effacé', amount = 1"):
            with (
                pytest.raises(IntegrityError, match="payments_correction_is_append_only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(
                    f"UPDATE payments_correction SET {change} WHERE id = %s",  # noqa: S608
                    [other.pk],
                )

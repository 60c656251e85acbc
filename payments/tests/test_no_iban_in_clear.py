"""A copy of the database reveals no IBAN, whatever table it is looked for in."""

import re

import pytest
from django.db import connection

from partners.models import Role
from partners.tests.factories import make_partner
from partners.tests.members import make_member
from payments import iban_keys
from payments.bank_accounts import asking
from payments.models import BankAccount, FileKind, Payer

from .factories import make_use
from .files.made import file_of, make_payer
from .ibans import french_iban
from .paid import make_sent

pytestmark = pytest.mark.django_db


def tables_with(iban: str) -> list[str]:
    """Those that hold it in some column, in groups of four or not, as text or as bytes."""
    spelled = re.compile(r"\W*".join(iban).encode())
    return [table for table in connection.introspection.table_names() if spelled.search(_content(table))]


def _content(table: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
        return b"\0".join(_as_bytes(cell) for row in cursor.fetchall() for cell in row)


def _as_bytes(cell: object) -> bytes:
    return bytes(cell) if isinstance(cell, bytes | memoryview) else str(cell).encode()


def test_no_table_holds_one():
    make_payer(iban=french_iban(99))
    use = make_use()
    manager = make_member(make_partner(), Role.MANAGER)
    asking.ask(partner_id=manager.partner_id, holder="Club", iban=french_iban(98), bic="", actor=manager.user)
    batch = make_sent()
    paid = iban_keys.unseal(BankAccount.objects.get(partner=use.offer.partner).sealed_iban)

    # They are spelled in what is sent.
    assert french_iban(99).encode() in file_of(batch, FileKind.TRANSFERS).content
    for iban in (french_iban(99), french_iban(98), paid):
        assert tables_with(iban) == []


def test_control_one_in_clear_is_found():
    Payer.objects.filter(pk=1).update(sealed_iban="FR76 3000 6000 0112 3456 7890 189", bic="BDFEFRPPCCT")

    assert tables_with("FR7630006000011234567890189") == ["payments_payer"]

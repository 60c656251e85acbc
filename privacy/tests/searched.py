"""All that can be read of a family: the database, the exports, the administration, « mes données »."""

import csv
import io
import json
import zipfile
from decimal import Decimal

import openpyxl
import pypdf
from django.db import connection
from django.urls import reverse

from backoffice.tests import exporting

from .planted import marks_in


def traces_in_the_database():
    """The tables and columns that still tell something of the family."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 – a name of the database
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    (table, name)
                    for name, value in zip(names, row, strict=True)
                    if marks_in(_readable(value))
                }
    return found


def _readable(value):
    if isinstance(value, Decimal) or hasattr(value, "year"):
        return ""
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    # JSON is kept with its accents as escapes on one base, and as an object on the other.
    return json.dumps(value, ensure_ascii=False, default=str)


def exported(client):
    """All that agents can carry out of the administration."""
    for model in ("tickets_ticket", "wallets_entry", "partners_partner"):
        for kind in ("csv", "xlsx"):
            content = exporting.export(client, model, kind)
            if kind == "csv":
                yield from csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";")
            else:
                yield from openpyxl.load_workbook(io.BytesIO(content)).active.values


def shown(client, family):
    """The lists of the administration, and the pages of the rows themselves."""
    rows = [family.child, family.parent, family.login, family.wallet, family.ticket]
    names = {f"{row._meta.app_label}_{row._meta.model_name}" for row in rows}
    others = ("accounts_auditentry", "wallets_entry", "core_outgoingmail", "backoffice_import")
    for name in (*names, *others):
        yield client.get(reverse(f"admin:{name}_changelist")).text
    for row in rows:
        name = f"admin:{row._meta.app_label}_{row._meta.model_name}_change"
        yield client.get(reverse(name, args=[row.pk])).text
        yield client.get(reverse(f"{name.removesuffix('change')}history", args=[row.pk])).text


def my_data(client, user):
    client.force_login(user)
    archive = zipfile.ZipFile(io.BytesIO(client.get(reverse("privacy:my_data")).content))
    yield archive.read("mes-donnees.json").decode()
    for page in pypdf.PdfReader(io.BytesIO(archive.read("mes-donnees.pdf"))).pages:
        yield page.extract_text()

import csv
import io

import openpyxl
import pytest
from django.contrib.auth.models import Group

from accounts.tests.factories import make_user
from backoffice.tests import exporting


@pytest.fixture(autouse=True)
def agent(enter):
    agent = make_user(is_staff=True)
    agent.groups.add(Group.objects.get(name="gestionnaire"))
    enter(agent)
    return agent


@pytest.fixture
def export(client):
    """The rows of the file, each a mapping of its headings."""

    def read(model, kind="csv", **asked):
        content = exporting.export(client, model, kind, **asked)
        if kind == "csv":
            assert content.startswith(b"\xef\xbb\xbf")
            return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
        headings, *rows = openpyxl.load_workbook(io.BytesIO(content)).active.values
        return [dict(zip(headings, row, strict=True)) for row in rows]

    return read

import json

import pytest
from django.test import Client


@pytest.fixture
def lines(written):
    return lambda: [json.loads(line) for line in written().splitlines()]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)

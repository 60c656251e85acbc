import json

import pytest


@pytest.fixture
def lines(written):
    """`lines()`: those about violations."""
    return lambda: [
        line for line in map(json.loads, written().splitlines()) if line["logger"] == "operations.violations"
    ]

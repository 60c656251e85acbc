"""What the tests of what the console says share."""

import io
import logging

import pytest


@pytest.fixture
def written(monkeypatch):
    """`written()`: the lines of the console until now, as production writes them."""
    [console] = [it for it in logging.getLogger().handlers if type(it) is logging.StreamHandler]
    stream = io.StringIO()
    monkeypatch.setattr(console, "stream", stream)
    return stream.getvalue

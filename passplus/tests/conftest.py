"""What several of these tests have."""

import io
import logging

import pytest

from accounts.tests.factories import make_agent


@pytest.fixture
def agent(enter):
    """A « gestionnaire », in the administration."""
    agent = make_agent()
    enter(agent)
    return agent


@pytest.fixture
def written(monkeypatch):
    """`written()`: the lines of the console until now, as production writes them."""
    [console] = [it for it in logging.getLogger().handlers if type(it) is logging.StreamHandler]
    stream = io.StringIO()
    monkeypatch.setattr(console, "stream", stream)
    return stream.getvalue

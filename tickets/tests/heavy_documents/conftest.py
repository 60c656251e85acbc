import pytest

from accounts.tests.factories import make_beneficiary, make_user
from core import pdf as pen
from core.weasyprint_parts import Paper


@pytest.fixture
def parent(client):
    parent = make_user("parent")
    client.force_login(parent)
    return parent


@pytest.fixture
def child(parent):
    return make_beneficiary(parent)


@pytest.fixture
def drawn(monkeypatch):
    """The documents that were drawn, in words: none of them takes time."""
    documents = []

    def draw(self, **_):
        documents.append("".join(self.etree_element.itertext()))
        return b"%PDF"

    monkeypatch.setattr(Paper, "write_pdf", draw)
    return documents


@pytest.fixture
def busy_pen(monkeypatch):
    """Somebody else's document is being drawn, for as long as the test takes."""
    monkeypatch.setattr(pen, "PATIENCE", 0.01)
    with pen._line, pen._pen:
        yield

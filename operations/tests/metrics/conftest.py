import pytest

from operations import metrics

from .reading import read


@pytest.fixture
def counted():
    """`counted(name, *labels)`: by how much that number has grown during this test."""
    before = read(metrics.reading().decode())

    def grown(*key):
        return read(metrics.reading().decode()).get(key, 0) - before.get(key, 0)

    return grown

import pytest


@pytest.fixture(autouse=True)
def _in_development(settings):
    settings.DEBUG = True

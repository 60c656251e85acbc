"""What every test has."""

from collections.abc import Iterator

import pytest
from django.conf import settings


@pytest.fixture(autouse=True, scope="session")
def _quick_and_plain() -> Iterator[None]:
    """A hash that costs nothing, and http instead of https: no test is about these."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        patch.setattr(settings, "SECURE_SSL_REDIRECT", False)
        yield

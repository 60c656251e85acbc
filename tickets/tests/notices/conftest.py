from contextlib import contextmanager

import pytest

from accounts.tests.factories import make_beneficiary, make_user
from core.tests.queue import work
from wallets.tests.factories import make_wallet


@pytest.fixture
def told(mailoutbox):
    """The messages that are written once the deliverer passes; those before it are forgotten."""

    @contextmanager
    def expect():
        work()
        mailoutbox.clear()
        yield
        work()

    return expect


@pytest.fixture
def wallet():
    return make_wallet(beneficiary=make_beneficiary(make_user("camille")))

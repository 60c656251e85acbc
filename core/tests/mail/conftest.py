import pytest

from .delivering import deliver_by


@pytest.fixture(autouse=True)
def _through_the_outbox(settings):
    """Django's test runner, and not the outbox, would catch the messages."""
    settings.EMAIL_BACKEND = "core.outbox.OutboxBackend"
    deliver_by(settings, "django.core.mail.backends.locmem.EmailBackend")

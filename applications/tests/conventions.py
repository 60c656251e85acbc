"""Versions of the convention, for tests."""

from accounts.tests.factories import make_user
from applications import conventions
from applications.models import Convention

TEXT = "# Article 1\n\nL’organisme accepte les tickets pour leur valeur entière."


def make_convention(title: str = "Convention 2026-2027", text: str = TEXT) -> Convention:
    """A draft."""
    return Convention.objects.create(title=title, text=text)


def make_in_force(title: str = "Convention 2026-2027", text: str = TEXT) -> Convention:
    version = make_convention(title, text)
    conventions.put_in_force(convention_id=version.pk, actor=make_user(is_staff=True))
    version.refresh_from_db()
    return version

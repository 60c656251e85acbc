"""The names of the towns are no secret either; `accounts` knows none."""

from collections.abc import Iterator

from accounts.models import User
from accounts.validators import FrenchCommonPasswordValidator
from partners.models import Commune


class LocalPasswordValidator(FrenchCommonPasswordValidator):
    def words(self, user: User | None) -> Iterator[str]:
        yield from super().words(user)
        yield from Commune.objects.values_list("name", flat=True)

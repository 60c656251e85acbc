"""A roster that is the whole list."""

from accounts.models import Beneficiary
from backoffice.models import Import, Sort
from backoffice.tests.roster.rosters import ANNE, LINA, roster

from .importing import bring, work


def whole_list(client, *lines):
    """The page of one, once it is compared."""
    lines = lines or (LINA | ANNE,)
    page = bring(client, roster(*lines), sort=Sort.ROSTER, is_complete="on").request["PATH_INFO"]
    work()
    return page


def enrolled():
    return set(Beneficiary.objects.filter(is_enrolled=True).values_list("pupil_number", flat=True))


def only():
    return Import.objects.latest("pk")

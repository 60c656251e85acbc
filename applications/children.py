"""The child that an agent decides about."""

from accounts.models import Beneficiary

from .exceptions import Moved


def lock(child_id: int) -> Beneficiary:
    """Raises Moved, for one that became another meanwhile, or nobody."""
    standing = Beneficiary.objects.filter(anonymised_at=None, merged_into=None)
    child = standing.select_for_update(no_key=True).filter(pk=child_id).first()
    if child is None:
        raise Moved
    return child

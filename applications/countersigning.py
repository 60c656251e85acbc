"""The agent who affiliates an organisme countersigns the convention that it signed."""

from accounts.models import User

from . import attesting, conventions
from .exceptions import NotSigned
from .models import Convention, Countersignature, Signature


def may_be_accepted(application_id: int) -> bool:
    """Where no convention is in force, there is nothing to sign."""
    convention = conventions.in_force()
    return convention is None or _signature(application_id, convention) is not None


def countersign(*, application_id: int, actor: User) -> None:
    """In the transaction that accepts it. Raises NotSigned."""
    convention = conventions.in_force()
    if convention is None:
        return
    signature = _signature(application_id, convention)
    if signature is None:
        raise NotSigned
    Countersignature.objects.create(signature=signature, agent=actor, name=str(actor))
    attesting.make.enqueue(signature_id=signature.pk)


def _signature(application_id: int, convention: Convention) -> Signature | None:
    return Signature.objects.filter(application=application_id).to(convention)

"""Which account a vouched identity opens."""

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare

from .. import mail
from ..exceptions import ChangedMeanwhile, NotVouchedFor
from ..models import LinkedIdentity, User
from . import providers
from .providers import Provider


def account_of(provider: Provider, subject: str) -> User | None:
    """None if it opens none: never linked, or the password, the sessions or the role changed since."""
    linked = LinkedIdentity.objects.select_related("user").filter(provider=provider.key, subject=subject)
    for identity in linked:
        user = identity.user
        if user.is_active and _still_opens(identity, user) and provider.vouches_for(user):
            return user
    return None


def _still_opens(identity: LinkedIdentity, user: User) -> bool:
    states = [user.get_session_auth_hash(), *user.get_session_auth_fallback_hash()]
    return any(constant_time_compare(identity.account_state, state) for state in states)


def identities_of(user: User) -> list[tuple[Provider, LinkedIdentity | None]]:
    """Of each provider that could open this account, what does."""
    possible = [provider for provider in providers.all_known() if provider.vouches_for(user)]
    if not possible:
        return []
    linked = {it.provider: it for it in user.linked_identities.all() if _still_opens(it, user)}
    return [(provider, linked.get(provider.key)) for provider in possible]


@transaction.atomic
def link(*, user_id: int, provider: Provider, subject: str) -> User:
    """From now on that identity opens this account, and no other one; its owner is told.

    Whoever calls it has just seen the account's password. Locks the account. Raises NotVouchedFor, or
    ChangedMeanwhile: it was closed, or somebody linked the same identity to another account.
    """
    user = User.objects.select_for_update(no_key=True).filter(pk=user_id, is_active=True).first()
    if not user:
        raise ChangedMeanwhile
    if not provider.vouches_for(user):
        raise NotVouchedFor(provider.whose)
    of_this_provider = LinkedIdentity.objects.filter(provider=provider.key)
    of_this_provider.filter(Q(user=user) | Q(subject=subject)).delete()
    state = user.get_session_auth_hash()
    try:
        with transaction.atomic():
            user.linked_identities.create(provider=provider.key, subject=subject, account_state=state)
    except IntegrityError:
        raise ChangedMeanwhile from None
    mail.identity_linked(user, provider.name)
    return user


def unlink(*, user_id: int, provider: Provider) -> bool:
    """Whether there was one."""
    deleted, _ = LinkedIdentity.objects.filter(user=user_id, provider=provider.key).delete()
    return bool(deleted)

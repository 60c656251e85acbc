"""Anonymises accounts and children. Their rows stay, for the money that they stand by.

What other tables say of them (the journal, the outbox…) goes by `privacy.traces`.
"""

from collections.abc import Collection

from django.conf import settings
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac

from . import identity, mail_choices, second_factor
from .models import (
    NO_ACCOUNT,
    NO_CHILD,
    PUBLIC_ID_ALPHABET,
    Beneficiary,
    EmailChange,
    EndedGuardianship,
    Guardianship,
    LinkedIdentity,
    SignIn,
    User,
    new_public_id,
)

ANONYMOUS = "anonyme-"
# What a pupil number begins with that no school can write.
NO_NUMBER, ERASED = "ANONYME-", "EFFACE-"


def anonymise_accounts(user_ids: Collection[int]) -> None:
    """Nobody comes in by them any more, and nothing in them says whose they were.

    In the transaction of a caller who locked them. Whom they act for is left: a child's row, and who guards
    it, are for who has locked the child.
    """
    now = timezone.now()
    for user in User.objects.filter(pk__in=user_ids):
        second_factor.forget(user)
        user.set_unusable_password()
        User.objects.filter(pk=user.pk).update(
            **NO_ACCOUNT,
            username=f"{ANONYMOUS}{_random()}",
            password=user.password,
            # The sessions and the links end with it.
            session_salt=get_random_string(22),
            **mail_choices.NONE,
            last_login=None,
            access_code_at=None,
            anonymised_at=now,
        )
    for rows in (EmailChange, EndedGuardianship, LinkedIdentity, SignIn):
        rows.objects.filter(user__in=user_ids).delete()


def leave_children(user_id: int) -> None:
    """In the transaction of a caller who locked the children."""
    Beneficiary.objects.filter(user=user_id).update(user=None)
    Guardianship.objects.filter(user=user_id).delete()


def anonymise_children(child_ids: Collection[int], *, refuse_again: bool) -> None:
    """Nobody acts for them any more. What they lived in and went to stays, for the statistics.

    `refuse_again`: a school's list that still names one of them is to make nobody of it, nor give it money
    a second time. In the transaction of a caller who locked them.
    """
    now = timezone.now()
    for child in Beneficiary.objects.filter(pk__in=child_ids):
        number = erased_number(child.pupil_number) if refuse_again else _no_number()
        Beneficiary.objects.filter(pk=child.pk).update(
            **NO_CHILD, pupil_number=number, public_id=new_public_id(), anonymised_at=now
        )
    for rows in (Guardianship, EndedGuardianship):
        rows.objects.filter(beneficiary__in=child_ids).delete()


def erased_number(pupil_number: str, *, secret: str | None = None) -> str:
    """A keyed digest of an erased child's number: it recognises the number, and cannot reveal it."""
    said = identity.pupil_number(pupil_number)
    digest = salted_hmac("accounts.erasure", said, secret=secret, algorithm="sha256").hexdigest()
    return f"{ERASED}{digest}"[:20].upper()


def erased_numbers(pupil_number: str) -> set[str]:
    """Its digests by every secret, past ones included."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS, *settings.SECRET_KEY_RETIRED]
    return {erased_number(pupil_number, secret=secret) for secret in secrets}


def forget_erased_numbers(child_ids: Collection[int]) -> None:
    for pk in child_ids:
        Beneficiary.objects.filter(pk=pk, anonymised_at__isnull=False).update(pupil_number=_no_number())


def _no_number() -> str:
    return f"{NO_NUMBER}{_random()}".upper()


def _random() -> str:
    return get_random_string(10, PUBLIC_ID_ALPHABET)

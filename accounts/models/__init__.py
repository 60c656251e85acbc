"""Accounts, children, guardianships."""

from .child import (
    AGES,
    NO_CHILD,
    PUBLIC_ID_ALPHABET,
    PUBLIC_ID_LENGTH,
    Beneficiary,
    PupilNumberField,
    new_public_id,
)
from .email_change import EmailChange, new_link_key
from .guardianship import EndedGuardianship, Guardianship
from .linked_identity import IdentityProvider, LinkedIdentity
from .school import Grade, School
from .sign_in import ForgottenRequest, SignIn
from .sign_up import SignUp
from .telephone import Telephone, sealed_for
from .user import (
    ADDRESS_IS_NEW,
    NEVER_ACTIVATED,
    NO_ACCOUNT,
    PassUserManager,
    User,
    UsernameField,
    given_by_two,
)

__all__ = [
    "ADDRESS_IS_NEW",
    "AGES",
    "NEVER_ACTIVATED",
    "NO_ACCOUNT",
    "NO_CHILD",
    "PUBLIC_ID_ALPHABET",
    "PUBLIC_ID_LENGTH",
    "Beneficiary",
    "EmailChange",
    "EndedGuardianship",
    "ForgottenRequest",
    "Grade",
    "Guardianship",
    "IdentityProvider",
    "LinkedIdentity",
    "PassUserManager",
    "PupilNumberField",
    "School",
    "SignIn",
    "SignUp",
    "Telephone",
    "User",
    "UsernameField",
    "given_by_two",
    "new_link_key",
    "new_public_id",
    "sealed_for",
]

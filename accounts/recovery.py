"""Recovery of accounts by agents: lost access, theft, closing and reopening."""

from django.db import models, transaction
from django.utils import timezone

from . import audit, identifiers, mail, services
from .audit import Action, AuditEntry
from .child_logins import close_logins, logins_around, made_by
from .exceptions import AddressChanged, HasAddress, NoAddress, NoFormerAddress, OwnAccount
from .models import NEVER_ACTIVATED, Beneficiary, User
from .revocation import revoke


class Address(models.TextChoices):
    """Which address an account that was stolen has from then on."""

    KEPT = "gardee", "Garder l’adresse d’aujourd’hui"
    FORMER = "avant", "Remettre l’adresse d’avant"
    NONE = "aucune", "N’en garder aucune\N{NO-BREAK SPACE}: l’accès sera rendu par courrier"


@transaction.atomic
def close_account(*, user_id: int, actor: User) -> list[Beneficiary]:
    """Nobody comes in by it any more, and who is inside is out at the next click.

    Return the children whose own login falls with it, as when a guardian is removed; their other guardians
    are told. Locks those children. Raises OwnAccount.
    """
    if user_id == actor.pk:
        raise OwnAccount
    children = logins_around(user_id).select_for_update(of=("self",), no_key=True)
    locked = list(children.order_by("pk"))
    user = User.objects.get(pk=user_id)
    revoke([user], is_active=False)
    return close_logins(locked, user)


@transaction.atomic
def reopen_account(*, user_id: int) -> None:
    """Its owner chooses another password: whoever knew the one before may be why it was closed."""
    revoke([User.objects.get(pk=user_id)], is_active=True)


@transaction.atomic
def stop_theft(*, user_id: int, address: Address, actor: User) -> list[str]:
    """Put an account out of the reach of whoever entered it; return the addresses that are told.

    What opens it is worth nothing any more, nor what opens the children's logins that it made. Raises
    OwnAccount, NoFormerAddress.
    """
    if user_id == actor.pk:
        raise OwnAccount
    user = User.objects.select_for_update(no_key=True).get(pk=user_id)
    addresses = user.known_emails
    revoke([user], **_address(user, address))
    revoke(made_by(user))
    for known in addresses:
        mail.account_stolen(user, known)
    return addresses


def _address(user: User, wanted: Address) -> dict[str, object]:
    if wanted == Address.KEPT:
        return {}
    if wanted == Address.FORMER and not (user.email_is_new and user.former_email):
        raise NoFormerAddress
    return {
        "email": user.former_email if wanted == Address.FORMER else "",
        "former_email": user.email,
        "email_confirmed_at": None,
        "email_changed_at": timezone.now(),
        # The one before was the owner's, unless it was an agent's already.
        **({"email_by_agent": True} if wanted == Address.NONE else {}),
    }


@transaction.atomic
def send_new_access(*, user_id: int, address: str) -> User:
    """Mail the identifiant and a link to choose a new password, to the account's own address only: the one
    that the agent has read.

    The password of today goes on until another is chosen: a stranger on the telephone locks nobody out. The
    address before is told, if it was another one some days ago. Locks the account. Raises NoAddress,
    AddressChanged.
    """
    user = User.objects.select_for_update(no_key=True).get(pk=user_id, is_active=True)
    if not user.email:
        raise NoAddress
    if user.email != address:
        raise AddressChanged
    identifiers.send_way_in(user=user)
    for former in user.known_emails[1:]:
        mail.access_given_back(user, former)
    return user


@transaction.atomic
def make_letter(*, user_id: int) -> list[str]:
    """Give an account without an address another code, for a letter; return the addresses that are told.

    Of an account in use: a letter opens it to whoever holds it. Locks the account. Raises HasAddress.
    """
    [user] = services.new_access_codes(user_ids=[user_id])
    if user.email:
        raise HasAddress
    never = User.objects.filter(NEVER_ACTIVATED, pk=user_id).exists()
    readers = {} if never else _around(user)
    for address, account_ids in readers.items():
        mail.letter_made(user, address, account_ids=account_ids)
    return list(readers)


def _around(user: User) -> dict[str, list[int]]:
    """The addresses of the others who follow the same children, and the one that it had some days ago; each
    with the accounts whose it is.
    """
    children = Beneficiary.objects.around(user.pk)
    others = User.objects.filter(guardianships__beneficiary__in=children, is_active=True, is_staff=False)
    theirs = others.exclude(pk=user.pk).exclude(email="").order_by("pk").distinct()
    spellings: dict[str, str] = {}
    readers: dict[str, list[int]] = {}
    known = [(address, user.pk) for address in user.known_emails]
    for address, pk in [*known, *theirs.values_list("email", "pk")]:
        readers.setdefault(spellings.setdefault(address.lower(), address), []).append(pk)
    return readers


def note_letter_used(*, user: User) -> None:
    """In the journal, if the letter stands there: those that invite a whole collège have one line."""
    if AuditEntry.objects.about(user).filter(action=Action.LETTER_MADE).exists():
        reason = "Un mot de passe a été choisi avec le code de la lettre."
        audit.record(action=Action.LETTER_USED, subject=user, reason=reason, actor=None)

"""The accounts of parents, children and agents."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from accounts.names import validate_person_name
from core import postcodes, typed_text
from core.addresses import validate_can_be_written_to

from .child import Beneficiary, acts_as_a_family, children_of

# What stands in each column of who was anonymised. The row stays, for the money it stands by.
NO_ACCOUNT = {
    **dict.fromkeys(("first_name", "last_name", "email", "phone", "address", "postcode", "city"), ""),
    "email_confirmed_at": None,
    "former_email": "",
    "is_active": False,
}

# Whoever took an account over begins with its address: for so long its owner may not have noticed.
ADDRESS_IS_NEW = dt.timedelta(days=7)


def told_to_families(first_name: str, *, is_staff: bool) -> str:
    """The actor's name as families read it: an agent is « le département »."""
    return "le département" if is_staff else first_name or "un compte fermé"


class UsernameField(models.CharField):
    """Keeps, compares and validates an identifiant in its one way of writing."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return typed_text.username(text) if isinstance(text, str) else text


# `User.needs_two_agents`, of rows.
def given_by_two(now: dt.datetime) -> Q:
    return Q(email_by_agent=True, email_confirmed_at=None, email_changed_at__gt=now - ADDRESS_IS_NEW)


# Nobody chose a password; one that was taken away from a child leaves a last login behind.
NEVER_ACTIVATED = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX, last_login=None)


class PassUserManager(UserManager["User"]):
    def reachable_by(self, contact: str) -> models.QuerySet[User]:
        """The open accounts a person means who types an e-mail address or an identifiant."""
        return self.filter(
            Q(email__iexact=typed_text.email(contact)) | Q(username=contact),
            ~Q(email=""),
            is_active=True,
        ).order_by("username")

    def never_activated(self) -> models.QuerySet[User]:
        """The families' open accounts that nobody has ever come in by."""
        return self.filter(NEVER_ACTIVATED, is_active=True, is_staff=False)


class User(AbstractUser):
    """A login, of a parent, a child or an agent. The identifiant is not the e-mail: siblings share that."""

    # Telephones capitalise it and add a space.
    username = UsernameField(
        "identifiant",
        max_length=60,
        help_text="Lettres sans accent, chiffres, points, tirets. Majuscules et minuscules se valent.",
        validators=[
            RegexValidator(r"\A[a-z0-9._-]+\Z", "Utilisez des lettres sans accent, des chiffres, . _ ou -.")
        ],
    )
    first_name = models.CharField("prénom", max_length=150, blank=True, validators=[validate_person_name])
    last_name = models.CharField("nom", max_length=150, blank=True, validators=[validate_person_name])
    email = models.EmailField("adresse e-mail", blank=True, validators=[validate_can_be_written_to])
    email_confirmed_at = models.DateTimeField("adresse e-mail confirmée le", null=True, editable=False)
    email_changed_at = models.DateTimeField("adresse e-mail changée le", null=True, editable=False)
    # The one before that change, to be told and to be gone back to; the nightly purge forgets it.
    former_email = models.EmailField(
        "adresse e-mail d’avant", blank=True, default="", db_default="", editable=False
    )
    # By whom it was changed decides who may give an access to it: see `needs_two_agents`.
    email_by_agent = models.BooleanField(
        "adresse e-mail changée par un agent", default=False, db_default=False, editable=False
    )
    phone = models.CharField("téléphone", max_length=20, blank=True)
    address = models.CharField("adresse", max_length=120, blank=True)
    postcode = models.CharField("code postal", max_length=postcodes.LONGEST, blank=True)
    city = models.CharField("ville", max_length=60, blank=True)
    # Which e-mails come: accounts/mail_choices.py.
    mail_on_created = models.BooleanField("e-mail quand un ticket est créé", default=True, db_default=True)
    mail_on_used = models.BooleanField("e-mail quand un ticket est utilisé", default=True, db_default=True)
    mail_on_cancelled = models.BooleanField(
        "e-mail quand un ticket est annulé", default=True, db_default=True
    )
    reminders = models.BooleanField("rappels des échéances par e-mail", default=True)
    # Whether it acts for an organisme, written by `partners.memberships`: no page of a family asks for them.
    is_member = models.BooleanField("membre d’un organisme", default=False, db_default=False, editable=False)
    # Another one ends every session of the account.
    session_salt = models.CharField("sel des sessions", max_length=22, blank=True, editable=False)
    # A code is not kept: the account makes it from what it is, and from this moment (accounts/links.py).
    access_code_at = models.DateTimeField("code d’accès fait le", null=True, editable=False)
    anonymised_at = models.DateTimeField("anonymisé le", null=True, editable=False)
    # It keeps its identifiant, which rosters may still say. One that was not merged itself, always.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged", verbose_name="fusionné dans"
    )

    objects: ClassVar[PassUserManager] = PassUserManager()

    class Meta:
        verbose_name = "compte"
        permissions = [
            ("appoint_agents", "Peut faire d’un compte celui d’un agent, et dire son rôle"),
            ("export_lists", "Peut exporter les listes"),
            ("import_lists", "Peut importer des listes"),
            ("reset_access", "Peut rendre un accès perdu"),
            ("make_letters", "Peut donner un accès par courrier"),
            ("close_account", "Peut fermer et rouvrir un compte"),
            ("forget_second_factor", "Peut remettre à zéro un second facteur"),
            ("erase_people", "Peut effacer un enfant ou un compte à sa demande"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["username"],
                name="accounts_user_username_is_unique",
                violation_error_message="Cet identifiant est déjà pris.",
            ),
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="accounts_user_username_is_lower_case"
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None) | Q(**NO_ACCOUNT), name="accounts_user_anonymised_is_nobody"
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="accounts_user_not_merged_into_itself"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_active=False), name="accounts_user_merged_is_closed"
            ),
        ]
        indexes = [
            models.Index(Upper("email"), name="accounts_user_email"),
            models.Index(fields=["phone"], condition=~Q(phone=""), name="accounts_user_phone"),
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

    @property
    def told_to_families(self) -> str:
        return told_to_families(self.first_name, is_staff=self.is_staff)

    @property
    def concerns(self) -> str:
        """How the journal says which account it is."""
        return self.username

    @property
    def email_is_new(self) -> bool:
        """Whether the address was changed in the last days, by its owner or by somebody else."""
        return bool(self.email_changed_at and self.email_changed_at > timezone.now() - ADDRESS_IS_NEW)

    @property
    def needs_two_agents(self) -> bool:
        """Whether one agent alone gives no access to it: an agent changed the address, or took it away, some
        days ago, and nobody has answered from it.
        """
        return self.email_by_agent and self.email_is_new and self.email_confirmed_at is None

    @property
    def known_emails(self) -> list[str]:
        """Every address by which its owner may be told of something grave."""
        former = self.former_email if self.email_is_new else ""
        return [address for address in (self.email, former) if address]

    @cached_property
    def accessible_children(self) -> list[Beneficiary]:
        """`accessible_to` this account, read once a request: the page and its frame ask for them."""
        return children_of(self.pk) if acts_as_a_family(self) else []

    @property
    def may_guard(self) -> bool:
        """Neither an agent's nor a child's: it acts for a child, or may one day."""
        return acts_as_a_family(self) and all(it.user_id != self.pk for it in self.accessible_children)

    def check_password(self, raw_password: str | None) -> bool:
        """Hashes it anew where the setting has changed; never over a password that was chosen meanwhile."""

        def upgrade(password: str) -> None:
            hashed = make_password(password)
            if User.objects.filter(pk=self.pk, password=self.password).update(password=hashed):
                self.password = hashed

        return check_password(raw_password, self.password, upgrade)

    def get_session_auth_hash(self) -> str:
        """The digest that every session of this account must have. Django's covers the password alone."""
        return self._session_hash(None)

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """By the secrets of before, which are still believed."""
        return map(self._session_hash, settings.SECRET_KEY_FALLBACKS)

    def _session_hash(self, secret: str | None) -> str:
        return salted_hmac(
            "accounts.User.session", f"{self.password} {self.session_salt}", secret=secret, algorithm="sha256"
        ).hexdigest()

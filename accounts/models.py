"""Who: logins, children, and who may act for whom."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, check_password, make_password
from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower, Replace, Upper
from django.utils import timezone
from django.utils.crypto import get_random_string, salted_hmac
from django.utils.functional import cached_property
from django_otp.plugins.otp_totp.models import TOTPDevice

from core import sealing, typed_text
from core.addresses import validate_can_be_written_to
from core.compiled_query import Worded

from . import identity

PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


# What stands in each column of who was anonymised. The row stays, for the money it stands by.
NO_ACCOUNT = {
    **dict.fromkeys(("first_name", "last_name", "email", "phone", "address", "postcode", "city"), ""),
    "email_confirmed_at": None,
    "former_email": "",
    "is_active": False,
}
NO_CHILD = {
    "first_name": "Bénéficiaire",
    "last_name": "anonymisé",
    "birth_year": 0,
    "grade": "",
    "is_enrolled": False,
    "user": None,
    "login_made_by": None,
}

# Whoever took an account over begins with its address: for so long its owner may not have noticed.
ADDRESS_IS_NEW = dt.timedelta(days=7)


def new_public_id() -> str:
    return get_random_string(PUBLIC_ID_LENGTH, PUBLIC_ID_ALPHABET)


class UsernameField(models.CharField):
    """Keeps, compares and validates an identifiant in its one way of writing."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return typed_text.username(text) if isinstance(text, str) else text


class PupilNumberField(models.CharField):
    """Keeps, compares and validates a pupil number in its one way of writing."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return identity.pupil_number(text) if isinstance(text, str) else text


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
    postcode = models.CharField("code postal", max_length=5, blank=True)
    city = models.CharField("ville", max_length=60, blank=True)
    reminders = models.BooleanField("rappels des échéances par e-mail", default=True)
    # Another one ends every session of the account.
    session_salt = models.CharField("sel des sessions", max_length=22, blank=True, editable=False)
    # A code is not kept: the account makes it from what it is, and from this moment (accounts/links.py).
    access_code_at = models.DateTimeField("code d’accès fait le", null=True, editable=False)
    anonymised_at = models.DateTimeField("anonymisé le", null=True, editable=False)

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
        ]
        indexes = [models.Index(Upper("email"), name="accounts_user_email")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username

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
        return _children_of(self.pk) if acts_as_a_family(self) else []

    def check_password(self, raw_password: str | None) -> bool:
        """Hashes it anew where the setting has changed; never over a password that was chosen meanwhile."""

        def upgrade(password: str) -> None:
            hashed = make_password(password)
            if User.objects.filter(pk=self.pk, password=self.password).update(password=hashed):
                self.password = hashed

        return check_password(raw_password, self.password, upgrade)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What every session of this account must know. Django would take the password alone."""
        return salted_hmac(
            "accounts.User.session", f"{self.password} {self.session_salt}", secret=secret, algorithm="sha256"
        ).hexdigest()


def sealed_for(user_id: int) -> str:
    """Purpose of the seal on the key of this agent's telephone."""
    return f"telephone of {user_id}"


class Telephone(TOTPDevice):
    """django-otp's device; `key` is sealed, so that a copy of the database makes no codes."""

    class Meta:
        proxy = True
        verbose_name = "téléphone"

    @property
    def bin_key(self) -> bytes:
        """Raises NotSealed."""
        return sealing.unseal(self.key, purpose=sealed_for(self.user_id))

    @property
    def is_readable(self) -> bool:
        """Not once the secret that sealed it is gone."""
        try:
            return bool(self.bin_key)
        except sealing.NotSealed:
            return False


class SignIn(models.Model):
    """That somebody came in, and by what device: for the owner to know. No address of it is kept."""

    user = models.ForeignKey(User, models.CASCADE, related_name="sign_ins", verbose_name="compte")
    at = models.DateTimeField("date", default=timezone.now, editable=False)
    device = models.CharField("appareil", max_length=80, editable=False)

    class Meta:
        verbose_name = "connexion"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["user", "-at"], name="accounts_signin_recent")]

    def __str__(self) -> str:
        return f"{self.user}, {self.device}"


def new_link_key() -> str:
    return get_random_string(22)


class EmailChange(models.Model):
    """Another address that was asked for. `accounts.email_change` says what its two links do."""

    user = models.ForeignKey(User, models.CASCADE, related_name="email_changes", verbose_name="compte")
    # What the links carry, signed: without the secret of the site nobody makes one of it.
    key = models.CharField("clé des liens", max_length=22, default=new_link_key, editable=False)
    old = models.EmailField("ancienne adresse", blank=True)
    # Of a change that was done: the one that the account has since, after another change too.
    new = models.EmailField("nouvelle adresse")
    # Password and sessions when it was asked for, as a digest.
    account_state = models.CharField("état du compte", max_length=64, editable=False)
    is_open = models.BooleanField("peut être confirmé", default=True)
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    done_at = models.DateTimeField("fait le", null=True, editable=False)

    class Meta:
        verbose_name = "changement d’adresse e-mail"
        verbose_name_plural = "changements d’adresse e-mail"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="accounts_emailchange_key_is_unique"),
            models.UniqueConstraint(
                fields=["user"], condition=Q(is_open=True), name="accounts_emailchange_one_is_open"
            ),
            models.CheckConstraint(
                condition=Q(is_open=False) | Q(done_at=None), name="accounts_emailchange_done_is_closed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, demandé le {self.asked_at:%d/%m/%Y}"


class School(models.Model):
    """A collège, known by its national UAI code."""

    uai = models.CharField("code UAI", max_length=8, primary_key=True)
    name = models.CharField("nom", max_length=120)
    insee_code = models.CharField("code INSEE de la commune", max_length=5)

    class Meta:
        verbose_name = "collège"
        ordering = ["name", "uai"]

    def __str__(self) -> str:
        return self.name


class Grade(models.TextChoices):
    SIXIEME = "6", "6e"
    CINQUIEME = "5", "5e"
    QUATRIEME = "4", "4e"
    TROISIEME = "3", "3e"


def _itself_or_guarded(user_id: Any) -> RawSQL:
    """By their ids: an « or » over two tables would read every child of the département."""
    return RawSQL(
        "SELECT id FROM accounts_beneficiary WHERE user_id = %s "
        "UNION SELECT beneficiary_id FROM accounts_guardianship WHERE user_id = %s",
        [user_id, user_id],
    )


def acts_as_a_family(user: User | AnonymousUser) -> bool:
    """Staff never do: an agent's account sees no child, not even its own."""
    return user.is_active and not user.is_staff


class BeneficiaryQuerySet(models.QuerySet["Beneficiary"]):
    def accessible_to(self, user: User | AnonymousUser) -> BeneficiaryQuerySet:
        """The door: the children that `user` may act for — itself, or those it is a guardian of.

        `User.accessible_children` is the same one, worded once for the pages of families. There is no other.
        """
        if not acts_as_a_family(user):
            return self.none()
        return self.filter(pk__in=_itself_or_guarded(user.pk))

    def without_guardian(self) -> BeneficiaryQuerySet:
        """Children for whom nobody acts: somebody left, and nobody came."""
        return self.filter(guardianships=None, anonymised_at=None)


# Years between now and the birth of somebody in a collège.
AGES = range(8, 21)


class Beneficiary(models.Model):
    """The child, whose wallets these are. Of its birth only the year is kept: it is all a ticket shows."""

    public_id = models.CharField("identifiant public", max_length=10, default=new_public_id, editable=False)
    pupil_number = PupilNumberField(
        "numéro d’élève", max_length=identity.LONGEST_NUMBER, validators=[identity.check_pupil_number]
    )
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    birth_year = models.PositiveSmallIntegerField("année de naissance")
    school = models.ForeignKey(School, models.PROTECT, related_name="beneficiaries", verbose_name="collège")
    grade = models.CharField("niveau", max_length=1, choices=Grade)
    insee_code = models.CharField("code INSEE de la commune", max_length=5)
    is_enrolled = models.BooleanField(
        "inscrit", default=True, help_text="Une campagne qui ouvre donne ses porte-monnaie à chaque inscrit."
    )
    anonymised_at = models.DateTimeField("anonymisé le", null=True, editable=False)
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="beneficiary",
        verbose_name="compte de l’enfant",
    )
    # Who made that login, or made it anew, has seen the link to its password.
    login_made_by = models.ForeignKey(
        User, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name="compte fait par"
    )
    guardians = models.ManyToManyField(
        User, through="Guardianship", related_name="children", verbose_name="responsables légaux"
    )

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = "bénéficiaire"
        permissions = [("change_guardians", "Peut changer les responsables légaux")]
        ordering = ["first_name", "last_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="accounts_beneficiary_public_id_is_unique"),
            models.UniqueConstraint(
                fields=["pupil_number"], name="accounts_beneficiary_pupil_number_is_unique"
            ),
            # Else « e1 » and « E1 » are two children, with two grants.
            models.CheckConstraint(
                condition=Q(pupil_number=Upper(Replace("pupil_number", Value(" ")))),
                name="accounts_beneficiary_pupil_number_is_written_one_way",
            ),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values) | Q(anonymised_at__isnull=False),
                name="accounts_beneficiary_grade_is_known",
            ),
            models.CheckConstraint(
                condition=Q(anonymised_at=None) | Q(**NO_CHILD),
                name="accounts_beneficiary_anonymised_is_nobody",
            ),
        ]
        indexes = [models.Index(fields=["last_name", "first_name"], name="accounts_beneficiary_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def concerns(self) -> str:
        """How the journal says which child it is."""
        return f"élève {self.pupil_number}"

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"

    def who(self, actor: User | None) -> str:
        """Who did something for this child, as lists and exports say it.

        A parent who still has another child has a name: beside what was an anonymised child's, it stays out.
        """
        if actor and self.anonymised_at and not actor.is_staff:
            return "la famille"
        return str(actor or "")


_children_of = Worded(lambda user_id: Beneficiary.objects.filter(pk__in=_itself_or_guarded(user_id)))


class Guardianship(models.Model):
    """One adult who acts for one child. Parents live apart, and both are one."""

    user = models.ForeignKey(
        User, models.CASCADE, related_name="guardianships", verbose_name="responsable légal"
    )
    beneficiary = models.ForeignKey(
        Beneficiary, models.CASCADE, related_name="guardianships", verbose_name="bénéficiaire"
    )

    class Meta:
        verbose_name = "responsabilité légale"
        verbose_name_plural = "responsabilités légales"
        constraints = [
            models.UniqueConstraint(fields=["user", "beneficiary"], name="accounts_guardianship_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.beneficiary}"


class EndedGuardianship(models.Model):
    """That an agent ended it, after a ruling perhaps: no roster makes it again, only another act does."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name="responsable légal")
    beneficiary = models.ForeignKey(
        Beneficiary, models.CASCADE, related_name="ended_guardianships", verbose_name="bénéficiaire"
    )
    at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "responsabilité légale terminée"
        verbose_name_plural = "responsabilités légales terminées"
        constraints = [
            models.UniqueConstraint(fields=["user", "beneficiary"], name="accounts_endedguardianship_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} → {self.beneficiary}"


class ForgottenRequest(models.Model):
    """That somebody asked for identifiants, and what was typed: it may mean nobody.

    `accounts.identifiers` writes it, and removes it once whoever it means is written to.
    """

    contact = models.CharField("adresse ou identifiant", max_length=254)

    class Meta:
        verbose_name = "demande d’identifiants"
        verbose_name_plural = "demandes d’identifiants"

    def __str__(self) -> str:
        return f"Demande {self.pk}"

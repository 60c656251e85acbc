"""Who: logins, children, and who may act for whom."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, AnonymousUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower, Upper
from django.utils.crypto import get_random_string

PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PUBLIC_ID_LENGTH = 10


def new_public_id() -> str:
    return get_random_string(PUBLIC_ID_LENGTH, PUBLIC_ID_ALPHABET)


class UsernameField(models.CharField):
    """Keeps, compares and validates an identifiant in its one way of writing."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return text.strip().lower() if isinstance(text, str) else text


class PassUserManager(UserManager["User"]):
    def reachable_by(self, contact: str) -> models.QuerySet[User]:
        """The open accounts a person means who types an e-mail address or an identifiant."""
        return self.filter(
            Q(email__iexact=contact.strip()) | Q(username=contact),
            ~Q(email=""),
            is_active=True,
        ).order_by("username")


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
    email = models.EmailField("adresse e-mail", blank=True)

    objects: ClassVar[PassUserManager] = PassUserManager()

    class Meta:
        verbose_name = "compte"
        constraints = [
            models.UniqueConstraint(
                fields=["username"],
                name="accounts_user_username_is_unique",
                violation_error_message="Cet identifiant est déjà pris.",
            ),
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="accounts_user_username_is_lower_case"
            ),
        ]
        indexes = [models.Index(Upper("email"), name="accounts_user_email")]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


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


class BeneficiaryQuerySet(models.QuerySet["Beneficiary"]):
    def accessible_to(self, user: User | AnonymousUser) -> BeneficiaryQuerySet:
        """The only door: the children that `user` may act for — itself, or those it is a guardian of.

        Staff never act as a family, so an agent's account sees none, even its own children.
        """
        if not user.is_active or user.is_staff:
            return self.none()
        guarded = Guardianship.objects.filter(beneficiary=OuterRef("pk"), user=user.pk)
        return self.filter(Q(user=user.pk) | Exists(guarded))


class Beneficiary(models.Model):
    """The child, whose wallets these are. Of its birth only the year is kept: it is all a ticket shows."""

    public_id = models.CharField("identifiant public", max_length=10, default=new_public_id, editable=False)
    pupil_number = models.CharField("numéro d’élève", max_length=20)
    first_name = models.CharField("prénom", max_length=60)
    last_name = models.CharField("nom", max_length=60)
    birth_year = models.PositiveSmallIntegerField("année de naissance")
    school = models.ForeignKey(School, models.PROTECT, related_name="beneficiaries", verbose_name="collège")
    grade = models.CharField("niveau", max_length=1, choices=Grade)
    insee_code = models.CharField("code INSEE de la commune", max_length=5)
    user = models.OneToOneField(
        User,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="beneficiary",
        verbose_name="compte de l’enfant",
    )
    guardians = models.ManyToManyField(
        User, through="Guardianship", related_name="children", verbose_name="responsables légaux"
    )

    objects = BeneficiaryQuerySet.as_manager()

    class Meta:
        verbose_name = "bénéficiaire"
        ordering = ["first_name", "last_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["public_id"], name="accounts_beneficiary_public_id_is_unique"),
            models.UniqueConstraint(
                fields=["pupil_number"], name="accounts_beneficiary_pupil_number_is_unique"
            ),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="accounts_beneficiary_grade_is_known"
            ),
        ]
        indexes = [models.Index(fields=["last_name", "first_name"], name="accounts_beneficiary_name")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.first_name} {self.last_name}"


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

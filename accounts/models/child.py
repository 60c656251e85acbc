"""Children, their collèges, and who may act for them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Replace, Upper
from django.utils.crypto import get_random_string

from accounts import identity
from accounts.names import validate_person_name
from core.compiled_query import CompiledQuery

from .school import Grade, School

PUBLIC_ID_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


PUBLIC_ID_LENGTH = 10


# What stands in each column of who was anonymised. The row stays, for the money it stands by.
NO_CHILD = {
    "first_name": "Bénéficiaire",
    "last_name": "anonymisé",
    "birth_year": 0,
    "grade": "",
    "is_enrolled": False,
    "user": None,
    "login_made_by": None,
}


def new_public_id() -> str:
    return get_random_string(PUBLIC_ID_LENGTH, PUBLIC_ID_ALPHABET)


class PupilNumberField(models.CharField):
    """Keeps, compares and validates a pupil number in its one way of writing."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        return identity.pupil_number(text) if isinstance(text, str) else text


def _itself_or_guarded(user_id: Any) -> RawSQL:
    """By their ids: an « or » over two tables would read every child of the département."""
    return RawSQL(
        "SELECT id FROM accounts_beneficiary WHERE user_id = %s "
        "UNION SELECT beneficiary_id FROM accounts_guardianship WHERE user_id = %s",
        [user_id, user_id],
    )


def acts_as_a_family(user: AbstractUser | AnonymousUser) -> bool:
    """Staff never do: an agent's account sees no child, not even its own."""
    return user.is_active and not user.is_staff


class BeneficiaryQuerySet(models.QuerySet["Beneficiary"]):
    def accessible_to(self, user: AbstractUser | AnonymousUser) -> BeneficiaryQuerySet:
        """The children that `user` may act for: itself, or those it is a guardian of.

        The only access filter; `User.accessible_children` is the same query, compiled once.
        """
        if not acts_as_a_family(user):
            return self.none()
        return self.around(user.pk)

    def around(self, user_id: Any) -> BeneficiaryQuerySet:
        """The child whose login this account is, and those it is a guardian of; closed accounts too."""
        return self.filter(pk__in=_itself_or_guarded(user_id))

    def without_guardian(self) -> BeneficiaryQuerySet:
        """Children for whom nobody acts: somebody left, and nobody came."""
        return self.filter(guardianships=None, anonymised_at=None, merged_into=None)


# Years between now and the birth of somebody in a collège.
AGES = range(8, 21)


class Beneficiary(models.Model):
    """The child, whose wallets these are. Of its birth only the year is kept: it is all a ticket shows."""

    public_id = models.CharField("identifiant public", max_length=10, default=new_public_id, editable=False)
    pupil_number = PupilNumberField(
        "numéro d’élève", max_length=identity.LONGEST_NUMBER, validators=[identity.check_pupil_number]
    )
    first_name = models.CharField("prénom", max_length=60, validators=[validate_person_name])
    # Who has one name alone has it as the first name, by which the site calls everybody.
    last_name = models.CharField("nom", max_length=60, blank=True, validators=[validate_person_name])
    birth_year = models.PositiveSmallIntegerField("année de naissance")
    school = models.ForeignKey(School, models.PROTECT, related_name="beneficiaries", verbose_name="collège")
    grade = models.CharField("niveau", max_length=1, choices=Grade)
    insee_code = models.CharField("code INSEE de la commune", max_length=5)
    is_enrolled = models.BooleanField(
        "inscrit", default=True, help_text="Une campagne qui ouvre donne ses porte-monnaie à chaque inscrit."
    )
    anonymised_at = models.DateTimeField("anonymisé le", null=True, editable=False)
    # It keeps its number, which rosters may still say. One that was not merged itself, always.
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="merged", verbose_name="fusionné dans"
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="beneficiary",
        verbose_name="compte de l’enfant",
    )
    # Who made that login, or made it anew, has seen the link to its password.
    login_made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name="compte fait par",
    )
    guardians = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        through="Guardianship",
        related_name="children",
        verbose_name="responsables légaux",
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
            models.CheckConstraint(
                condition=~Q(merged_into=F("pk")), name="accounts_beneficiary_not_merged_into_itself"
            ),
            # Else a campaign that opens would grant it a second time.
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(is_enrolled=False),
                name="accounts_beneficiary_merged_is_not_enrolled",
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
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def short_name(self) -> str:
        """As lists of an organisme have it."""
        return f"{self.first_name} {self.last_name[:1]}.".strip()

    def who(self, actor: AbstractUser | None) -> str:
        """The actor's name in lists and exports of this child.

        A parent who still has another child has a name: beside what was an anonymised child's, it stays out.
        """
        if actor and self.anonymised_at and not actor.is_staff:
            return "la famille"
        return str(actor or "")


children_of = CompiledQuery(lambda user_id: Beneficiary.objects.filter(pk__in=_itself_or_guarded(user_id)))

"""The child that a family enrols."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import Q

from accounts import identity
from accounts.models import Grade, School
from accounts.names import validate_person_name

from .application import Application


class Newcomer(models.Model):
    """What the family says of it. It goes with the papers, two months after the decision."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="newcomer", verbose_name="demande"
    )
    first_name = models.CharField("prénom", max_length=60, validators=[validate_person_name])
    last_name = models.CharField("nom", max_length=60, blank=True, validators=[validate_person_name])
    birth_year = models.PositiveSmallIntegerField("année de naissance")
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="collège"
    )
    # Of a collège that is not ours, or not on our list.
    other_school = models.CharField("autre collège", max_length=120, blank=True)
    grade = models.CharField("niveau", max_length=1, choices=Grade)
    insee_code = models.CharField("code INSEE de la commune", max_length=5, blank=True)
    other_commune = models.CharField("autre commune", max_length=80, blank=True)

    class Meta:
        verbose_name = "enfant à inscrire"
        verbose_name_plural = "enfants à inscrire"
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None) ^ Q(other_school=""), name="applications_newcomer_has_one_school"
            ),
            models.CheckConstraint(
                condition=Q(insee_code="") ^ Q(other_commune=""), name="applications_newcomer_has_one_commune"
            ),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="applications_newcomer_grade_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def school_name(self) -> str:
        return str(self.school or self.other_school)

    @property
    def key(self) -> str:
        """Another writing of the same names, even swapped, is the same child: its digest finds it again."""
        names = sorted(identity.folded(self.first_name, self.last_name))
        return sha256("|".join([*names, str(self.birth_year)]).encode()).hexdigest()

"""The child that a family enrols."""

from __future__ import annotations

from hashlib import sha256

from django.db import models
from django.db.models import Q

from accounts import identity
from accounts.names import validate_person_name

from .application import Application
from .place import Place


class Newcomer(Place):
    """What the family says of it. It goes with the papers, two months after the decision."""

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="newcomer", verbose_name="demande"
    )
    first_name = models.CharField("prénom", max_length=60, validators=[validate_person_name])
    last_name = models.CharField("nom", max_length=60, blank=True, validators=[validate_person_name])
    birth_year = models.PositiveSmallIntegerField("année de naissance")
    insee_code = models.CharField("code INSEE de la commune", max_length=5, blank=True)
    other_commune = models.CharField("autre commune", max_length=80, blank=True)

    class Meta(Place.Meta):
        verbose_name = "enfant à inscrire"
        verbose_name_plural = "enfants à inscrire"
        default_permissions = ()
        constraints = [
            *Place.Meta.constraints,
            models.CheckConstraint(
                condition=Q(insee_code="") ^ Q(other_commune=""), name="applications_newcomer_has_one_commune"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def key(self) -> str:
        """Another writing of the same names, even swapped, is the same child: its digest finds it again."""
        names = sorted(identity.folded(self.first_name, self.last_name))
        return sha256("|".join([*names, str(self.birth_year)]).encode()).hexdigest()

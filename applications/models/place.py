"""Where a child goes to school, as its family says it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from accounts.models import Grade, School


class Place(models.Model):
    """One of our list, or another."""

    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="collège"
    )
    # Of a collège that is not ours, or not on our list.
    other_school = models.CharField("autre collège", max_length=120, blank=True)
    grade = models.CharField("niveau", max_length=1, choices=Grade)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(school=None) ^ Q(other_school=""), name="applications_%(class)s_has_one_school"
            ),
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="applications_%(class)s_grade_is_known"
            ),
        ]

    @property
    def school_name(self) -> str:
        return str(self.school or self.other_school)

"""The collège to which a child goes from now on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from .application import Application, ApplicationKind
from .place import Place


class NewSchool(Place):
    """What the family says of it. It goes with the papers, two months after the decision."""

    KIND: ClassVar = ApplicationKind.SCHOOL

    application = models.OneToOneField(
        Application, models.CASCADE, related_name="new_school", verbose_name="demande"
    )
    since = models.DateField("depuis le")

    class Meta(Place.Meta):
        verbose_name = "nouveau collège"
        verbose_name_plural = "nouveaux collèges"
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.school_name}, {self.get_grade_display()}"

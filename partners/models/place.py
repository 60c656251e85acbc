"""The communes of the territory."""

from __future__ import annotations

from django.db import models


class Commune(models.Model):
    """A town of the territory. Its centre is in WGS 84 degrees."""

    insee_code = models.CharField("code INSEE", max_length=5, primary_key=True)
    name = models.CharField("nom", max_length=60)
    postcode = models.CharField("code postal", max_length=5)
    other_postcodes = models.CharField(
        "autres codes postaux", max_length=60, blank=True, help_text="Séparés par des espaces."
    )
    latitude = models.DecimalField("latitude", max_digits=8, decimal_places=6)
    longitude = models.DecimalField("longitude", max_digits=9, decimal_places=6)

    class Meta:
        verbose_name = "commune"
        ordering = ["insee_code"]

    def __str__(self) -> str:
        return self.name

    @property
    def postcodes(self) -> list[str]:
        return [self.postcode, *self.other_postcodes.split()]

    @property
    def position(self) -> tuple[float, float]:
        """Latitude and longitude of its centre, in degrees."""
        return float(self.latitude), float(self.longitude)

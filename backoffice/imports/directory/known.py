"""The directory as it is, looked up by what files write."""

from backoffice.imports.spreadsheets.rows import Cells, RowRefused
from core.spelling import simplified
from partners.models import Activity, Commune, Offer, Partner


class Known:
    """The directory as it is, looked up by what files write."""

    def __init__(self) -> None:
        communes = list(Commune.objects.all())
        self.communes = {simplified(commune.name): commune for commune in communes}
        self.communes |= {commune.insee_code.casefold(): commune for commune in communes}
        self.notes: list[tuple[int, str]] = []
        self.activities = set(Activity.objects.values_list("name", flat=True))
        self.spellings = {simplified(name): name for name in self.activities}
        self.partners = {
            (simplified(p.name), p.commune_id): p for p in Partner.objects.select_related("commune")
        }
        self.offers = set(Offer.objects.values_list("partner", "activity__name", "kind"))

    def commune(self, cells: Cells) -> Commune:
        """By its code, else by its name. Raises RowRefused."""
        code, name = cells["Code INSEE"], cells["Commune"]
        found = self.communes.get(code.casefold() if code else simplified(name))
        if not found and code:
            raise RowRefused(f"{code} n’est le code INSEE d’aucune commune du département.")
        if not found:
            raise RowRefused(f"La commune {name or 'vide'} n’est pas dans la liste des communes.")
        return found

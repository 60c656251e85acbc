"""The directory as it is, looked up by what files write."""

from backoffice.imports.spreadsheets.rows import Cells, RowRefused
from core.spelling import simplified
from partners.communes import Communes, NotACommune
from partners.models import Activity, Commune, Offer, Partner


class Known:
    """The directory as it is, looked up by what files write."""

    def __init__(self) -> None:
        self.communes = Communes(Commune.objects.all())
        self.notes: list[tuple[int, str]] = []
        self.activities = set(Activity.objects.values_list("name", flat=True))
        self.spellings = {simplified(name): name for name in self.activities}
        self.partners = {
            (simplified(p.name), p.commune_id): p for p in Partner.objects.select_related("commune")
        }
        self.offers = set(Offer.objects.values_list("partner", "activity__name", "kind"))

    def commune(self, cells: Cells) -> Commune:
        """By its code, else by its name. Raises RowRefused."""
        try:
            return self.communes.of(cells["Code INSEE"].upper(), cells["Commune"])
        except NotACommune as wrong:
            raise RowRefused(str(wrong)) from wrong

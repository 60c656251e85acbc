"""The directory as it is, looked up by what files write."""

from collections import defaultdict
from functools import cached_property

from core.spelling import simplified
from core.spreadsheet_files.rows import Cells, RowRefused
from partners.communes import Communes, NotACommune
from partners.models import Activity, Commune, FormerName, Offer, Partner

from .likeness import LikePartners

# The name as it is compared, and the code of the commune.
Key = tuple[str, str]


class Known:
    """The directory as it is, looked up by what files write."""

    def __init__(self) -> None:
        self.communes = Communes(Commune.objects.all())
        self.notes: list[tuple[int, str]] = []
        # In one order: of two that are as near, or written alike, it is the same one each time.
        self.activities = sorted(Activity.objects.values_list("name", flat=True))
        self.spellings = {simplified(name): name for name in self.activities}
        self.numbered: dict[str, dict[str, Partner]] = {"siret": {}, "rna": {}}
        self.named: dict[Key, list[Partner]] = defaultdict(list)
        rows = list(Partner.objects.select_related("commune").order_by("pk"))
        standing = {partner.pk: partner for partner in rows if partner.merged_into_id is None}
        # Of one that was merged, the one that it leads to.
        self.by_pk = {row.pk: standing[row.merged_into_id or row.pk] for row in rows}
        for row in rows:
            # What was merged is known by its name and its numbers too, as the one that it leads to.
            partner = self.by_pk[row.pk]
            named = self.named[simplified(row.name), row.commune_id]
            if partner not in named:
                named.append(partner)
            for name, numbered in self.numbered.items():
                if number := getattr(row, name):
                    numbered[number] = partner
        self.former: set[Key] = set()
        former = FormerName.objects.order_by("pk").values_list("name", "commune", "partner")
        for name, commune, pk in former:
            partner = self.by_pk[pk]
            # Unless somebody else is called so today.
            if not (named := self.named[key := (simplified(name), commune)]):
                named.append(partner)
                self.former.add(key)
        self.like = LikePartners(self.named)
        ends = Offer.objects.values_list("partner", "activity__name", "kind", "ends_on")
        self.offers = {(partner, activity, kind): day for partner, activity, kind, day in ends}

    @cached_property
    def kinds(self) -> dict[str, set[str]]:
        """Of which wallets each activity is, wherever it is offered."""
        kinds: dict[str, set[str]] = defaultdict(set)
        for _, activity, kind in self.offers:
            kinds[activity].add(kind)
        return kinds

    def commune(self, cells: Cells) -> Commune:
        """By its code, else by its name. Raises RowRefused."""
        try:
            return self.communes.of(cells["Code INSEE"].upper(), cells["Commune"])
        except NotACommune as wrong:
            raise RowRefused(str(wrong)) from wrong

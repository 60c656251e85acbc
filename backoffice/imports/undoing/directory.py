"""What an import of organismes wrote, taken back as far as nothing was built on it.

An organisme stays that has a ticket, or of which an agent or another import took care since; its offers stay
with it. An offer stays that has a ticket.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from partners.models import Activity, Offer, Partner
from partners.services import directory_changed
from tickets.models import Order, Ticket

from .rows import lock, of_those, taken_up
from .undo import Part, Undo


class DirectoryUndo(Undo):
    restored = Partner

    def lock(self) -> None:
        """The directory, as imports do; then the offers that a ticket might be made for meanwhile."""
        directory_changed()
        lock(Partner, self.made(Partner) | self.changed)
        lock(Offer, self.made(Offer))

    @cached_property
    def _taken(self) -> set[int]:
        """Offers that a ticket is for."""
        made = self.made(Offer)
        return {*of_those(Order.objects, made, "offer"), *of_those(Ticket.objects, made, "offer")}

    @cached_property
    def _partners(self) -> set[int]:
        made = self.made(Partner)
        offers = of_those(Offer.objects, made, "partner", "pk")
        stay = {partner for partner, offer in offers if offer in self._taken or offer not in self.made(Offer)}
        return made - stay - taken_up(self.job, Partner, made)

    @cached_property
    def _offers(self) -> set[int]:
        """Of organismes that go, and those that were added to others."""
        of_partners = of_those(Offer.objects, self.made(Offer), "pk", "partner")
        going = {
            offer
            for offer, partner in of_partners
            if partner in self._partners or partner not in self.made(Partner)
        }
        return going - self._taken

    @cached_property
    def _activities(self) -> set[int]:
        """Those that nobody offers any more."""
        offers = of_those(Offer.objects, self.made(Activity), "activity", "pk")
        offered = {activity for activity, offer in offers if offer not in self._offers}
        return self.made(Activity) - offered - taken_up(self.job, Activity, self.made(Activity))

    def rows(self) -> QuerySet[Partner]:
        return Partner.objects.standing()

    def going(self) -> list[tuple[type[Model], set[Any]]]:
        return [(Offer, self._offers), (Partner, self._partners), (Activity, self._activities)]

    def parts(self) -> Iterator[Part]:
        for what, done, count, total in (
            ("Organismes créés", "enlevé", len(self._partners), len(self.made(Partner))),
            ("Organismes modifiés", "rétabli", len(self.columns), len(self.changed)),
            ("Offres ajoutées", "enlevée", len(self._offers), len(self.made(Offer))),
            ("Activités créées", "enlevée", len(self._activities), len(self.made(Activity))),
        ):
            if total:
                yield Part(what, done, count, total - count)

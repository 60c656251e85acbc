"""What an import of organismes wrote, taken back as far as nothing was built on it.

An organisme stays that has a ticket, or of which an agent or another import took care since; its offers stay
with it. An offer stays that has a ticket.
"""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db.models import Model, QuerySet

from core.keyed_rows import of_those
from partners.models import Activity, Offer, Partner
from partners.services import directory_changed
from tickets.models import Order, Ticket

from . import reasons
from .rows import lock, taken_up
from .undo import Part, Reasons, Undo, left


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
    def _stay(self) -> Reasons:
        """Organismes."""
        made = self.made(Partner)
        offers = of_those(Offer.objects, made, "partner", "pk")
        held = (partner for partner, offer in offers if offer in self._taken or offer not in self.made(Offer))
        return (
            taken_up(self.job, Partner, made)
            | dict.fromkeys(held, reasons.OF_OFFER)
            | self.gone_or_merged(Partner.objects, made)
        )

    @cached_property
    def _partners(self) -> set[int]:
        """Those that go."""
        return self.made(Partner) - self._stay.keys()

    @cached_property
    def _stay_offered(self) -> Reasons:
        """Offers: of organismes that stay though they were made, or that others were merged into."""
        of_partners = dict(of_those(Offer.objects, self.made(Offer), "pk", "partner"))
        merged = Partner.objects.exclude(merged_into=None)
        into = {*of_those(merged, {*of_partners.values()}, "merged_into")}
        made = self.made(Partner) - self._partners
        return (
            {offer: reasons.OF_PARTNER for offer, partner in of_partners.items() if partner in made}
            | {offer: reasons.MERGED for offer, partner in of_partners.items() if partner in into}
            | dict.fromkeys(self._taken, reasons.OF_TICKET)
            | dict.fromkeys(self.made(Offer) - of_partners.keys(), reasons.ERASED)
        )

    @property
    def _offers(self) -> set[int]:
        """Of organismes that go, and those that were added to others."""
        return self.made(Offer) - self._stay_offered.keys()

    @cached_property
    def _kept_activities(self) -> Reasons:
        made = self.made(Activity)
        offers = of_those(Offer.objects, made, "activity", "pk")
        going = self._offers
        offered = (activity for activity, offer in offers if offer not in going)
        return taken_up(self.job, Activity, made) | dict.fromkeys(offered, reasons.OFFERED)

    @property
    def _activities(self) -> set[int]:
        """Those that nobody offers any more."""
        return self.made(Activity) - self._kept_activities.keys()

    def rows(self) -> QuerySet[Partner]:
        return Partner.objects.standing()

    def going(self) -> list[tuple[type[Model], set[Any]]]:
        return [(Offer, self._offers), (Partner, self._partners), (Activity, self._activities)]

    def parts(self) -> Iterator[Part]:
        unlike = self.changed - self.columns.keys()
        why = taken_up(self.job, Partner, unlike) | self.gone_or_merged(Partner.objects, unlike)
        for part in (
            Part("Organismes créés", "organisme", "enlevé", Partner, len(self._partners), self._stay),
            Part(
                "Organismes modifiés",
                "modification",
                "rétabli",
                Partner,
                len(self.columns),
                left(unlike, why),
            ),
            Part("Offres ajoutées", "offre", "enlevée", Offer, len(self._offers), self._stay_offered),
            Part("Activités créées", "", "enlevée", Activity, len(self._activities), self._kept_activities),
        ):
            if part.count or part.stays:
                yield part

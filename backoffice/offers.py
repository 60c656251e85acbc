"""What organismes offer: found by name, edited on the page of its organisme."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Exists, Field, OuterRef, QuerySet
from django.http import HttpRequest

from backoffice.base.inputs import without_neighbours
from backoffice.base.read_only import ReadOnlyAdmin
from backoffice.base.rows import Rows
from backoffice.forms.offers import OfferForm, OfferFormSet
from partners.models import Offer
from tickets.models import Order, Ticket
from wallets.models import Kind


class OfferSelect(AutocompleteSelect):
    """Offers to choose one from; of a `kind` of wallet, once it is known."""

    PARAMETER = "porte-monnaie"
    kind = ""

    def get_url(self) -> str:
        return f"{super().get_url()}?{urlencode({self.PARAMETER: self.kind})}"


@admin.register(Offer)
class OfferAdmin(ReadOnlyAdmin):
    """Only to be found, by whoever marks a ticket as used: offers are edited with their organisme."""

    search_fields = ["partner__name", "partner__commune__name", "activity__name"]
    ordering = ["partner__name", "activity__name", "pk"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Offer]:
        """All of them; for who chooses one for a wallet, those that it pays for (`OfferSelect`)."""
        offers = super().get_queryset(request).select_related("partner__commune", "activity")
        kind = request.GET.get(OfferSelect.PARAMETER, "")
        return offers.filter(kind=kind) if kind in Kind.values else offers

    def has_module_permission(self, request: HttpRequest) -> bool:
        return False


class OfferInline(Rows):
    model = Offer
    form = OfferForm
    formset = OfferFormSet
    autocomplete_fields = ["activity"]
    extra = 0
    verbose_name_plural = (
        "activités (celle qui a des tickets ne se supprime pas\N{NO-BREAK SPACE}: donnez-lui une fin)"
    )

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:
        return without_neighbours(super().formfield_for_dbfield(db_field, request, **kwargs))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Offer]:
        has_orders = Exists(Order.objects.filter(offer=OuterRef("pk")))
        has_tickets = Exists(Ticket.objects.filter(offer=OuterRef("pk")))
        offers: QuerySet[Offer] = super().get_queryset(request).select_related("activity", "partner__commune")
        return offers.annotate(is_used=has_orders | has_tickets)

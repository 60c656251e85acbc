"""Organismes, as agents keep them."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Model, QuerySet, URLField
from django.forms import ModelForm
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from backoffice.acts.pages import ActsAdmin
from backoffice.base.titled import titled
from backoffice.exports.lists import ExportAdmin
from backoffice.forms.partners import PartnerForm
from core.money import euros
from partners.accesses import accesses
from partners.models import Partner
from partners.official_numbers import in_groups, searched
from partners.services import keep_former_names
from tickets.taken import taken_by
from wallets.models import Kind

from .acts import members, partners, payments
from .directory_words import DirectoryAdmin
from .offers import OfferInline


def _activities(partner: Partner, kind: Kind) -> str:
    """Those of today: what is exported comes back as it is."""
    today = timezone.localdate()
    current = (it for it in partner.offers.all() if it.kind == kind and not it.has_ended_on(today))
    return " | ".join(offer.activity.name for offer in current)


def _listed(partner_id: int, campaign_id: int) -> str:
    asked = {"offer__partner__id__exact": partner_id, "wallet__campaign__id__exact": campaign_id}
    return f"{reverse('admin:tickets_ticket_changelist')}?{urlencode(asked)}"


def _counted(number: int, amount: Decimal) -> str:
    return f"{number} ({euros(amount)})"


@admin.register(Partner)
class PartnerAdmin(DirectoryAdmin, ActsAdmin, ExportAdmin):
    list_display = ["name", "commune", "handicap", "affiliated_from", "affiliated_until"]
    list_select_related = ["commune"]
    list_filter = [("accessible", titled("handicap")), "commune"]
    search_fields = ["name", "merged__name", "former_names__name"]
    search_help_text = "Nom, SIRET, SIREN ou numéro RNA."
    inlines = [OfferInline]
    form = PartnerForm
    readonly_fields = ["formerly", "united", "taken", "members"]
    acts = [*members.ACTS, *payments.PARTNER, *partners.ACTS]
    imported_as = "organismes"
    export_name = "organismes"
    export_related = ("commune",)
    export_prefetched = ("offers__activity",)
    columns = {
        "Nom": lambda partner: partner.name,
        "SIRET": lambda partner: in_groups(partner.siret),
        "RNA": lambda partner: partner.rna,
        "Adresse": lambda partner: partner.address,
        "Code postal": lambda partner: partner.postcode,
        "Commune": lambda partner: partner.commune.name,
        "Code INSEE": lambda partner: partner.commune_id,
        "Téléphone": lambda partner: partner.phone,
        "E-mail": lambda partner: partner.email,
        "Site": lambda partner: partner.website,
        "Handicap": lambda partner: partner.accessible,
        "Activités Sport": lambda partner: _activities(partner, Kind.SPORT),
        "Activités Culture": lambda partner: _activities(partner, Kind.CULTURE),
        "Affilié depuis le": lambda partner: partner.affiliated_from,
        "Affilié jusqu’au": lambda partner: partner.affiliated_until,
    }
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Partner], search_term: str
    ) -> tuple[QuerySet[Partner], bool]:
        """Who was merged is found by its name and numbers too, as the one that it leads to."""
        standing = queryset.filter(merged_into=None)
        numbered = searched(search_term)
        if numbered is None:
            return super().get_search_results(request, standing, search_term)
        self.record_search(request, search_term)
        theirs = Partner.objects.filter(numbered).values_list("pk", "merged_into")
        return standing.filter(pk__in=[kept or pk for pk, kept in theirs]), False

    def save_changes(self, obj: Any, form: ModelForm, *along: str) -> None:
        if {"name", "commune"} & set(form.changed_data):
            keep_former_names([obj.pk])
        if {"latitude", "longitude"} & set(form.changed_data):
            # A position typed by an agent is not looked for again; one taken away is.
            obj.located_address = ""
            along = (*along, "located_address")
        super().save_changes(obj, form, *along)

    @admin.display(description="anciens noms", empty_value="–")
    def formerly(self, partner: Partner) -> str:
        """By which imports know it too."""
        names = partner.former_names.order_by("name") if partner.pk else []
        return ", ".join(str(one) for one in names if one.name != partner.name)

    @admin.display(description="ses tickets", empty_value="aucun")
    def taken(self, partner: Partner) -> str:
        """« Combien a-t-il reçu ? », by campaign."""
        lines = (
            (_listed(partner.pk, one.campaign_id), one.campaign, _counted(*one.used), _counted(*one.unused))
            for one in (taken_by(partner.pk) if partner.pk else ())
        )
        return format_html_join(
            mark_safe("<br>"), '<a href="{}">{}</a>\N{NO-BREAK SPACE}: utilisés {}, non utilisés {}', lines
        )

    @admin.display(description="accès", empty_value="aucun")
    def members(self, partner: Partner) -> str:
        """Who acts for it, and who is invited to."""
        lines = accesses(partner) if partner.pk else []
        return format_html_join(mark_safe("<br>"), "{}", ((words,) for _, words in lines))

    @admin.display(description="fusions", empty_value="–")
    def united(self, partner: Partner) -> str:
        """Where it leads to; or who leads to it."""
        if partner.merged_into:
            return format_html("fusionné dans {}", self._link(partner.merged_into))
        merged = partner.merged.order_by("name", "pk") if partner.pk else []
        links = format_html_join(", ", "{}", ((self._link(one),) for one in merged))
        return format_html("réunit aussi {}", links) if links else ""

    def _link(self, partner: Partner) -> str:
        page = reverse("admin:partners_partner_change", args=[partner.pk])
        return format_html('<a href="{}">{}</a>', page, partner)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        is_merged = isinstance(obj, Partner) and obj.merged_into_id is not None
        return super().has_change_permission(request, obj) and not is_merged

    @admin.display(description="handicap", boolean=True, ordering="accessible")
    def handicap(self, partner: Partner) -> bool:
        return partner.accessible

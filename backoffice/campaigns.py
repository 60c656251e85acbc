"""Campaigns, their dates and amounts."""

from dataclasses import replace
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from backoffice.acts.pages import ActsAdmin
from backoffice.forms.campaigns import CampaignForm
from wallets.models import Campaign

from .acts import campaigns, proposals


@admin.register(Campaign)
class CampaignAdmin(ActsAdmin):
    form = CampaignForm
    list_display = ["name", "opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]
    fieldsets = [
        (None, {"fields": ["name"]}),
        ("Dates", {"fields": ["opens_on", "last_ticket_on", "last_cancellation_on", "last_validation_on"]}),
        (
            "Dotations, en euros",
            {"fields": ["larger_share", "smaller_share", "supplement", "correction_ceiling"]},
        ),
        (
            "Tickets, en euros",
            {"fields": ["ticket_minimum", "ticket_step", "series_amount"]},
        ),
        ("Après un dernier jour", {"fields": ["late_cancellation", "late_use_days"]}),
    ]
    acts = campaigns.ACTS

    def get_fieldsets(self, request: HttpRequest, obj: Campaign | None = None) -> Any:
        """To be confirmed is only asked for once something was sent."""
        asked = [("À confirmer", {"fields": ["confirmed", "reason"]})] if request.method == "POST" else []
        return [*super().get_fieldsets(request, obj), *asked]

    def construct_change_message(
        self, request: HttpRequest, form: Any, formsets: Any, add: Any = None
    ) -> Any:
        """Why is told beside what changed; that it was confirmed goes without saying."""
        reason, _ = (form.cleaned_data.pop(name) for name in ("reason", "confirmed"))
        return replace(super().construct_change_message(request, form, formsets, add), reason=reason)

    def has_delete_permission(self, request: HttpRequest, obj: Campaign | None = None) -> bool:
        """One that has given nothing to nobody."""
        may = request.user.has_perm("wallets.run_campaign")
        return may and obj is not None and not obj.wallets.exists()

    def delete_model(self, request: HttpRequest, obj: Campaign) -> None:
        proposals.forget_about(obj)
        super().delete_model(request, obj)

"""The page of one organisme, open to everyone: to keep, to send, and where tickets and mails lead."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ..models import Partner
from ..reading import listed


@login_not_required
@require_safe
def partner(request: HttpRequest, partner_id: int) -> HttpResponse:
    """One that has left is still told of: tickets were made for it. One that is still to come is not."""
    today = timezone.localdate()
    partners = Partner.objects.using(settings.REPLICA).select_related("commune")
    found = get_object_or_404(partners, pk=partner_id, affiliated_from__lte=today)
    if found.merged_into_id:
        return redirect("partners:partner", found.merged_into_id, permanent=True)
    [shown] = listed([found], on=today, using=settings.REPLICA)
    context = {"listed": shown, "partner": found, "is_affiliated": found.is_affiliated_on(today)}
    return render(request, "partners/partner.html", context)

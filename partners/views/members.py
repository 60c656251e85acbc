"""What a manager decides about the members of its organisme."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms
from core.exceptions import Refusal

from .. import memberships
from ..access import Seat, for_sure_managers
from ..members_forms import RoleForm
from ..models import Membership, Role


@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def change_role(request: SignedInRequest, seat: Seat, membership_id: int) -> HttpResponse:
    member = _member_or_404(seat, membership_id)
    form = RoleForm(request.POST or None, initial={"role": member.role})
    if form.is_valid():
        role = Role(form.cleaned_data["role"])
        try:
            memberships.change_role(
                membership_id=member.pk, partner_id=seat.partner.pk, role=role, actor=request.user
            )
        except Refusal as refusal:
            form.add_error("role", refusal.told())
        else:
            messages.success(request, f"Le rôle de {member.name} est enregistré.")
            return redirect("partners:organisme", seat.partner.pk)
    context = {"seat": seat, "member": member, "form": form}
    return refused_forms.page(request, "partners/change_role.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def close(request: SignedInRequest, seat: Seat, membership_id: int) -> HttpResponse:
    """Closing one's own access leads out of the organisme."""
    member = _member_or_404(seat, membership_id)
    if request.method != "POST":
        return render(request, "partners/close_member.html", {"seat": seat, "member": member})
    try:
        memberships.close(membership_id=member.pk, partner_id=seat.partner.pk, actor=request.user)
    except Refusal as refusal:
        messages.error(request, refusal.told())
        return redirect("partners:organisme", seat.partner.pk)
    messages.success(request, f"L’accès de {member.name} est fermé.")
    if member.pk == seat.membership.pk:
        return redirect(settings.LOGIN_REDIRECT_URL)
    return redirect("partners:organisme", seat.partner.pk)


def _member_or_404(seat: Seat, membership_id: int) -> Membership:
    return get_object_or_404(Membership.objects.of(seat.partner).open(), pk=membership_id)

"""Inviting somebody to act for an organisme; sending it again, taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import SignedInRequest
from core import refused_forms, throttle
from core.exceptions import Refusal

from .. import invitations, throttle_policies
from ..access import Seat, for_sure_managers
from ..members_forms import InvitationForm
from ..models import Role


@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def invite(request: SignedInRequest, seat: Seat) -> HttpResponse:
    form = InvitationForm(request.POST or None, initial={"role": Role.COUNTER})
    if form.is_valid():
        throttle.count(throttle_policies.INVITATION, request, account=request.user.username)
        email, role = form.cleaned_data["email"], Role(form.cleaned_data["role"])
        try:
            invitations.invite(partner_id=seat.partner.pk, email=email, role=role, actor=request.user)
        except Refusal as refusal:
            form.add_error("email", refusal.told())
        else:
            messages.success(request, f"L’invitation est partie à {email}.")
            return redirect("partners:organisme", seat.partner.pk)
    return refused_forms.page(request, "partners/invite.html", {"seat": seat, "form": form})


@require_POST
@for_sure_managers
def send_again(request: SignedInRequest, seat: Seat, invitation_id: int) -> HttpResponse:
    throttle.count(throttle_policies.INVITATION, request, account=request.user.username)
    try:
        invitation = invitations.send_again(invitation_id=invitation_id, partner_id=seat.partner.pk)
    except Refusal as refusal:
        messages.error(request, refusal.told())
    else:
        told = f"L’invitation est repartie à {invitation.email}. Le lien d’avant ne sert plus."
        messages.success(request, told)
    return redirect("partners:organisme", seat.partner.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@for_sure_managers
def withdraw(request: SignedInRequest, seat: Seat, invitation_id: int) -> HttpResponse:
    invitation = get_object_or_404(seat.partner.invitations.pending(), pk=invitation_id)
    if request.method != "POST":
        return render(request, "partners/withdraw.html", {"seat": seat, "invitation": invitation})
    try:
        invitations.withdraw(invitation_id=invitation_id, partner_id=seat.partner.pk)
    except Refusal as refusal:
        messages.error(request, refusal.told())
    else:
        messages.success(request, f"L’invitation de {invitation.email} est retirée.")
    return redirect("partners:organisme", seat.partner.pk)

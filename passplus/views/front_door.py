from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.models import Beneficiary


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send each person home: a child to its account, a parent to the children, an agent to the admin."""
    if not request.user.is_authenticated:
        return redirect("accounts:login")
    if request.user.is_staff:
        return redirect("admin:index")
    own = Beneficiary.objects.accessible_to(request.user).filter(user=request.user).first()
    return redirect("tickets:home", own.public_id) if own else redirect("tickets:children")

"""What belongs to no single app: the front door, and the page of an expired form."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import requires_csrf_token
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


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form from yesterday's tab: say that nothing was done, and lead back to a fresh one."""
    referer = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(referer, {request.get_host()}, require_https=request.is_secure())
    return render(request, "403_csrf.html", {"return_url": referer if ours else "/"}, status=403)

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe


@login_not_required
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Send each person home: a child to its account, a parent to the children, an agent to the admin."""
    if not request.user.is_authenticated:
        return redirect("accounts:login")
    if request.user.is_staff:
        return redirect("admin:index")
    children = request.user.accessible_children
    own = [child for child in children if child.user_id == request.user.pk or len(children) == 1]
    return redirect("tickets:home", own[0].public_id) if own else redirect("tickets:children")

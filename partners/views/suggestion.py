"""« Mon organisme n’est pas dans la liste »."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import carrying
from core import refused_forms, throttle
from core.throttle_policy import HOUR, MINUTE, Limit, ThrottlePolicy

from ..suggestion_form import SuggestionForm

# A class may send one each; who sends hundreds ends up at one a minute.
SUGGESTION = ThrottlePolicy(
    "suggestion",
    network=Limit(free=40, first=MINUTE, longest=MINUTE, memory=MINUTE),
)


SUGGESTION_OF_ONE = ThrottlePolicy(
    "suggestion of one",
    account=Limit(free=10, first=HOUR, longest=HOUR, memory=HOUR),
    too_many="Trop d’organismes proposés",
)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: HttpRequest) -> HttpResponse:
    """« Mon organisme n’est pas dans la liste »."""
    known = {"name": request.GET.get("nom", ""), "contact": getattr(request.user, "email", "")}
    form = SuggestionForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            if request.user.is_authenticated:
                throttle.count(SUGGESTION_OF_ONE, request, account=request.user.username)
            throttle.count(SUGGESTION, request)
        except throttle.TooManyAttempts as refusal:
            form.add_error(None, refusal.sentence)
            return refused_forms.page(request, "partners/suggest.html", {"form": form}, refusal=refusal)
        form.save()
        return redirect(carrying(request, "partners:suggested"))
    return refused_forms.page(request, "partners/suggest.html", {"form": form})


@login_not_required
@require_safe
def suggested(request: HttpRequest) -> HttpResponse:
    return render(request, "partners/suggested.html")

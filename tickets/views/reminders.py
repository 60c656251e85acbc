"""« Ne plus recevoir ces rappels »: the link of the e-mail is enough, nobody has to log in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User

from .. import reminders


# A mail program posts by itself when its own button is pressed (RFC 8058): the link is all the proof.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_reminders(request: HttpRequest, token: str) -> HttpResponse:
    try:
        reader = reminders.reader_of(token)
    except User.DoesNotExist:
        return render(request, "tickets/stop_reminders.html", {"reader": None}, status=404)
    if request.method == "POST":
        reader.reminders = False
        reader.save(update_fields=["reminders"])
        # A person may load the page again; a mail program follows no redirection.
        if "List-Unsubscribe" not in request.POST:
            return redirect("tickets:stop_reminders", token)
    return render(request, "tickets/stop_reminders.html", {"reader": reader})

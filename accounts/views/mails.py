"""Which e-mails come: chosen in « Mes informations », or stopped from one of them."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from accounts import mail_choices

from ..access import SignedInRequest, carrying
from ..forms import MailChoicesForm
from ..models import User


@require_POST
def choose_mails(request: SignedInRequest) -> HttpResponse:
    form = MailChoicesForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    # Ticks alone: whatever is sent, each is there or not.
    form.full_clean()
    mail_choices.choose(account_ids=[request.user.pk], choices=form.choices())
    messages.success(request, "Votre choix d’e-mails est enregistré.")
    return redirect(carrying(request, "accounts:account"))


# A mail program posts by itself when its own button is pressed (RFC 8058): the link is all the proof.
@csrf_exempt
@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop_mails(request: HttpRequest, token: str) -> HttpResponse:
    """To look changes nothing; what was stopped is taken up again on the same page."""
    try:
        link = mail_choices.read_token(token)
    except User.DoesNotExist:
        return render(request, "accounts/stop_mails.html", {"link": None}, status=404)
    if request.method == "POST":
        link.turn(on="recevoir" in request.POST)
        # A person may load the page again; a mail program follows no redirection.
        if "List-Unsubscribe" not in request.POST:
            return redirect("accounts:stop_mails", token)
    return render(request, "accounts/stop_mails.html", {"link": link})

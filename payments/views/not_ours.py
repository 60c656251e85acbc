"""« Ce n'est pas nous »: the link of the e-mails about an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.access import keep_address
from accounts.exceptions import LinkOutOfUse
from payments.bank_accounts import links, stopping


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def not_ours(request: HttpRequest, token: str) -> HttpResponse:
    """To look changes nothing: mail servers look at links before people do."""
    try:
        if request.method == "POST":
            stopping.freeze_by_link(token=token)
            return keep_address(redirect(request.path))
        account = links.account_of(token)
    except LinkOutOfUse:
        return render(request, "payments/not_ours.html", {"account": None}, status=404)
    return keep_address(render(request, "payments/not_ours.html", {"account": account}))

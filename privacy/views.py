"""« Mes données »: the data held about somebody, to read and to download."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from accounts.access import SignedInRequest
from core import throttle
from core.throttle_policy import MINUTE, Limit, ThrottlePolicy

from .my_data import archive

MY_DATA = ThrottlePolicy(
    "my data",
    account=Limit(free=3, first=20 * MINUTE, longest=20 * MINUTE, memory=20 * MINUTE),
    too_many="Trop de téléchargements de vos données",
)


@require_safe
def download_my_data(request: SignedInRequest) -> HttpResponse:
    """Everything held about the person who asks, and the children it acts for, made at once."""
    throttle.count(MY_DATA, request, account=request.user.username)
    headers = {"Content-Disposition": 'attachment; filename="mes-donnees-pass-plus.zip"'}
    return HttpResponse(
        archive.make(user_id=request.user.pk), content_type="application/zip", headers=headers
    )

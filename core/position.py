"""Where a visitor is, kept by their own browser for a while: no address, log or table holds it.

« Autour de moi » sends it by POST and is answered by a redirect, so that reload, « Back » and the next
page are ordinary pages: they find it in a sealed cookie.
"""

import datetime as dt
import json

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from core import sealing

# In degrees, latitude first.
Position = tuple[float, float]
# In the address of a list that is sorted by it.
PARAMETER = "autour_de_moi"
KEPT_FOR = dt.timedelta(minutes=20)
PURPOSE = "position"


def remember(response: HttpResponseBase, position: Position) -> None:
    response.set_cookie(
        settings.POSITION_COOKIE_NAME,
        sealing.seal(json.dumps(position).encode(), purpose=PURPOSE),
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponseBase) -> None:
    response.delete_cookie(settings.POSITION_COOKIE_NAME, samesite="Lax")


def of(request: HttpRequest) -> Position | None:
    """None once it is forgotten."""
    try:
        sealed = sealing.unseal(request.COOKIES.get(settings.POSITION_COOKIE_NAME, ""), purpose=PURPOSE)
    except sealing.NotSealed:
        return None
    latitude, longitude = json.loads(sealed)
    return latitude, longitude

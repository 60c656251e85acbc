"""« Photographier »: one ticket of a picture is confirmed as if it were typed, several are as a list is."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from accounts.access import SignedInRequest
from core import refused_forms, throttle
from core.exceptions import Refusal
from partners.access import Seat, seat_or_404

from ... import throttle_policies
from ...counter import looking, looking_at_many, photos
from ...counter.forms import PhotoForm
from ...models import Way
from . import front, many


@require_http_methods(["GET", "HEAD", "POST"])
def photograph(request: SignedInRequest, partner_id: int) -> HttpResponse:
    seat = seat_or_404(request, partner_id)
    form = PhotoForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        throttle.count(throttle_policies.PHOTO, request, account=request.user.username)
        try:
            return _found(request, seat, form.cleaned_data["picture"].read())
        except Refusal as refusal:
            form.add_error("picture", refusal.told())
    return refused_forms.page(request, "tickets/counter/photograph.html", {"seat": seat, "form": form})


def _found(request: SignedInRequest, seat: Seat, content: bytes) -> HttpResponse:
    """Raises Refusal."""
    written = photos.tickets_on(content)
    if len(written) == 1:
        seen = looking.look(written[0].text, partner=seat.partner, actor=request.user)
        return front.to_confirm(request, seen, Way.PHOTO, seat.partner.pk)
    looked = looking_at_many.look(written, partner=seat.partner, actor=request.user)
    return many.verdicts(request, seat, looked, many.use_form(seat, looked, Way.PHOTO))

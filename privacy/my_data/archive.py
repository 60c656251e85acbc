import datetime as dt
import io
import json
import zipfile
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone

from accounts.models import User

from .document import draw
from .held import held


class LocalTimes(DjangoJSONEncoder):
    """Times as in the PDF and on the screens, with their offset."""

    def default(self, o: Any) -> Any:
        if isinstance(o, dt.datetime):
            return timezone.localtime(o).isoformat(timespec="seconds")
        return super().default(o)


def make(*, user_id: int) -> bytes:
    """The ZIP. Reads much and draws a PDF, so never inside a transaction. Raises PenTaken."""
    data = held(User.objects.get(pk=user_id))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        written = json.dumps(data, cls=LocalTimes, ensure_ascii=False, indent=2)
        files.writestr("mes-donnees.json", written)
        files.writestr("mes-donnees.pdf", draw(data))
    return packed.getvalue()

import io
import json
import zipfile

from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User

from .document import draw
from .held import held


def make(*, user_id: int) -> bytes:
    """The ZIP. Reads much and draws a PDF, so never inside a transaction. Raises PenTaken."""
    data = held(User.objects.get(pk=user_id))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        written = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        files.writestr("mes-donnees.json", written)
        files.writestr("mes-donnees.pdf", draw(data))
    return packed.getvalue()

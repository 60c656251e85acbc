import datetime as dt
import json
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders

from .findings import Wrong


def check() -> str:
    remedy = "lancez manage.py collectstatic --noinput"
    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        raise Wrong(f"rien n’est rassemblé dans {settings.STATIC_ROOT}", remedy)
    collected = json.loads(manifest.read_text())["paths"]
    made = dt.datetime.fromtimestamp(manifest.stat().st_mtime, dt.UTC)
    for finder in get_finders():
        for path, storage in finder.list(None):
            name = str(Path(getattr(storage, "prefix", None) or "", path))
            if name not in collected or storage.get_modified_time(path) > made:
                raise Wrong(f"{name} a changé depuis", remedy)
    return f"{len(collected)} rassemblés"

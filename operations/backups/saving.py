import datetime as dt
import hashlib
import json
import os
from pathlib import Path

from django.utils import timezone

from . import signatures
from .dump import encrypted_dump, snapshot_of_now
from .manifests import NAME, holdings, manifest_of
from .programs import require, require_sound_keys


def make(*, directory: Path, keys: list[str]) -> Path:
    """Return the copy, which is complete or is not there. Raises BackupRefused."""
    require("pg_dump", "age")
    require_sound_keys()
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    copy = directory / timezone.now().astimezone(dt.UTC).strftime(f"{NAME}.age")
    part = copy.with_suffix(".part")
    try:
        with snapshot_of_now() as snapshot, os.fdopen(_create(part), "wb") as file:
            holds = holdings()
            digest = hashlib.sha256()
            for piece in encrypted_dump(snapshot, keys):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        # Its name is signed too: an old copy must not pass for the newest.
        told = {"copy": copy.name, "sha256": digest.hexdigest(), "bytes": part.stat().st_size, "holds": holds}
        manifest = told | signatures.sign(told)
        manifest_of(copy).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
        part.rename(copy)
    except BaseException:
        part.unlink(missing_ok=True)
        manifest_of(copy).unlink(missing_ok=True)
        raise
    return copy


def _create(path: Path) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)

import os
import shutil

import pytest
from django.core.management import call_command

from operations.doctor import static_files

from .faults import wrong


@pytest.fixture
def collected(settings, tmp_path):
    settings.STATIC_ROOT = str(tmp_path / "static")
    # One file is enough to ask: to compress them all takes ten seconds.
    sources = tmp_path / "sources"
    (sources / "css").mkdir(parents=True)
    shutil.copy(settings.BASE_DIR / "static/css/pass.css", sources / "css")
    settings.STATICFILES_DIRS = [sources]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    def collect():
        call_command("collectstatic", interactive=False, verbosity=0)
        return tmp_path / "static" / "staticfiles.json"

    return collect


@pytest.mark.any_database
def test_static_files(collected):
    with wrong("rien n’est rassemblé", "collectstatic"):
        static_files.check()

    manifest = collected()
    assert "rassemblés" in static_files.check()

    whole = manifest.read_text()
    manifest.write_text(whole.replace('"css/pass.css"', '"css/old.css"'))
    with wrong("css/pass.css a changé depuis", "collectstatic"):
        static_files.check()

    manifest.write_text(whole)
    os.utime(manifest, (0, 0))
    with wrong("a changé depuis", "collectstatic"):
        static_files.check()

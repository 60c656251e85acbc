"""The shell of a site of ours, for what no visitor can do, or not in a moment."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from demo import trial


def shell(directory: Path, command: str) -> str:
    """What this prints, on the database that lies there."""
    done = subprocess.run(  # noqa: S603 – our own command
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", command],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DEBUG": "true",
            # What it signs is for the server to read.
            "SECRET_KEY": trial.SECRET_KEY,
            "DATABASE_URL": f"sqlite:///{directory / trial.DATABASE}",
        },
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return done.stdout

#!/usr/bin/env python
"""Django's command line for Pass+."""

import os
import sys

if __name__ == "__main__":
    from passplus import databases

    # Before the settings: the limits at the database are those of this kind of process.
    databases.current = databases.process_of(sys.argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "passplus.settings")
    from django.apps import apps
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as trouble:
        # Of a setting: the sentence says which one, and where. Anything else keeps its traceback.
        if settings.configured:
            raise
        sys.exit(str(trouble))
    # Whoever failed has left by an exception; whoever only tried has done nothing.
    if apps.ready and len(sys.argv) > 1 and "--dry-run" not in sys.argv:
        from operations import runs

        runs.note(sys.argv[1])

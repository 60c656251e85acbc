"""Retention: `manage.py purge`, by the KEEP_… settings."""

"""What is forgotten, and when: `manage.py purge`, by the KEEP_… settings."""

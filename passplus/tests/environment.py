"""What the settings need to be read for a test, before any conftest; loaded by pytest.ini."""

import os

os.environ.setdefault("SECRET_KEY", "of-no-use-outside-the-tests")
os.environ.setdefault("SITE_URL", "https://pass.example")
os.environ.setdefault("EMAIL_URL", "memorymail://")

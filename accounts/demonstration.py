"""The accounts of the demonstration, which a production must not have."""

# What their identifiants end with.
ENDING = ".test"
# Printed in the README; `manage.py demo` refuses to run in production.
PASSWORD = "demo-passplus-92"  # noqa: S105

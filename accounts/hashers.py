"""The password hasher."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2id(Argon2PasswordHasher):
    """Argon2id at 46 MiB and one pass, one of OWASP's equivalent settings.

    Django's own asks for 100 MiB a login: on the first of September that is what runs out first.
    """

    time_cost = 1
    memory_cost = 46 * 1024
    parallelism = 1

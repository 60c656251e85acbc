"""What the logs leave out: a page that fails is told by its address, and some addresses open something."""

import logging
from typing import Any

# The arguments of addresses that open something: a ticket, an account, a new password.
SECRETS = ("code", "token")


class WithoutSecrets(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        secrets = [match.kwargs[name] for name in SECRETS if name in match.kwargs] if match else []
        if secrets and isinstance(record.args, tuple):
            record.args = tuple(_without(secrets, argument) for argument in record.args)
        return True


def _without(secrets: list[str], argument: Any) -> Any:
    if isinstance(argument, str):
        for secret in secrets:
            argument = argument.replace(secret, "…")
    return argument

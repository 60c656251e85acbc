from django.apps import AppConfig
from django.core.checks import register


class OperationsConfig(AppConfig):
    name = "operations"

    def ready(self) -> None:
        from .deployment import check_database  # noqa: PLC0415 – the settings are read by now

        register(check_database, deploy=True)

from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "backoffice"
    verbose_name = "Imports"

    def ready(self) -> None:
        from privacy import free_texts  # noqa: PLC0415 – the models are there by now
        from privacy.retention import schedule  # noqa: PLC0415

        from .imports import forgetting  # noqa: PLC0415

        schedule.register(forgetting.SWEEP)
        free_texts.register(forgetting.in_reports)

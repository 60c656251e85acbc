from django.apps import AppConfig


class BackofficeConfig(AppConfig):
    name = "backoffice"
    verbose_name = "Imports"

    def ready(self) -> None:
        from privacy import retention, texts  # noqa: PLC0415 – the models are there by now

        from .imports import forgetting  # noqa: PLC0415

        retention.register(forgetting.SWEEP)
        texts.register(forgetting.in_reports)

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "privacy"

    def ready(self) -> None:
        from . import application_texts, free_texts, payment_texts  # noqa: PLC0415 – the models are there by now

        free_texts.register(payment_texts.forget)
        free_texts.register(application_texts.forget)

from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Comptes"

    def import_models(self) -> None:
        super().import_models()
        import_module("accounts.audit")
        import_module("accounts.proposals")
        import_module("accounts.security_log")

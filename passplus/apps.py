from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.core.checks import register


class PassplusConfig(AppConfig):
    """The project itself as an app: what serves every other one."""

    default = True
    name = "passplus"
    verbose_name = "Imports et e-mails"

    def ready(self) -> None:
        from .brand import check_logo  # noqa: PLC0415 – the settings are read by now

        register(check_logo)


class AdministrationConfig(admin.AdminConfig):
    """Django's admin, behind a second factor."""

    default = False
    default_site = "passplus.admin_site.Administration"

from importlib import import_module

from django.apps import AppConfig
from django.conf import settings
from django.contrib.admin import apps as admin
from django.core.checks import register

from operations import logs


class PassplusConfig(AppConfig):
    """The project itself as an app: what serves every other one."""

    default = True
    name = "passplus"
    verbose_name = "Imports et e-mails"

    def ready(self) -> None:
        from core.brand import check_logo  # noqa: PLC0415 – the settings are read by now

        register(check_logo)
        if not settings.DEBUG:
            logs.speak_for_commands()
        if settings.SENTRY_DSN:
            from operations import sentry  # noqa: PLC0415 – it takes time and memory, for who wants it

            sentry.start(settings.SENTRY_DSN)


class AdministrationConfig(admin.SimpleAdminConfig):
    """Django's admin, behind a second factor.

    It shows what `backoffice.admin` registers, and nothing that a library would like to show: a secret that
    somebody can read is nobody's second factor.
    """

    default = False
    default_site = "backoffice.site.Administration"

    def ready(self) -> None:
        super().ready()
        import_module("backoffice.admin")

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


class AdministrationConfig(admin.AdminConfig):
    """Django's admin, behind a second factor."""

    default = False
    default_site = "backoffice.site.Administration"

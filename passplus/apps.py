from django.apps import AppConfig


class PassplusConfig(AppConfig):
    """The project itself as an app: what serves every other one."""

    name = "passplus"

from django.apps import AppConfig
from django.db.backends.signals import connection_created


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "E-mails et fichiers préparés"

    def ready(self) -> None:
        from .folded import teach  # noqa: PLC0415 – once the models may be imported

        connection_created.connect(teach, dispatch_uid="core.folded")

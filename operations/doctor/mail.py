from contextlib import closing
from smtplib import SMTPAuthenticationError

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend
from post_office.settings import get_backend

from .findings import Wrong


def check() -> str:
    """Up to the identification: nothing is sent."""
    server = get_connection(get_backend())
    if not isinstance(server, EmailBackend):
        raise Wrong(
            "EMAIL_URL n’est pas un serveur : aucun e-mail ne part", "donnez smtp+tls://… (.env.example)"
        )
    where = f"{server.host}:{server.port}"
    try:
        with closing(server):
            server.open()
    except SMTPAuthenticationError as refused:
        raise Wrong(
            f"{where} refuse l’identifiant ou le mot de passe", "corrigez EMAIL_URL (%XX pour les signes)"
        ) from refused
    except OSError as silence:
        raise Wrong(
            f"{where} ne répond pas ({type(silence).__name__})", "corrigez EMAIL_URL, ou ouvrez le pare-feu"
        ) from silence
    return f"{where} répond"

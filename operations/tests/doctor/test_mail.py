import pytest

from operations.doctor import mail

from .faults import wrong
from .servers import NOBODY, listening


@pytest.fixture
def mail_server(settings):
    """`mail_server(port)`: the settings lead there."""

    def lead(port):
        settings.POST_OFFICE = settings.POST_OFFICE | {
            "BACKENDS": {"default": "django.core.mail.backends.smtp.EmailBackend"}
        }
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "passplus", "secret"
        settings.EMAIL_TIMEOUT = 5

    return lead


def smtp(*, knows_us):
    def talk(stream):
        stream.wfile.write(b"220 mail.example\r\n")
        while line := stream.rfile.readline():
            answers = {b"EHLO": b"250-mail.example\r\n250 AUTH PLAIN", b"QUIT": b"221 bye"}
            login = b"235 welcome" if knows_us else b"535 unknown"
            stream.wfile.write(answers.get(line[:4].upper(), login) + b"\r\n")

    return talk


def test_a_mail_server_that_answers(mail_server):
    with listening(smtp(knows_us=True)) as port:
        mail_server(port)
        assert mail.check() == f"127.0.0.1:{port} répond"


def test_a_mail_server_that_does_not_know_us(mail_server):
    with listening(smtp(knows_us=False)) as port:
        mail_server(port)
        with wrong("refuse l’identifiant", "EMAIL_URL"):
            mail.check()


def test_a_mail_server_that_is_away(mail_server):
    mail_server(NOBODY)
    with wrong("127.0.0.1:9 ne répond pas (ConnectionRefusedError)", "EMAIL_URL"):
        mail.check()


def test_no_mail_server(settings):
    settings.POST_OFFICE = settings.POST_OFFICE | {
        "BACKENDS": {"default": "django.core.mail.backends.console.EmailBackend"}
    }
    with wrong("aucun e-mail ne part", "smtp+tls"):
        mail.check()

from operations.doctor import help_contacts

from .faults import wrong

THEIRS = {"help_email": "aide@departement.fr", "help_phone": "01 47 29 30 31"}


def test_a_help_line_that_nobody_answers(settings):
    settings.DEBUG = False
    made_up = settings.BRAND
    for theirs in ({}, {"help_email": THEIRS["help_email"]}, {"help_phone": THEIRS["help_phone"]}):
        settings.BRAND = made_up | theirs
        with wrong("personne ne répond", "brand.toml"):
            help_contacts.check()
    settings.BRAND = made_up | THEIRS
    assert help_contacts.check() == "aide@departement.fr, 01 47 29 30 31"
    settings.DEBUG, settings.BRAND = True, made_up
    assert "démonstration" in help_contacts.check()


def test_an_address_that_is_none(settings):
    settings.BRAND = settings.BRAND | THEIRS | {"help_email": "aide@departement"}
    with wrong("n’est pas une adresse", "brand.toml"):
        help_contacts.check()

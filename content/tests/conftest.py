"""Questions of the help to look for."""

import pytest

from content.models import Audience, HelpTopic

from .factories import make_topic


@pytest.fixture
def topics():
    HelpTopic.objects.all().delete()
    return [
        make_topic("J’ai perdu un ticket", "Imprimez-le de nouveau."),
        make_topic("Je n’ai pas d’imprimante", "Montrez le ticket sur un téléphone.", Audience.PUPILS),
        make_topic("Un cœur", "Sœur & « frère »."),
        make_topic("Combien ?", "Jusqu’au **{dernier_ticket}**, au {territoire}.", Audience.PARTNERS),
    ]

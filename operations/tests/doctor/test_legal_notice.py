import pytest

from content.models import Page, PageKey
from operations.doctor import legal_notice

from .faults import wrong


@pytest.mark.django_db
def test_a_legal_notice_that_names_nobody():
    """family.md 46: families read that the département would complete it."""
    with wrong("ne nomment ni le directeur", "complétez la page"):
        legal_notice.check()

    Page.objects.filter(key=PageKey.LEGAL).update(body="Directrice de la publication : C. MARTIN.")
    assert legal_notice.check() == "complétées"

import datetime as dt

import pytest

from core.throttle import TooManyAttempts

pytestmark = pytest.mark.any_database


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.2, "1 seconde"),
        (9.5, "10 secondes"),
        (59, "59 secondes"),
        (60, "1 minute"),
        (61, "2 minutes"),
        (900, "15 minutes"),
    ],
)
def test_how_it_is_said(seconds, said):
    refusal = TooManyAttempts(dt.timedelta(seconds=seconds))

    assert refusal.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
        f"Trop d’essais. Attendez {said}, puis recommencez."
    )

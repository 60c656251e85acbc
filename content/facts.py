"""What texts do not type but name between braces, such as {dernier_ticket}: dates, amounts, how to reach us.

This app knows none of them: the project gives them (`CONTENT_FACTS`), as they are today.
"""

import re
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

BRACES = re.compile(r"\{([^{}\n]*)\}")
NBSP = "\N{NO-BREAK SPACE}"

Facts = Mapping[str, str]


def known() -> Facts:
    """Each name with what it stands for today."""
    facts: Facts = import_string(settings.CONTENT_FACTS)()
    return facts


def only_known(text: str) -> None:
    """The validator of a text: raises ValidationError for a name that stands for nothing."""
    facts = known()
    wrong = [name for name in BRACES.findall(text) if name not in facts]
    if wrong:
        said = ", ".join(f"{{{name}}}" for name in dict.fromkeys(wrong))
        possible = ", ".join(f"{{{name}}}" for name in facts)
        raise ValidationError(
            f"On ne peut pas remplacer {said}. Les noms possibles entre accolades sont{NBSP}: {possible}."
        )

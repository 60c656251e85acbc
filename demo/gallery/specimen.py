from dataclasses import dataclass
from typing import Any, cast

from django.template import engines
from django.template.backends.jinja2 import Jinja2 as JinjaTemplates
from django.utils.safestring import SafeString, mark_safe


@dataclass(frozen=True)
class Specimen:
    """One component in one state."""

    component: str
    state: str
    context: dict[str, Any]

    @property
    def html(self) -> SafeString:
        """A component is the macro of its file, which bears its name."""
        file = cast(JinjaTemplates, engines["jinja2"]).env.get_template(f"components/{self.component}.html")
        drawn: str = getattr(file.module, self.component)(**self.context)
        return mark_safe(drawn)  # noqa: S308 – escaped by it

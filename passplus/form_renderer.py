from typing import Any, ClassVar

from django.forms.renderers import Jinja2
from django.template import TemplateDoesNotExist, loader


class FormRenderer(Jinja2):
    """Draws the inputs of forms by the templates that Django has for Jinja2; the admin's own have none."""

    ours: ClassVar[dict[str, str]] = {"django/forms/widgets/select.html": "forms/select.html"}

    def get_template(self, template_name: str) -> Any:
        if template_name in self.ours:
            return loader.get_template(self.ours[template_name])
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return loader.get_template(template_name)

"""A filter of a list, called otherwise than its field."""

from typing import Any

from django.contrib import admin


def titled(
    title: str, kind: type[admin.FieldListFilter] = admin.BooleanFieldListFilter
) -> type[admin.FieldListFilter]:
    class Titled(kind):  # type: ignore[misc, valid-type]
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.title = title

    return Titled

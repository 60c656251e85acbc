"""What a browser would send of a form that a page shows, untouched."""

from typing import Any

import html5lib

Fields = dict[str, list[str]]


def filled(page: str, form_id: str) -> Fields:
    document: Any = html5lib.parse(page, namespaceHTMLElements=False)
    form = document.find(f".//form[@id='{form_id}']")
    fields: Fields = {}
    for control in form.iter():
        if control.tag in {"input", "select", "textarea"} and (name := control.get("name")):
            # Browsers send line breaks so, whatever the control.
            sent = [value.replace("\n", "\r\n") for value in _values(control)]
            fields.setdefault(name, []).extend(sent)
    return fields


def _values(control: Any) -> list[str]:
    if control.tag == "textarea":
        return [control.text or ""]
    if control.tag == "select":
        options = control.findall(".//option")
        chosen = [it for it in options if it.get("selected") is not None]
        if not chosen and control.get("multiple") is None:
            chosen = options[:1]
        return [option.get("value", option.text) for option in chosen]
    if control.get("type") in {"submit", "button", "file"}:
        return []
    if control.get("type") in {"checkbox", "radio"} and control.get("checked") is None:
        return []
    return [control.get("value", "on" if control.get("type") == "checkbox" else "")]

"""The form by which a family sends papers: photographs or PDFs, several at once."""

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from core.money import NBSP
from core.papers.formats import PDF_WITHIN, format_of
from core.papers.sentences import EMPTY, LARGEST, NOT_A_PAPER, TOO_LARGE

from .exceptions import MOST_PAPERS, NoPaper, TooManyPapers

# Bytes of all of them together: a form is a little larger.
LARGEST_OF_ALL = 20_000_000
TOO_LARGE_TOGETHER = (
    f"Ces fichiers sont trop lourds ensemble{NBSP}: {LARGEST_OF_ALL // 1_000_000}{NBSP}Mo au plus."
)


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True


class PapersField(forms.FileField):
    """Its value is the bytes of each. What is plainly no paper is refused at once, unopened."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[bytes]:
        files: Sequence[UploadedFile] = data or []
        if not files:
            raise forms.ValidationError(NoPaper.sentence, code="required")
        if len(files) > MOST_PAPERS:
            raise forms.ValidationError(TooManyPapers.sentence, code="too_many")
        if sum(file.size or 0 for file in files) > LARGEST_OF_ALL:
            raise forms.ValidationError(TOO_LARGE_TOGETHER, code="too_large")
        return [_content(file) for file in files]


def _content(file: UploadedFile) -> bytes:
    content: bytes = file.read()
    for is_wrong, sentence in (
        (not content, EMPTY),
        (len(content) > LARGEST, TOO_LARGE),
        (format_of(content[: PDF_WITHIN + 8]) is None, NOT_A_PAPER),
    ):
        if is_wrong:
            raise forms.ValidationError(f"{file.name}{NBSP}: {sentence}")
    return content


class PapersForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    papers = PapersField(
        label=f"Photos ou PDF{NBSP}:",
        widget=SeveralFiles({"accept": "image/*,application/pdf"}),
        help_text=f"{MOST_PAPERS}{NBSP}fichiers au plus, {LARGEST // 1_000_000}{NBSP}Mo chacun.",
    )

    @property
    def said(self) -> dict[str, Any]:
        """What the family says beside the papers, by column."""
        return {name: said for name, said in self.cleaned_data.items() if name not in ("papers", "key")}

"""The form that brings a file."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from backoffice.models import Import, Sort
from core.spreadsheet_files.reading import LARGEST_FILE


class ImportForm(forms.ModelForm):
    file = forms.FileField(
        label="Fichier", help_text="XLSX, XLSM, XLS, ODS ou CSV. Rien n’est écrit avant que vous l’ayez relu."
    )

    class Meta:
        model = Import
        fields = ["sort", "file", "is_complete"]

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise ValidationError(
                f"Ce fichier dépasse {LARGEST_FILE // 1_000_000} Mo. Coupez-le en plusieurs."
            )
        return file

    def clean(self) -> dict[str, Any] | None:
        if self.cleaned_data.get("is_complete") and self.cleaned_data.get("sort") == Sort.DIRECTORY:
            self.add_error(
                "is_complete", "Seulement pour les élèves\N{NO-BREAK SPACE}: un organisme ne s’enlève pas."
            )
        return self.cleaned_data

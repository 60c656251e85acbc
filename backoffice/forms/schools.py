"""A collège typed by an agent: its codes are read as those of a file."""

from django import forms

from accounts.models import School
from accounts.school_codes import read_uai, uai_written
from core.forms import ReferenceField, typed_formfield
from partners.communes import read_insee_code


class UaiField(ReferenceField):
    read = staticmethod(uai_written)


class SchoolForm(forms.ModelForm):
    """What a form does not change stays as it is, however old."""

    class Meta:
        model = School
        fields = ["uai", "name", "insee_code"]
        formfield_callback = typed_formfield
        field_classes = {"uai": UaiField}

    def clean_uai(self) -> str:
        code: str = self.cleaned_data["uai"]
        return read_uai(code) if "uai" in self.changed_data else code

    def clean_insee_code(self) -> str:
        code: str = self.cleaned_data["insee_code"]
        return read_insee_code(code) if "insee_code" in self.changed_data else code

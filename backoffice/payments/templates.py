"""The layout that a finance software takes, with its first lines as they would be."""

from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from backoffice.base.model_admin import BaseAdmin
from backoffice.base.rows import Rows
from core.exceptions import Refusal
from core.forms import LineField
from core.merging import MergingForm
from payments.files import templates
from payments.models import Batch, BatchState, FileColumn, FileTemplate


class ColumnForm(MergingForm):
    class Meta:
        model = FileColumn
        fields = ["position", "header", "source", "constant", "format", "width"]
        field_classes = {"header": LineField, "constant": LineField}
        # Six columns side by side.
        widgets = {name: forms.TextInput(attrs={"size": 10}) for name in ("header", "constant")}


class ColumnFormSet(BaseInlineFormSet):
    def clean(self) -> None:
        """A template that says no sum is not kept."""
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form not in self.deleted_forms and form.has_changed()]
        unchanged = [form for form in self.initial_forms if not form.has_changed()]
        try:
            templates.check(self.instance, [form.instance for form in [*kept, *unchanged]])
        except Refusal as refusal:
            raise ValidationError(refusal.told()) from refusal


class ColumnInline(Rows):
    """Whoever may change a template may change its columns."""

    model = FileColumn
    form = ColumnForm
    formset = ColumnFormSet
    extra = 3

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.view_filetemplate")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.change_filetemplate")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.change_filetemplate")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("payments.change_filetemplate")


class TemplateForm(forms.ModelForm):
    used = forms.BooleanField(
        label="Utilisé pour les lots",
        required=False,
        help_text="Un seul modèle l’est. Les lots dont les fichiers sont faits gardent les leurs.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["used"].initial = self.instance.is_current


@admin.register(FileTemplate)
class FileTemplateAdmin(BaseAdmin):
    form = TemplateForm
    list_display = ("name", "is_current", "layout", "encoding", "line_per")
    fields = (
        *("name", "used", "layout", "delimiter", "encoding", "decimal", "line_per", "has_header", "preview"),
    )
    readonly_fields = ("preview",)
    inlines = (ColumnInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        super().save_related(request, form, formsets, change)
        if form.cleaned_data["used"]:
            templates.choose(template_id=form.instance.pk)
        elif form.instance.is_current:
            templates.choose_none()

    @admin.display(description="aperçu", empty_value="–")
    def preview(self, template: FileTemplate) -> SafeString | str:
        """Of the last batch, as the saved columns make it; IBANs are masked."""
        unsaid = [BatchState.PREPARING, BatchState.DROPPED]
        batch = Batch.objects.exclude(state__in=unsaid).order_by("-number").first()
        if template.pk is None or batch is None:
            return (
                "Enregistrez le modèle\N{NO-BREAK SPACE}: il montre ici les premières lignes du dernier lot."
            )
        try:
            return format_html(
                "<pre>{}</pre>", templates.preview(template, list(template.columns.all()), batch)
            )
        except Refusal as refusal:
            return refusal.sentence

"""Who signed which version of the convention, and the attestation of it."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from applications import archives, attestation_views
from applications.models import Signature
from backoffice.base.kept_filter import kept
from backoffice.base.read_only import ReadOnlyAdmin

DOWNLOAD = "applications_signature_attestation"


@admin.register(Signature)
class SignatureAdmin(ReadOnlyAdmin):
    list_display = ("organisme", "siret", "convention", "name", "capacity", "signed_at", "countersigned_by")
    list_select_related = ("convention", "countersignature")
    list_filter = ("convention", kept(archives.due))
    search_fields = ("organisme", "siret", "name")
    ordering = ("-pk",)
    fields = readonly_fields = (
        *("organisme", "siret", "convention", "name", "capacity", "email", "declared"),
        *("code_sent_at", "signed_at", "countersigned_by", "text_sha256", "code_digest", "paper"),
    )

    @admin.display(description="contresignée par")
    def countersigned_by(self, signature: Signature) -> str:
        return str(getattr(signature, "countersignature", "–"))

    @admin.display(description="attestation")
    def paper(self, signature: Signature) -> SafeString:
        return format_html('<a href="{}">PDF</a>', reverse(f"admin:{DOWNLOAD}", args=[signature.pk]))

    def get_urls(self) -> list[URLPattern]:
        download = path(
            "<path:object_id>/attestation/", self.admin_site.admin_view(self.download), name=DOWNLOAD
        )
        return [download, *super().get_urls()]

    @method_decorator(require_safe)
    def download(self, request: HttpRequest, object_id: str) -> HttpResponse:
        signature: Any = self.get_object(request, object_id)
        if signature is None or not self.has_view_permission(request):
            raise Http404
        page = reverse("admin:applications_signature_change", args=[signature.pk])
        return attestation_views.download(request, signature, page)

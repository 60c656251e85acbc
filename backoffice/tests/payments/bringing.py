"""Returns as an agent brings them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

ADD = "/admin/payments/returnfile/add/"


def send(client, batch, content, name="retour.csv"):
    return client.post(ADD, {"batch": batch.pk, "file": SimpleUploadedFile(name, content)}, follow=True)


def page_of(file):
    return reverse("admin:payments_returnfile_change", args=[file.pk])

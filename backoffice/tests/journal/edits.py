"""The form of a row is sent with what an agent changed."""

from django.urls import reverse

from accounts.audit import AuditEntry

JOURNAL = "/admin/accounts/auditentry/"


def page_of(row):
    return reverse(f"admin:{row._meta.label_lower.replace('.', '_')}_change", args=[row.pk])


def edit(client, row, **said):
    """Send the form of a row as its page has it, but for what is said."""
    page = client.get(page_of(row))
    form = page.context["adminform"].form
    sent = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        sent |= {f"{inline.formset.prefix}-{name}": value for name, value in management.initial.items()}
        for one in inline.formset.forms:
            if one.instance.pk:
                sent |= {one.add_prefix(name): one[name].value() for name in one.fields}
    sent = {name: value for name, value in (sent | said).items() if value is not None and value is not False}
    response = client.post(page_of(row), sent)
    assert response.status_code == 302, response.context["errors"]
    return AuditEntry.objects.order_by("pk").last()

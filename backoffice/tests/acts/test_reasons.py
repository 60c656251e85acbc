"""Why an act was done is kept whole: PostgreSQL refuses what is longer than its column."""

from django.apps import apps
from django.db.models import CharField

from backoffice.acts.forms import ReasonForm

ROOMS = ("accounts", "tickets", "payments", "backoffice")
# Each has a field of its own in its form.
ASKED_APART = {"foreign_reason", "sharing_reason"}
COLUMNS = {
    str(field): vars(field)["max_length"]
    for room in ROOMS
    for model in apps.get_app_config(room).get_models()
    for field in model._meta.concrete_fields
    if isinstance(field, CharField) and field.name.endswith("reason") and field.name not in ASKED_APART
}


def test_each_column_takes_what_the_form_lets_be_typed():
    longest = vars(ReasonForm.base_fields["reason"])["max_length"]

    assert len(COLUMNS) >= 6
    assert {name: length for name, length in COLUMNS.items() if length < longest} == {}

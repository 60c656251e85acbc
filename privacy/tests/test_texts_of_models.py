"""Every text of every table is known, so that a model of tomorrow cannot be forgotten."""

import pytest
from django.apps import apps
from django.db import models

from .texts_of_models import ABOUT_NOBODY, ABOUT_PEOPLE

pytestmark = pytest.mark.django_db
TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)


def texts_of(model):
    return {field.name for field in model._meta.local_fields if isinstance(field, TEXTS)}


@pytest.mark.parametrize("model", apps.get_models(), ids=lambda model: model._meta.label)
def test_it_is_known_of_each_text_whether_it_is_about_people(model):
    planted = ABOUT_PEOPLE.get(model, set())

    assert planted <= texts_of(model)
    assert planted == texts_of(model) or model._meta.label in ABOUT_NOBODY

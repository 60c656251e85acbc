"""What staff set of applications: the sentences that families read, and what they are promised."""

from django.contrib import admin

from applications.models import Reason, Rules
from backoffice.base.model_admin import BaseAdmin
from backoffice.base.one_row import OneRowAdmin


@admin.register(Reason)
class ReasonAdmin(BaseAdmin):
    list_display = ("text", "kind", "use")
    list_filter = ("kind", "use")


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    pass

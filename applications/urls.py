from django.urls import path

from . import views

app_name = "applications"

SCHOLARSHIP = "beneficiaires/<public_id:public_id>/loisirs/bourse/<number:campaign_id>/"

urlpatterns = [
    path(SCHOLARSHIP, views.scholarship, name="scholarship"),
    path(f"{SCHOLARSHIP}retirer/", views.withdraw, name="withdraw"),
]

from django.urls import path

from . import enrolment_views, views

app_name = "applications"

SCHOLARSHIP = "beneficiaires/<public_id:public_id>/loisirs/bourse/<number:campaign_id>/"

urlpatterns = [
    path(SCHOLARSHIP, views.scholarship, name="scholarship"),
    path("inscriptions/nouvelle/", enrolment_views.enrol, name="enrol"),
    path("inscriptions/<number:number>/", enrolment_views.enrolment, name="enrolment"),
    path("inscriptions/<number:number>/retirer/", enrolment_views.withdraw, name="withdraw_enrolment"),
    path(f"{SCHOLARSHIP}retirer/", views.withdraw, name="withdraw"),
]

from django.urls import path

from . import change_views, enrolment_views, views

app_name = "applications"

SCHOOL = "beneficiaires/<public_id:public_id>/college/"
SCHOLARSHIP = "beneficiaires/<public_id:public_id>/loisirs/bourse/<number:campaign_id>/"

urlpatterns = [
    path(SCHOLARSHIP, views.scholarship, name="scholarship"),
    path(SCHOOL, change_views.school, name="school"),
    path(f"{SCHOOL}retirer/", change_views.withdraw_school, name="withdraw_school"),
    path("inscriptions/nouvelle/", enrolment_views.enrol, name="enrol"),
    path("inscriptions/<number:number>/", enrolment_views.enrolment, name="enrolment"),
    path("inscriptions/<number:number>/retirer/", enrolment_views.withdraw, name="withdraw_enrolment"),
    path(f"{SCHOLARSHIP}retirer/", views.withdraw, name="withdraw"),
]

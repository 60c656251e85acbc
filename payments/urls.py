from django.urls import URLPattern, URLResolver, include, path

from .views import cut_offs, payments

app_name = "payments"

of_a_payment = [
    path("", payments.payment, name="payment"),
    path("etat/", payments.statement, name="statement"),
    path("tickets/<str:kind>/", payments.download, name="download"),
]

of_an_organisme: list[URLPattern | URLResolver] = [
    path("paiements/", payments.payments, name="payments"),
    path("paiements/calendrier/", cut_offs.cut_offs, name="cut_offs"),
    path("paiements/calendrier/fichier/", cut_offs.as_file, name="calendar"),
    path("paiements/<number:payment_id>/", include(of_a_payment)),
]

urlpatterns = [path("organismes/<number:partner_id>/", include(of_an_organisme))]

"""A family, those around it, agents; and where each address of the resolver leads in their world."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django_otp import DEVICE_ID_SESSION_KEY

from accounts import email_change, links, signing_up
from accounts.links import Channel
from accounts.mail_choices import MailKind, token_for
from accounts.models import Beneficiary, Telephone, User
from applications import inviting
from partners import invitations
from payments.bank_accounts import links as bank_account_links
from tickets.models import Ticket

from . import rights

# Hers alone: where it stands on a page, that page is about her.
FIRST_NAME, LAST_NAME = "Zénaïde-Secrète", "DE L’ATTAQUE"


@dataclass
class World:
    people: dict[str, User]
    child: Beneficiary
    ticket: Ticket
    rows: dict[str, Any]
    # To make one takes as long as to answer a small page.
    known: dict[str, str] = field(default_factory=dict)

    def address(self, route: str) -> str:
        """A real one: whoever may gets an answer."""
        if route not in self.known:
            self.known[route] = self._special(route) or self._plain(route)
        return self.known[route]

    def _plain(self, route: str) -> str:
        path = route
        model = route.removeprefix("admin/").split("/<path:")[0]
        for name, value in {
            "<public_id:public_id>": self.child.public_id,
            "<number:campaign_id>": self.ticket.wallet.campaign_id,
            "<number:wallet_id>": self.ticket.wallet_id,
            "<number:partner_id>": self.rows["partners/partner"].pk,
            "<number:number>": self.ticket.number,
            "<uuid:key>": self.ticket.order_id,
            "<number:payment_id>": self.rows["payment"].pk,
            "<number:use_id>": self.rows["use"].pk,
            "<number:membership_id>": self.rows["membership"].pk,
            "<number:invitation_id>": self.rows["invitation"].pk,
            "<number:account_id>": self.rows["payments/bankaccount"].pk,
            "<number:paper_id>": self.rows["paper"].pk,
            "<str:code>": self.ticket.code,
            "<openid:key>": "franceconnect",
            "<slug:slug>": self.rows["content/article"].slug,
            "<path:object_id>": self.rows[model].pk if model in self.rows else "",
            "<str:kind>": "csv",
            "<str:day>": "2026-11-29",
            "<str:sort>": "eleves",
            "<str:model>": "import",
            "<path:rest>": "add/",
        }.items():
            path = path.replace(name, str(value))
        assert not {"<", "("} & set(path), f"no address is known for {route}"
        query = f"?ticket={self.ticket.number}" if path.endswith("/impression/") else ""
        return f"/{path}{query}"

    def _special(self, route: str) -> str | None:
        """Of those that take more than a row of the world."""
        newcomer, guardian = self.rows["newcomer"], self.people[rights.GUARDIAN]
        article = self.rows["content/article"]
        kind = ContentType.objects.get_for_model(article)
        invitation = invitations.path(self.rows["invitation"])
        guardian_invitation = inviting.path(self.rows["other guardian"])
        paths = {
            "invitation/<str:token>/": invitation,
            "invitation/<str:token>/nouveau-compte/": f"{invitation}nouveau-compte/",
            "responsable/<str:token>/": guardian_invitation,
            "responsable/<str:token>/nouveau-compte/": f"{guardian_invitation}nouveau-compte/",
            "accueil/premiere-connexion/<str:username>/<str:code>/": links.access_path(
                newcomer, Channel.HAND
            ),
            "accueil/nouveau-mot-de-passe/<uidb64>/<token>/": links.password_path(newcomer, Channel.HAND),
            "accueil/pas-encore-inscrit/<str:token>/": signing_up.path(self.rows["sign up"]),
            "inscriptions/<number:number>/": reverse(
                "applications:enrolment", args=[self.rows["enrolment"].pk]
            ),
            "inscriptions/<number:number>/retirer/": reverse(
                "applications:withdraw_enrolment", args=[self.rows["enrolment"].pk]
            ),
            **{
                f"candidatures/<number:number>/{rest}": f"/candidatures/{self.rows['candidacy'].pk}/{rest}"
                for rest in ("", "papiers/", "fiche/", "retirer/")
            },
            **{
                f"candidatures/<number:number>/{rest}": f"/candidatures/{self.rows['signing'].pk}/{rest}"
                for rest in ("convention/", "convention/code/", "convention/attestation/")
            },
            "mon-compte/e-mail/<str:token>/": email_change.confirm_path(self.rows["email change"]),
            "mon-compte/e-mail/ce-n-est-pas-moi/<str:token>/": email_change.refuse_path(
                self.rows["email change"]
            ),
            "e-mails/<str:token>/": reverse(
                "accounts:stop_mails", args=[token_for([guardian.pk], *MailKind)]
            ),
            "rappels/<str:token>/": f"/rappels/{token_for([guardian.pk], *MailKind)}/",
            "compte-bancaire/ce-n-est-pas-nous/<str:token>/": bank_account_links.path(
                self.rows["payments/bankaccount"]
            ),
            "T/<str:code>/": reverse("tickets:scan", args=[self.ticket.code]),
            "admin/autocomplete/": "/admin/autocomplete/?app_label=accounts&model_name=beneficiary"
            "&field_name=school",
            "admin/r/<path:content_type_id>/<path:object_id>/": f"/admin/r/{kind.pk}/{article.pk}/",
            "admin/(?P<url>.*)$": "/admin/nulle-part/",
            "admin/^<app_label>/$": "/admin/tickets/",
        }
        return paths.get(route)

    @property
    def email_token(self) -> str:
        return email_change.confirm_path(self.rows["email change"]).split("/")[-2]

    def client(self, persona: str) -> Client:
        """In whose browser; the agents have given their second factor, but for one."""
        client = Client(raise_request_exception=False)
        if persona == rights.ANONYMOUS:
            return client
        user = self.people[persona]
        client.force_login(user)
        if persona in rights.SURE:
            session = client.session
            session[DEVICE_ID_SESSION_KEY] = Telephone.objects.get(user=user).persistent_id
            session.save()
        # Not the first visit, which is noted: else each of a thousand pages, taken back, would note it anew.
        client.head("/")
        return client

"""What a family asks for, or an organisme."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import Beneficiary, User
from accounts.models.child import acts_as_a_family
from partners.models import Membership, Partner, Role
from wallets.models import Campaign

# From the decision on, how long its papers and what was said beside them are kept.
KEPT_FOR = dt.timedelta(days=60)


class ApplicationKind(models.TextChoices):
    SCHOLARSHIP = "scholarship", "supplément boursier"
    ENROLMENT = "enrolment", "inscription"
    SCHOOL = "school", "changement de collège"
    GUARDIAN = "guardian", "autre responsable légal"
    AFFILIATION = "affiliation", "affiliation"
    SHEET = "sheet", "changement de fiche"


# As a sentence goes on after « votre demande ».
ASKS_FOR = {
    ApplicationKind.SCHOLARSHIP: "de supplément boursier",
    ApplicationKind.ENROLMENT: "d’inscription",
    ApplicationKind.SCHOOL: "de changement de collège",
    ApplicationKind.GUARDIAN: "d’un autre responsable légal",
    ApplicationKind.AFFILIATION: "d’affiliation",
    ApplicationKind.SHEET: "de changement de fiche",
}
# The name of the row that says what is asked, beside the papers.
SAID = {
    ApplicationKind.ENROLMENT: "newcomer",
    ApplicationKind.SCHOOL: "new_school",
    ApplicationKind.GUARDIAN: "other_guardian",
    ApplicationKind.AFFILIATION: "candidacy",
    ApplicationKind.SHEET: "new_sheet",
}
# Which ask for a change of a child that is there.
CHANGING_KINDS = (ApplicationKind.SCHOOL, ApplicationKind.GUARDIAN)
# Which are of no child, and of no campaign.
KINDS_OF_AN_ORGANISME = (ApplicationKind.AFFILIATION, ApplicationKind.SHEET)


class ApplicationState(models.TextChoices):
    SENT = "sent", "à lire"
    INCOMPLETE = "incomplete", "à compléter"
    ACCEPTED = "accepted", "accordée"
    REFUSED = "refused", "refusée"
    WITHDRAWN = "withdrawn", "retirée"


# An agent or the family has something to do.
OPEN_STATES = (ApplicationState.SENT, ApplicationState.INCOMPLETE)
# It was granted, or may be.
LIVING_STATES = (*OPEN_STATES, ApplicationState.ACCEPTED)
DECIDED_STATES = (ApplicationState.ACCEPTED, ApplicationState.REFUSED)
# What says why.
EXPLAINED_STATES = (ApplicationState.INCOMPLETE, ApplicationState.REFUSED)
# An agent who takes one up has it for so long.
CLAIMED_FOR = dt.timedelta(minutes=15)


def _actor(label: str, **options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        editable=False,
        related_name="+",
        verbose_name=label,
        **options,
    )


class ApplicationQuerySet(models.QuerySet["Application"]):
    def accessible_to(self, user: User) -> Self:
        """Of the children it guards, not the child itself: papers tell what a household earns. And the
        enrolments that it sent: who else asked for a child is no parent's to know.
        """
        return self.followed_by(user.pk) if acts_as_a_family(user) else self.none()

    def followed_by(self, user_id: Any) -> Self:
        """The same, of an account that acts as a family.

        By their numbers: an « or » over two tables would read every application.
        """
        guarded = Beneficiary.objects.around(user_id).filter(guardianships__user=user_id)
        of_children = Application.objects.filter(beneficiary__in=guarded.values("pk"))
        of_children = of_children.exclude(kind=ApplicationKind.ENROLMENT).order_by()
        enrolments = Application.objects.enrolments_from(user_id).order_by()
        return self.filter(pk__in=of_children.values("pk").union(enrolments.values("pk")))

    def enrolments_of(self, user: User) -> Self:
        """That it sent, or an account that was merged into it."""
        return self.enrolments_from(user.pk) if acts_as_a_family(user) else self.none()

    def enrolments_from(self, user_id: Any) -> Self:
        """The same, of an account that acts as a family."""
        senders = User.objects.filter(Q(pk=user_id) | Q(merged_into=user_id))
        return self.filter(kind=ApplicationKind.ENROLMENT, sent_by__in=senders.values("pk"))

    def waiting(self) -> Self:
        """For an agent, the oldest first."""
        return self.filter(state=ApplicationState.SENT).order_by("waiting_since", "number")

    def free_for(self, agent: User) -> Self:
        """That no other agent has taken up of late."""
        lately = timezone.now() - CLAIMED_FOR
        return self.filter(Q(claimed_by=None) | Q(claimed_by=agent) | Q(claimed_at__lte=lately))


class Application(models.Model):
    """For one child and one campaign; or of an organisme, for neither. `reason` is what
    who asks reads of why it is incomplete or refused.

    Of an enrolment the child is nobody yet: the family says who it is (`Newcomer`), and it has no
    `beneficiary` before it is accepted, but for a child that its guardian enrols again. `child_key` is a
    digest of who it is said to be.
    What an organisme says of itself is a `Candidacy`, and it has a `partner` once it is accepted; one that is
    affiliated asks for a `NewSheet`, without papers.

    `waiting_since` is when it came to whoever has something to do: what was completed waits anew.
    """

    number = models.BigAutoField("numéro", primary_key=True)
    # The form's, so that the same form sent twice asks once.
    key = models.UUIDField("clé", unique=True, editable=False)
    kind = models.CharField("objet", max_length=11, choices=ApplicationKind)
    beneficiary = models.ForeignKey(
        Beneficiary, models.PROTECT, null=True, related_name="applications", verbose_name="enfant"
    )
    child_key = models.CharField("empreinte de l’enfant", max_length=64, blank=True, editable=False)
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, related_name="+", verbose_name="campagne"
    )
    partner = models.ForeignKey(
        Partner, models.PROTECT, null=True, related_name="+", verbose_name="organisme"
    )
    state = models.CharField("état", max_length=10, choices=ApplicationState, default=ApplicationState.SENT)
    sent_by = _actor("déposée par")
    sent_at = models.DateTimeField("déposée le", default=timezone.now, editable=False)
    waiting_since = models.DateTimeField("attend depuis", default=timezone.now, editable=False)
    claimed_by = _actor("prise par", null=True)
    claimed_at = models.DateTimeField("prise le", null=True, editable=False)
    decided_by = _actor("décidée par", null=True)
    decided_at = models.DateTimeField("décidée le", null=True, editable=False)
    reason = models.CharField("motif", max_length=700, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = "demande"
        ordering = ["-number"]
        default_permissions = ("view",)
        permissions = [("decide_application", "Peut lire les papiers et décider des demandes")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=ApplicationState.values), name="applications_application_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ApplicationKind.values), name="applications_application_kind_is_known"
            ),
            # What is granted is not asked for again, nor twice at once.
            models.UniqueConstraint(
                fields=["beneficiary", "campaign", "kind"],
                # Two parents may each be enrolled with the child that they share.
                condition=Q(state__in=LIVING_STATES, kind=ApplicationKind.SCHOLARSHIP),
                name="applications_application_one_living",
            ),
            models.UniqueConstraint(
                fields=["beneficiary", "kind"],
                condition=Q(state__in=OPEN_STATES) & ~Q(kind=ApplicationKind.SCHOLARSHIP),
                name="applications_application_one_open",
            ),
            models.UniqueConstraint(
                fields=["sent_by", "campaign", "child_key"],
                condition=Q(state__in=LIVING_STATES) & ~Q(child_key=""),
                name="applications_application_one_living_enrolment",
            ),
            models.CheckConstraint(
                condition=Q(kind=ApplicationKind.ENROLMENT)
                | Q(
                    kind__in=[
                        ApplicationKind.SCHOLARSHIP,
                        ApplicationKind.SCHOOL,
                        ApplicationKind.GUARDIAN,
                    ],
                    child_key="",
                    beneficiary__isnull=False,
                )
                | Q(kind__in=KINDS_OF_AN_ORGANISME, child_key="", beneficiary=None),
                name="applications_application_of_a_child",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=KINDS_OF_AN_ORGANISME, campaign=None)
                | (~Q(kind__in=KINDS_OF_AN_ORGANISME) & Q(campaign__isnull=False)),
                name="applications_application_of_a_campaign_but_an_organisme",
            ),
            models.CheckConstraint(
                condition=~Q(state=ApplicationState.ACCEPTED)
                | Q(beneficiary__isnull=False)
                | Q(partner__isnull=False),
                name="applications_application_accepted_means_of_somebody",
            ),
            models.CheckConstraint(
                condition=(Q(partner=None) & ~Q(kind=ApplicationKind.SHEET))
                | Q(kind=ApplicationKind.AFFILIATION, state=ApplicationState.ACCEPTED)
                | Q(kind=ApplicationKind.SHEET, partner__isnull=False),
                name="applications_application_partner_means_affiliated",
            ),
            # It has no papers to complete.
            models.CheckConstraint(
                condition=~Q(kind=ApplicationKind.SHEET, state=ApplicationState.INCOMPLETE),
                name="applications_application_sheet_is_complete",
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(kind=ApplicationKind.SHEET, state__in=OPEN_STATES),
                name="applications_application_one_open_sheet",
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECIDED_STATES, decided_at__isnull=False, decided_by__isnull=False)
                | (~Q(state__in=DECIDED_STATES) & Q(decided_at=None, decided_by=None)),
                name="applications_application_decided_means_dated_and_signed",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EXPLAINED_STATES) ^ Q(reason=""),
                name="applications_application_explained_where_it_must_be",
            ),
            models.CheckConstraint(
                condition=Q(claimed_by=None, claimed_at=None)
                | Q(claimed_by__isnull=False, claimed_at__isnull=False),
                name="applications_application_claimed_means_dated",
            ),
        ]
        indexes = [
            models.Index(
                fields=["waiting_since", "number"],
                condition=Q(state=ApplicationState.SENT),
                name="applications_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"Demande n°\N{NO-BREAK SPACE}{self.number}"

    @property
    def concerns(self) -> str:
        """How the journal says which child it is about; of one that is nobody yet, who asks."""
        return self.beneficiary.concerns if self.beneficiary else self.sent_by.concerns

    @property
    def is_enrolment(self) -> bool:
        return self.kind == ApplicationKind.ENROLMENT

    @property
    def is_scholarship(self) -> bool:
        return self.kind == ApplicationKind.SCHOLARSHIP

    @property
    def is_affiliation(self) -> bool:
        return self.kind == ApplicationKind.AFFILIATION

    @property
    def is_of_a_sheet(self) -> bool:
        return self.kind == ApplicationKind.SHEET

    @property
    def takes_papers(self) -> bool:
        return not self.is_of_a_sheet

    @property
    def asks_for(self) -> str:
        return ASKS_FOR[ApplicationKind(self.kind)]

    @property
    def said(self) -> models.Model | None:
        """What was written beside the papers, until that is forgotten; for a scholarship nothing."""
        return getattr(self, SAID.get(ApplicationKind(self.kind), ""), None)

    @property
    def child_name(self) -> str:
        """Of the child as it is known, else as its family says, until that is forgotten. Of an organisme the
        same.
        """
        if self.kind in KINDS_OF_AN_ORGANISME:
            return str(self.partner or getattr(self, "candidacy", None) or "organisme effacé")
        if self.beneficiary:
            return str(self.beneficiary)
        newcomer = getattr(self, "newcomer", None)
        return str(newcomer) if newcomer else "enfant effacé"

    def may_be_answered_by(self, user: User) -> bool:
        """Completed or withdrawn: by who sent it, or by another guardian once that one is none any more; of a
        sheet, by each manager.
        """
        if self.is_of_a_sheet:
            managers = Membership.objects.open().filter(role=Role.MANAGER, partner=self.partner_id)
            return managers.filter(user=user).exists()
        sender = self.sent_by.merged_into_id or self.sent_by_id
        if self.is_enrolment or not self.beneficiary:
            return user.pk == sender
        return user.pk == sender or not self.beneficiary.guardianships.filter(user=sender).exists()

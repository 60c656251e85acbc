"""The bank accounts that organismes are paid on."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from .actors import actor


class AccountState(models.TextChoices):
    ASKED = "asked", "à vérifier"
    CALLED = "called", "vérifié, à confirmer"
    CONFIRMED = "active", "confirmé"
    FROZEN = "frozen", "bloqué"
    REFUSED = "refused", "refusé"
    # Another one has long been paid instead: its IBAN is erased.
    REPLACED = "replaced", "remplacé"


STOPPED_STATES = [AccountState.FROZEN, AccountState.REFUSED, AccountState.REPLACED]


class BankAccountQuerySet(models.QuerySet["BankAccount"]):
    def pending(self) -> Self:
        """To be called back about, or to be confirmed."""
        return self.filter(state__in=[AccountState.ASKED, AccountState.CALLED])

    def in_force(self, day: dt.date) -> Self:
        """Those that may be paid on that day; of one organisme, the one that began last."""
        return self.filter(state=AccountState.CONFIRMED, active_from__lte=day)


class BankAccount(models.Model):
    """One account of one organisme. Asked for, checked by calling back, confirmed by another agent, then used
    from `active_from` on. The IBAN is encrypted; its digest finds the same one elsewhere.
    """

    partner = models.ForeignKey(
        "partners.Partner", models.PROTECT, related_name="bank_accounts", verbose_name="organisme"
    )
    holder = models.CharField("titulaire", max_length=70, help_text="Comme la banque l’écrit.")
    sealed_iban = models.TextField("IBAN chiffré", blank=True, editable=False)
    digest = models.CharField("empreinte", max_length=64, db_index=True, editable=False)
    country = models.CharField("pays", max_length=2, editable=False)
    last4 = models.CharField("quatre derniers chiffres", max_length=4, editable=False)
    bic = models.CharField("BIC", max_length=11, blank=True, editable=False)
    state = models.CharField("état", max_length=8, choices=AccountState, default=AccountState.ASKED)
    asked_by = actor("demandé par")
    asked_at = models.DateTimeField("demandé le", default=timezone.now, editable=False)
    # A foreign account, or one that two organismes share, takes an agent's reason.
    foreign_reason = models.CharField("motif d’un compte étranger", max_length=200, blank=True)
    sharing_reason = models.CharField("motif d’un compte partagé", max_length=200, blank=True)
    called_number = models.CharField("numéro rappelé", max_length=20, blank=True, editable=False)
    called_person = models.CharField("personne jointe", max_length=120, blank=True, editable=False)
    called_by = actor("vérifié par", null=True)
    called_at = models.DateTimeField("vérifié le", null=True, editable=False)
    confirmed_by = actor("confirmé par", null=True)
    confirmed_at = models.DateTimeField("confirmé le", null=True, editable=False)
    active_from = models.DateField("utilisé à partir du", null=True, editable=False)
    # By a link of an e-mail, nobody is known.
    stopped_by = actor("bloqué ou refusé par", null=True)
    stopped_at = models.DateTimeField("bloqué ou refusé le", null=True, editable=False)
    stop_reason = models.CharField("motif", max_length=300, blank=True, editable=False)

    objects = BankAccountQuerySet.as_manager()

    class Meta:
        verbose_name = "compte bancaire"
        verbose_name_plural = "comptes bancaires"
        ordering = ["-pk"]
        default_permissions = ("view",)
        permissions = [
            ("read_iban", "Peut lire un IBAN entier"),
            ("verify_account", "Peut vérifier et confirmer un compte bancaire"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AccountState.values), name="payments_account_state_is_known"
            ),
            models.UniqueConstraint(
                fields=["partner"],
                condition=Q(state__in=[AccountState.ASKED, AccountState.CALLED]),
                name="payments_account_one_pending",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("called_by")),
                name="payments_account_confirmed_by_another",
            ),
            models.CheckConstraint(
                name="payments_account_confirmed_means_checked_and_dated",
                condition=~Q(state=AccountState.CONFIRMED)
                | Q(
                    called_at__isnull=False,
                    called_by__isnull=False,
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    active_from__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="payments_account_stopped_means_dated",
                condition=Q(state__in=STOPPED_STATES) ^ Q(stopped_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.masked

    @property
    def masked(self) -> str:
        """« FR76 •••• 4567 »; the country alone stands for its first letters."""
        return f"{self.country} •••• {self.last4}"


class AccountReading(models.Model):
    """Who read a whole IBAN, and where; or all those of a file of a batch."""

    account = models.ForeignKey(
        BankAccount, models.PROTECT, null=True, related_name="readings", verbose_name="compte bancaire"
    )
    file = models.ForeignKey(
        "BatchFile", models.PROTECT, null=True, related_name="readings", verbose_name="fichier"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="lu par"
    )
    where = models.CharField("où", max_length=120)
    read_at = models.DateTimeField("lu le", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "lecture d’IBAN"
        verbose_name_plural = "lectures d’IBAN"
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.CheckConstraint(
                condition=Q(account=None) ^ Q(file=None), name="payments_reading_of_an_account_or_a_file"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account or self.file}, {self.where}"

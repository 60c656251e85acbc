"""Spreadsheets that agents bring, from there to what came of each."""

import datetime as dt

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class Sort(models.TextChoices):
    DIRECTORY = "organismes", "Organismes et leurs activités"
    ROSTER = "eleves", "Élèves, responsables légaux et comptes"


class Stage(models.TextChoices):
    """Where an import is. First a task compares it, then an agent reads what it would do."""

    RECEIVED = "received", "en lecture"
    UNMAPPED = "unmapped", "à relier"
    READY = "ready", "à relire"
    PROPOSED = "proposed", "attend un second agent"
    CONFIRMED = "confirmed", "à faire"
    RUNNING = "running", "en cours"
    DONE = "done", "fait"
    UNDOING = "undoing", "en cours d’annulation"
    UNDONE = "undone", "annulé"
    PARTLY = "partly", "rétabli en partie"
    REFUSED = "refused", "refusé"
    ABANDONED = "abandoned", "abandonné"


# Somebody confirmed it.
AGREED = (Stage.CONFIRMED, Stage.RUNNING, Stage.DONE, Stage.UNDOING, Stage.UNDONE, Stage.PARTLY)
# It is the worker's turn.
BUSY = (Stage.RECEIVED, Stage.CONFIRMED, Stage.RUNNING, Stage.UNDOING)
# An agent may say which columns are which: the file is there, and nobody has agreed to what it would do.
MAPPABLE = (Stage.UNMAPPED, Stage.READY)


class Import(models.Model):
    """A spreadsheet that an agent brings, from there to what came of it. The file is never served."""

    sort = models.CharField("liste", max_length=10, choices=Sort)
    is_complete = models.BooleanField(
        "c’est la liste complète de l’année",
        default=False,
        help_text="Qui n’est pas dans le fichier n’est plus inscrit. Pour les élèves seulement.",
    )
    name = models.CharField("fichier", max_length=120, editable=False)
    # Emptied once it is done: names and addresses have no second place.
    content = models.BinaryField("contenu", editable=False)
    # As a CSV that may be corrected and brought again; forgotten after a week.
    refused_lines = models.BinaryField("lignes refusées", default=b"", db_default=b"", editable=False)
    stage = models.CharField("étape", max_length=9, choices=Stage, default=Stage.RECEIVED, editable=False)
    rows_done = models.PositiveIntegerField("lignes faites", default=0, editable=False)
    rows = models.PositiveIntegerField("lignes", default=0, editable=False)
    # Of its plan, then of what was done (backoffice.imports.plans.Plan.report).
    report = models.JSONField("compte rendu", default=dict, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="apporté par", editable=False
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="lancé par",
        editable=False,
    )
    # Who read it first, where a second agent must.
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="proposé par",
        editable=False,
    )
    # Of the plan that is read (backoffice.imports.plans.Plan.fingerprint): another one is not done.
    fingerprint = models.CharField("empreinte", max_length=64, blank=True, editable=False)
    # How often an agent chose for its lines: what is confirmed is what was read and chosen.
    choices_made = models.PositiveIntegerField("choix faits", default=0, db_default=0, editable=False)
    reason = models.CharField("motif", max_length=300, blank=True, editable=False)
    # Nothing reads it since the queue counts them itself; the former release still writes it.
    attempts = models.PositiveSmallIntegerField("essais", default=0, editable=False)
    created_at = models.DateTimeField("reçu le", default=timezone.now, editable=False)
    # When the worker last said that it is there.
    seen_at = models.DateTimeField("vu le", default=timezone.now, editable=False)

    class Meta:
        # It keeps the table of where it was first.
        db_table = "passplus_import"
        verbose_name = "import"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="passplus_import_sort_is_known"),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="passplus_import_stage_is_known"
            ),
            # One at a time, whatever it is of: the second one waits.
            models.UniqueConstraint(
                fields=["stage"], condition=Q(stage=Stage.RUNNING), name="passplus_import_one_runs"
            ),
            models.CheckConstraint(
                condition=~Q(stage__in=AGREED) | Q(confirmed_by__isnull=False),
                name="passplus_import_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(stage=Stage.PROPOSED) | Q(proposed_by__isnull=False),
                name="passplus_import_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(proposed_by=None) | Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="passplus_import_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(rows_done__lte=F("rows")), name="passplus_import_rows_done_of_rows"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_waiting(self) -> bool:
        """Whether it is the worker's turn."""
        return self.stage in BUSY

    @property
    def may_be_mapped(self) -> bool:
        return self.stage in MAPPABLE

    @property
    def is_forgotten(self) -> bool:
        """Whether its worker should have said something by now."""
        return self.is_waiting and self.seen_at < timezone.now() - dt.timedelta(minutes=2)


class Verdict(models.TextChoices):
    """What comes of a line. The values stand in the addresses of the page."""

    REFUSED = "refuse", "refusé"
    CREATED = "cree", "créé"
    CHANGED = "modifie", "modifié"
    LEFT = "laisse", "laissé"
    UNCHANGED = "inchange", "inchangé"


class Choice(models.TextChoices):
    """What an agent says of a line that makes somebody who is like somebody else."""

    NONE = "", "rien à choisir"
    WAITING = "waiting", "à choisir"
    CREATE = "create", "c’est quelqu’un d’autre"
    LEAVE = "leave", "c’est le même"
    UPDATE = "update", "c’est le même, mis à jour"


class Contacts(models.TextChoices):
    """Another e-mail address or telephone of a known guardian: written where an agent asks for it."""

    NONE = "", "rien de nouveau"
    OFFERED = "offered", "proposées"
    ASKED = "asked", "demandées"
    WRITTEN = "written", "écrites"
    RETURNING = "return", "à remettre"
    RETURNED = "returned", "remises"


class ImportLine(models.Model):
    """A line of the file: what it would do, what an agent chose for it, then what it did."""

    job = models.ForeignKey(Import, models.CASCADE, related_name="lines", verbose_name="import")
    number = models.PositiveIntegerField("ligne")
    verdict = models.CharField("verdict", max_length=8, choices=Verdict)
    name = models.CharField("nom", max_length=300, blank=True)
    # Why it is refused; else what it changes, or adds.
    told = models.TextField("quoi", blank=True)
    # Columns, changes, notes, likenesses: backoffice.imports.lines.Line.said.
    said = models.JSONField("détail", default=dict)
    is_to_check = models.BooleanField("à vérifier", default=False)
    choice = models.CharField("choix", max_length=7, choices=Choice, blank=True)
    # The key of the organisme that it is, and that it brings up to date (`said` has its name).
    same_as = models.PositiveBigIntegerField("le même que", null=True, editable=False)
    contacts = models.CharField("coordonnées", max_length=8, choices=Contacts, blank=True)
    # Of an import that was taken back: what this line made or changed that is there still, and why.
    stays = models.TextField("ce qui en reste", blank=True, default="", db_default="")

    class Meta:
        verbose_name = "ligne d’un import"
        verbose_name_plural = "lignes d’un import"
        default_permissions = ()
        ordering = ["job", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number"], name="backoffice_importline_once"),
            models.CheckConstraint(
                condition=Q(verdict__in=Verdict.values), name="backoffice_importline_verdict_is_known"
            ),
            models.CheckConstraint(
                condition=Q(choice__in=Choice.values), name="backoffice_importline_choice_is_known"
            ),
            models.CheckConstraint(
                condition=Q(contacts__in=Contacts.values), name="backoffice_importline_contacts_are_known"
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.NONE)
                | Q(verdict__in=[Verdict.CREATED, Verdict.CHANGED, Verdict.LEFT]),
                name="backoffice_importline_choice_of_what_is_made",
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.LEFT) | Q(choice=Choice.LEAVE),
                name="backoffice_importline_left_by_choice",
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.UPDATE, same_as__isnull=False)
                | (~Q(choice=Choice.UPDATE) & Q(same_as=None)),
                name="backoffice_importline_update_is_of_one",
            ),
            models.UniqueConstraint(
                fields=["job", "same_as"], name="backoffice_importline_updated_by_one_line"
            ),
            models.CheckConstraint(
                condition=~Q(verdict=Verdict.REFUSED) | Q(contacts=Contacts.NONE),
                name="backoffice_importline_refused_writes_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["job", "verdict", "number"], name="backoffice_importline_verdict"),
            models.Index(
                fields=["job", "number"],
                condition=Q(is_to_check=True),
                name="backoffice_importline_to_check",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}, ligne {self.number}"


class StruckOff(models.Model):
    """That an import of a whole list ended a child's enrolment: for an agent to look up, or to undo."""

    job = models.ForeignKey(Import, models.CASCADE, related_name="struck_off", verbose_name="import")
    beneficiary = models.ForeignKey(
        "accounts.Beneficiary", models.CASCADE, related_name="+", verbose_name="bénéficiaire"
    )
    at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        # It keeps the table of where it was first.
        db_table = "passplus_struckoff"
        verbose_name = "désinscription"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["job", "beneficiary"], name="passplus_struckoff_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job} → {self.beneficiary}"


# Beside the imports: what the finance service gives back (payments.returns).
RETURNS = "retours"
MAPPED = [*Sort.choices, (RETURNS, "Retours des paiements")]


class ColumnMapping(models.Model):
    """Which columns are which, in every file of that shape: an agent said so once."""

    sort = models.CharField("liste", max_length=10, choices=MAPPED)
    # Of its line of titles, or of how many columns it has (core.spreadsheet_files.shapes).
    shape = models.CharField("titres", max_length=64)
    # Of each of our columns, its place from the left, counted from nought, and its title there: two columns
    # of a file may have the same one. No title is a text about a person (backoffice.imports.mapping.form).
    columns = models.JSONField("colonnes")
    mapped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="reliées par"
    )
    mapped_at = models.DateTimeField("reliées le", default=timezone.now)

    class Meta:
        verbose_name = "colonnes reliées"
        verbose_name_plural = "colonnes reliées"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["sort", "shape"], name="backoffice_columnmapping_once"),
            models.CheckConstraint(
                condition=Q(sort__in=[value for value, _ in MAPPED]),
                name="backoffice_columnmapping_sort_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Colonnes reliées par {self.mapped_by} le {timezone.localtime(self.mapped_at):%d/%m/%Y}"


class WrittenRows(models.Model):
    """What an import made and changed of one table: by it the import is taken back."""

    job = models.ForeignKey(Import, models.CASCADE, related_name="written", verbose_name="import")
    model = models.CharField("table", max_length=40)
    # Their keys.
    made = models.JSONField("créées", default=list)
    # By the key, and by the column, what it was and what it became.
    changed = models.JSONField("modifiées", default=dict, encoder=DjangoJSONEncoder)
    # Which line of the file made each, in the order of `made`; which changed those of `keys`. The former
    # release noted none.
    lines = models.JSONField("lignes", null=True, default=None)
    at = models.DateTimeField("date", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "écrit par un import"
        verbose_name_plural = "écrits par un import"
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["job", "model"], name="backoffice_writtenrows_once"),
        ]

    def __str__(self) -> str:
        return f"{self.job} → {self.model}"

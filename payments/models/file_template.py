"""The layout that a finance software takes: columns that staff choose."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

NBSP = "\N{NO-BREAK SPACE}"


class Layout(models.TextChoices):
    DELIMITED = "signe", "séparées par un signe"
    FIXED = "largeur", "de largeur fixe"


class Delimiter(models.TextChoices):
    SEMICOLON = ";", "point-virgule"
    COMMA = ",", "virgule"
    BAR = "|", "barre verticale"
    TAB = "\t", "tabulation"


class Encoding(models.TextChoices):
    CP1252 = "cp1252", "Windows (cp1252)"
    UTF8 = "utf-8", "UTF-8"


class DecimalSign(models.TextChoices):
    COMMA = ",", "virgule"
    POINT = ".", "point"


class LinePer(models.TextChoices):
    PARTNER = "organisme", "par organisme"
    KIND = "nature", "par organisme et porte-monnaie"


class Source(models.TextChoices):
    """Those of the canonical CSV under its own names, and some more."""

    CONSTANT = "", "le même texte à chaque ligne"
    LOT = "lot", "numéro du lot"
    EXERCICE = "exercice", "exercice"
    LIGNE = "ligne", "numéro de la ligne"
    TIERS = "tiers_code", "code tiers"
    SIRET = "siret", "SIRET"
    NAME = "raison_sociale", "raison sociale"
    HOLDER = "titulaire", "titulaire du compte"
    IBAN = "iban", "IBAN"
    BIC = "bic", "BIC"
    AMOUNT = "montant", "montant"
    CURRENCY = "devise", "devise"
    OBJECT = "objet", "objet"
    LABEL = "libelle_virement", "libellé du virement"
    NATURE = "nature", "nature"
    FONCTION = "fonction", "fonction"
    SERVICE = "service", "service"
    ENGAGEMENT = "engagement", "engagement"
    DELIBERATION = "reference_deliberation", "référence de la délibération"
    CONVENTION = "reference_convention", "référence de la convention"
    TICKETS = "nombre_tickets", "nombre de tickets"
    SPORT = "montant_sport", "montant Sport"
    CULTURE = "montant_culture", "montant Culture"
    PIECE = "piece", "nom de l’état"
    DIGEST = "empreinte", "SHA-256 de l’état"
    END_TO_END = "reference_bout_en_bout", "référence de bout en bout"
    KIND = "porte_monnaie", "porte-monnaie"
    CUT_OFF = "dernier_jour", "dernier jour du lot"
    APPROVED_ON = "date_approbation", "date d’approbation"


AMOUNTS = (Source.AMOUNT, Source.SPORT, Source.CULTURE)
DATES = (Source.CUT_OFF, Source.APPROVED_ON)


class Format(models.TextChoices):
    AS_IS = "", "telle quelle"
    CAPITALS = "majuscules", "en capitales"
    PLAIN = "simple", "sans accents ni signes (SEPA)"
    ZEROS = "zeros", "complétée de zéros à gauche"
    CENTS = "centimes", "montant en centimes"
    CENTS_ZEROS = "centzeros", "montant en centimes, complété de zéros"
    DAY = "jour", "date jj/mm/aaaa"
    COMPACT_DAY = "compact", "date aaaammjj"


class FileTemplate(models.Model):
    """The current one is made of each batch beside the canonical CSV."""

    name = models.CharField("nom", max_length=60, unique=True, help_text="Du logiciel qui le lit.")
    is_current = models.BooleanField("utilisé", default=False, editable=False)
    layout = models.CharField("colonnes", max_length=7, choices=Layout, default=Layout.DELIMITED)
    delimiter = models.CharField(
        "signe entre les colonnes", max_length=1, choices=Delimiter, default=Delimiter.SEMICOLON
    )
    encoding = models.CharField("encodage", max_length=6, choices=Encoding, default=Encoding.CP1252)
    decimal = models.CharField("signe décimal", max_length=1, choices=DecimalSign, default=DecimalSign.COMMA)
    line_per = models.CharField("une ligne", max_length=9, choices=LinePer, default=LinePer.PARTNER)
    has_header = models.BooleanField("première ligne d’en-têtes", default=True)

    class Meta:
        verbose_name = "modèle de fichier"
        verbose_name_plural = "modèles de fichier"
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="payments_template_one_current"
            ),
            models.CheckConstraint(
                name="payments_template_choices_are_known",
                condition=Q(
                    layout__in=Layout.values,
                    delimiter__in=Delimiter.values,
                    encoding__in=Encoding.values,
                    decimal__in=DecimalSign.values,
                    line_per__in=LinePer.values,
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class FileColumn(models.Model):
    """`constant` where there is no source. `width` in signs, of columns of fixed width."""

    template = models.ForeignKey(
        FileTemplate, models.CASCADE, related_name="columns", verbose_name="modèle de fichier"
    )
    position = models.PositiveSmallIntegerField("rang")
    header = models.CharField("en-tête", max_length=60, blank=True)
    source = models.CharField("valeur", max_length=22, choices=Source, blank=True, default=Source.CONSTANT)
    constant = models.CharField("texte", max_length=60, blank=True)
    format = models.CharField("écrite", max_length=10, choices=Format, blank=True, default=Format.AS_IS)
    width = models.PositiveSmallIntegerField(
        "largeur", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(200)]
    )

    class Meta:
        verbose_name = "colonne"
        ordering = ["template", "position", "pk"]
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=Source.values, format__in=Format.values),
                name="payments_column_choices_are_known",
            ),
            models.CheckConstraint(
                condition=Q(source="") | Q(constant=""),
                name="payments_column_of_a_source_or_a_constant",
                violation_error_message="Choisissez une valeur, ou écrivez un texte.",
            ),
        ]

    def __str__(self) -> str:
        return self.header or self.get_source_display()

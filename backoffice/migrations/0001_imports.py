"""Imports come here, with their tables as they are."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from core.moves import rename_content_type

JOURNAL = "accounts_auditentry"
TRIGGER = "accounts_auditentry_is_append_only"


def rename_keys(schema_editor, old, new):
    """Lines that are about an import go on leading to it: the one change of the journal that this allows."""
    postgresql = schema_editor.connection.vendor == "postgresql"
    if postgresql:
        schema_editor.execute(f"ALTER TABLE {JOURNAL} DISABLE TRIGGER {TRIGGER}")
    for table in (JOURNAL, "accounts_proposal", "accounts_reading"):
        schema_editor.execute(
            f"UPDATE {table} SET subject_key = replace(subject_key, %s, %s) WHERE subject_key LIKE %s",
            [f"{old} ", f"{new} ", f"{old} %"],
        )
    if postgresql:
        schema_editor.execute(f"ALTER TABLE {JOURNAL} ENABLE TRIGGER {TRIGGER}")


def forwards(apps, schema_editor):
    rename_keys(schema_editor, "passplus.import", "backoffice.import")


def backwards(apps, schema_editor):
    rename_keys(schema_editor, "backoffice.import", "passplus.import")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0024_security_log"),
        ("passplus", "0011_kept_words"),
        ("contenttypes", "0002_remove_content_type_name"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='Import',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sort', models.CharField(choices=[('organismes', 'Organismes et leurs activités'), ('eleves', 'Élèves, responsables légaux et comptes')], max_length=10, verbose_name='liste')),
                        ('is_complete', models.BooleanField(default=False, help_text='Qui n’est pas dans le fichier n’est plus inscrit. Pour les élèves seulement.', verbose_name='c’est la liste complète de l’année')),
                        ('name', models.CharField(editable=False, max_length=120, verbose_name='fichier')),
                        ('content', models.BinaryField(verbose_name='contenu')),
                        ('stage', models.CharField(choices=[('received', 'en lecture'), ('ready', 'à relire'), ('proposed', 'attend un second agent'), ('confirmed', 'à faire'), ('running', 'en cours'), ('done', 'fait'), ('refused', 'refusé'), ('abandoned', 'abandonné')], default='received', editable=False, max_length=9, verbose_name='étape')),
                        ('rows_done', models.PositiveIntegerField(default=0, editable=False, verbose_name='lignes faites')),
                        ('rows', models.PositiveIntegerField(default=0, editable=False, verbose_name='lignes')),
                        ('report', models.JSONField(default=dict, editable=False, verbose_name='compte rendu')),
                        ('fingerprint', models.CharField(blank=True, editable=False, max_length=64, verbose_name='empreinte')),
                        ('reason', models.CharField(blank=True, editable=False, max_length=300, verbose_name='motif')),
                        ('attempts', models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='essais')),
                        ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='reçu le')),
                        ('seen_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='vu le')),
                        ('confirmed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='lancé par')),
                        ('owner', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='apporté par')),
                        ('proposed_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='proposé par')),
                    ],
                    options={
                        'verbose_name': 'import',
                        'db_table': 'passplus_import',
                        'ordering': ['-pk'],
                    },
                ),
                migrations.CreateModel(
                    name='StruckOff',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='date')),
                        ('beneficiary', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.beneficiary', verbose_name='bénéficiaire')),
                        ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='struck_off', to='backoffice.import', verbose_name='import')),
                    ],
                    options={
                        'verbose_name': 'désinscription',
                        'db_table': 'passplus_struckoff',
                        'default_permissions': (),
                    },
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.CheckConstraint(condition=models.Q(('sort__in', ['organismes', 'eleves'])), name='passplus_import_sort_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'ready', 'proposed', 'confirmed', 'running', 'done', 'refused', 'abandoned'])), name='passplus_import_stage_is_known'),
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.UniqueConstraint(condition=models.Q(('stage', 'running')), fields=('stage',), name='passplus_import_one_runs'),
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ['confirmed', 'running', 'done']), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='passplus_import_confirmed_by_somebody'),
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage', 'proposed'), _negated=True), ('proposed_by__isnull', False), _connector='OR'), name='passplus_import_proposed_by_somebody'),
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.CheckConstraint(condition=models.Q(('proposed_by', None), ('confirmed_by', None), models.Q(('confirmed_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='passplus_import_confirmed_by_another'),
                ),
                migrations.AddConstraint(
                    model_name='import',
                    constraint=models.CheckConstraint(condition=models.Q(('rows_done__lte', models.F('rows'))), name='passplus_import_rows_done_of_rows'),
                ),
                migrations.AddConstraint(
                    model_name='struckoff',
                    constraint=models.UniqueConstraint(fields=('job', 'beneficiary'), name='passplus_struckoff_once'),
                ),
            
            ],
        ),
        rename_content_type("import", old="passplus", new="backoffice"),
        rename_content_type("struckoff", old="passplus", new="backoffice"),
        migrations.RunPython(forwards, backwards),
    ]

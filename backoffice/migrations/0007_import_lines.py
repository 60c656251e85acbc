

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('backoffice', '0006_column_mappings'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='choices_made',
            field=models.PositiveIntegerField(db_default=0, default=0, editable=False, verbose_name='choix faits'),
        ),
        migrations.CreateModel(
            name='ImportLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='ligne')),
                ('verdict', models.CharField(choices=[('refuse', 'refusé'), ('cree', 'créé'), ('modifie', 'modifié'), ('laisse', 'laissé'), ('inchange', 'inchangé')], max_length=8, verbose_name='verdict')),
                ('name', models.CharField(blank=True, max_length=300, verbose_name='nom')),
                ('told', models.TextField(blank=True, verbose_name='quoi')),
                ('said', models.JSONField(default=dict, verbose_name='détail')),
                ('is_to_check', models.BooleanField(default=False, verbose_name='à vérifier')),
                ('choice', models.CharField(blank=True, choices=[('', 'rien à choisir'), ('waiting', 'à choisir'), ('create', 'c’est quelqu’un d’autre'), ('leave', 'c’est le même')], max_length=7, verbose_name='choix')),
                ('contacts', models.CharField(blank=True, choices=[('', 'rien de nouveau'), ('offered', 'proposées'), ('asked', 'demandées'), ('written', 'écrites')], max_length=7, verbose_name='coordonnées')),
                ('job', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='backoffice.import', verbose_name='import')),
            ],
            options={
                'verbose_name': 'ligne d’un import',
                'verbose_name_plural': 'lignes d’un import',
                'ordering': ['job', 'number'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['job', 'verdict', 'number'], name='backoffice_importline_verdict'), models.Index(condition=models.Q(('is_to_check', True)), fields=['job', 'number'], name='backoffice_importline_to_check')],
                'constraints': [models.UniqueConstraint(fields=('job', 'number'), name='backoffice_importline_once'), models.CheckConstraint(condition=models.Q(('verdict__in', ['refuse', 'cree', 'modifie', 'laisse', 'inchange'])), name='backoffice_importline_verdict_is_known'), models.CheckConstraint(condition=models.Q(('choice__in', ['', 'waiting', 'create', 'leave'])), name='backoffice_importline_choice_is_known'), models.CheckConstraint(condition=models.Q(('contacts__in', ['', 'offered', 'asked', 'written'])), name='backoffice_importline_contacts_are_known'), models.CheckConstraint(condition=models.Q(('choice', ''), ('verdict__in', ['cree', 'modifie', 'laisse']), _connector='OR'), name='backoffice_importline_choice_of_what_is_made'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'laisse'), _negated=True), ('choice', 'leave'), _connector='OR'), name='backoffice_importline_left_by_choice'), models.CheckConstraint(condition=models.Q(models.Q(('verdict', 'refuse'), _negated=True), ('contacts', ''), _connector='OR'), name='backoffice_importline_refused_writes_nothing')],
            },
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('backoffice', '0012_counters'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='import',
            name='passplus_import_confirmed_by_somebody',
        ),
        migrations.RemoveConstraint(
            model_name='import',
            name='passplus_import_stage_is_known',
        ),
        migrations.AlterField(
            model_name='import',
            name='stage',
            field=models.CharField(choices=[('received', 'en lecture'), ('unmapped', 'à relier'), ('ready', 'à relire'), ('proposed', 'attend un second agent'), ('confirmed', 'à faire'), ('running', 'en cours'), ('done', 'fait'), ('undoing', 'en cours d’annulation'), ('undone', 'annulé'), ('partly', 'rétabli en partie'), ('refused', 'refusé'), ('abandoned', 'abandonné')], default='received', editable=False, max_length=9, verbose_name='étape'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(('stage__in', ['received', 'unmapped', 'ready', 'proposed', 'confirmed', 'running', 'done', 'undoing', 'undone', 'partly', 'refused', 'abandoned'])), name='passplus_import_stage_is_known'),
        ),
        migrations.AddConstraint(
            model_name='import',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('stage__in', ('confirmed', 'running', 'done', 'undoing', 'undone', 'partly')), _negated=True), ('confirmed_by__isnull', False), _connector='OR'), name='passplus_import_confirmed_by_somebody'),
        ),
    ]

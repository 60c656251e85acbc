"""Each index of lines holds what it is asked for: a planner that knows nothing yet of a new batch takes the
right one, and lines of tickets are in no list of corrections.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('payments', '0013_payer_iban_out_of_the_journal'),
        ('tickets', '0017_indexes_of_what_is'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='line',
            name='payments_line_one_living_a_correction',
        ),
        migrations.AlterField(
            model_name='line',
            name='correction',
            field=models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.correction', verbose_name='correction'),
        ),
        migrations.AlterField(
            model_name='line',
            name='payment',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='payments.payment', verbose_name='paiement'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(fields=['payment', 'released_at'], name='payments_line_of_a_payment'),
        ),
        migrations.AddIndex(
            model_name='line',
            index=models.Index(condition=models.Q(('correction__isnull', False)), fields=['correction'], name='payments_line_of_a_correction'),
        ),
        migrations.AddConstraint(
            model_name='line',
            constraint=models.UniqueConstraint(condition=models.Q(('correction__isnull', False), ('released_at', None)), fields=('correction',), name='payments_line_one_living_a_correction'),
        ),
    ]

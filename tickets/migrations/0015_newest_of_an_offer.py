"""What waits for an activity is read newest first, and the index of each wallet stands for two."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partners', '0011_payments_suspended'),
        ('tickets', '0014_undo_reason'),
        ('wallets', '0007_late_use'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='ticket',
            name='offer',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Vide tant qu’un ticket papier n’est pas utilisé.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='partners.offer', verbose_name='offre'),
        ),
        migrations.AlterField(
            model_name='ticket',
            name='wallet',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='tickets', to='wallets.wallet', verbose_name='porte-monnaie'),
        ),
        migrations.AddIndex(
            model_name='ticket',
            index=models.Index(fields=['offer', '-number'], name='tickets_ticket_of_an_offer'),
        ),
    ]

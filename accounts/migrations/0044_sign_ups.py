import django.utils.timezone
from django.db import migrations, models

import accounts.models.email_change


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0043_application_acts'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignUp',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(default=accounts.models.email_change.new_link_key, editable=False, max_length=22, verbose_name='clé du lien')),
                ('email', models.EmailField(max_length=254, verbose_name='adresse e-mail')),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='demandé le')),
                ('mailed_at', models.DateTimeField(editable=False, null=True, verbose_name='lien envoyé le')),
            ],
            options={
                'verbose_name': 'demande de compte',
                'verbose_name_plural': 'demandes de compte',
                'constraints': [models.UniqueConstraint(fields=('key',), name='accounts_signup_key_is_unique')],
            },
        ),
    ]

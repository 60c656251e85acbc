"""Counted attempts, the outbox and the commands that ran come here, with their tables as they are."""

import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models

from core.moves import rename_content_type


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0001_prepared_file"),
        ("accounts", "0024_security_log"),
        ("passplus", "0011_kept_words"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("post_office", "0014_alter_email_recipient_delivery_status_and_more"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='CommandRun',
                    fields=[
                        ('name', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='commande')),
                        ('succeeded_at', models.DateTimeField(verbose_name='réussie le')),
                    ],
                    options={
                        'verbose_name': 'passage d’une commande',
                        'verbose_name_plural': 'passages des commandes',
                        'db_table': 'passplus_commandrun',
                        'default_permissions': (),
                    },
                ),
                migrations.CreateModel(
                    name='OutgoingMail',
                    fields=[
                    ],
                    options={
                        'verbose_name': 'e-mail',
                        'proxy': True,
                        'indexes': [],
                        'constraints': [],
                    },
                    bases=('post_office.email',),
                ),
                migrations.CreateModel(
                    name='Attempts',
                    fields=[
                        ('key', models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name='empreinte')),
                        ('open_at', models.DateTimeField(verbose_name='prochain essai')),
                        ('forgotten_at', models.DateTimeField(verbose_name='oubli de tous les essais')),
                    ],
                    options={
                        'verbose_name': 'essais',
                        'verbose_name_plural': 'essais',
                        'db_table': 'accounts_attempts',
                        'indexes': [models.Index(fields=['forgotten_at'], name='accounts_attempts_forgotten')],
                        'constraints': [models.CheckConstraint(condition=django.db.models.lookups.Exact(django.db.models.functions.text.Length('key'), 64), name='accounts_attempts_key_is_a_digest'), models.CheckConstraint(condition=models.Q(('open_at__lte', models.F('forgotten_at'))), name='accounts_attempts_wait_is_remembered')],
                    },
                ),
            
            ],
        ),
        rename_content_type("attempts", old="accounts", new="core"),
        rename_content_type("outgoingmail", old="passplus", new="core"),
        rename_content_type("commandrun", old="passplus", new="core"),
    ]

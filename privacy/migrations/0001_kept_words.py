"""Words to forget come here, with their table as it is."""

from django.db import migrations, models

from core.moves import rename_content_type


class Migration(migrations.Migration):
    dependencies = [
        ("passplus", "0011_kept_words"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name='KeptWords',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('people', models.PositiveIntegerField(verbose_name='personnes')),
                        ('words', models.JSONField(verbose_name='mots')),
                    ],
                    options={
                        'verbose_name': 'mots à oublier',
                        'verbose_name_plural': 'mots à oublier',
                        'db_table': 'passplus_keptwords',
                        'default_permissions': (),
                    },
                ),
            
            ],
        ),
        rename_content_type("keptwords", old="passplus", new="privacy"),
    ]

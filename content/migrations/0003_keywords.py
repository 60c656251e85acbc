from django.db import migrations, models

from content import first_texts

# Written since the first texts; those came with a new site, and may have been edited or deleted since.
NEW = [
    "Comment inscrire mon enfant ?",
    "Mon enfant y a-t-il droit ?",
    "Nous habitons un autre département, ou le collège y est",
    "Je n’ai pas reçu mes codes",
    "Mon enfant n’apparaît pas dans mon compte",
    "J’ai plusieurs enfants",
    "Mon enfant est boursier",
    "Comment créer un ticket ?",
    "Comment imprimer un ticket ?",
    "Comment utiliser un ticket au club ?",
    "Puis-je modifier un ticket ?",
    "L’activité coûte moins cher que mon ticket",
    "L’activité coûte plus cher que mon porte-monnaie",
    "Un ticket paie-t-il la licence, le matériel ou un stage ?",
    "Puis-je être remboursé ?",
    "Le club refuse mon ticket",
    "Mon enfant est en situation de handicap",
    "Et le Pass’Sport, le pass Culture ?",
    "Nous déménageons, ou mon enfant change de collège",
    "Mon enfant entre au lycée",
    "Je n’arrive pas à me connecter",
    "Que savez-vous de nous, et comment fermer le compte ?",
    "Où utiliser les tickets ?",
    "Combien me reste-t-il ?",
    "Un ticket est marqué « Utilisé » par erreur",
    "Comment changer mon mot de passe ?",
    "Comment vous joindre ?",
    "Quels messages vais-je recevoir ?",
    "Y a-t-il une application ?",
    "Il y a une erreur dans le nom, le prénom ou la classe",
]


def load(apps, schema_editor):
    help_topic = apps.get_model("content", "HelpTopic")
    for text in first_texts.help_topics():
        of_it = help_topic.objects.filter(question=text["question"], audience=text["audience"])
        if text["question"] in NEW and not of_it.exists():
            help_topic.objects.create(**text)
        of_it.filter(keywords="").update(keywords=text["keywords"])


class Migration(migrations.Migration):
    dependencies = [("content", "0002_first_texts")]
    operations = [
        migrations.AddField(
            model_name="helptopic",
            name="keywords",
            field=models.TextField(
                blank=True,
                help_text="Ce que les familles tapent, et que ni la question ni la réponse ne disent.",
                max_length=1000,
                verbose_name="autres mots",
            ),
        ),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]

import contacts.languages
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SiteVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.BigIntegerField()),
            ],
            options={
                'verbose_name': 'site version',
                'verbose_name_plural': 'site version',
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Page',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Used in addresses and imports, in every language. Never change it.', max_length=80, unique=True, verbose_name='code')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('in_navigation', models.BooleanField(default=True, verbose_name='in the navigation')),
                ('is_published', models.BooleanField(default=True, verbose_name='published')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='newsroom.page', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'page',
                'verbose_name_plural': 'pages',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='PageTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('title', models.CharField(max_length=160, verbose_name='title')),
                ('intro', models.TextField(blank=True, verbose_name='introduction')),
                ('body', models.TextField(blank=True, verbose_name='text')),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='newsroom.page')),
            ],
            options={
                'verbose_name': 'texts of a page',
                'verbose_name_plural': 'texts of a page',
                'ordering': ['language'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('page', 'language'), name='newsroom_pagetranslation_key')],
            },
        ),
    ]

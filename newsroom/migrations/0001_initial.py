import contacts.languages
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('articles', '0001_initial'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('auth', '__first__'),
        ('contacts', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuthenticatorApp',
            fields=[
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='authenticator_app', serialize=False, to=settings.AUTH_USER_MODEL)),
                ('secret', models.CharField(max_length=64)),
                ('last_step', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                'verbose_name': 'authenticator app',
                'verbose_name_plural': 'authenticator app',
                'default_permissions': (),
            },
        ),
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
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('username', models.CharField(blank=True, help_text='Leave it empty for the e-mail address.', max_length=150, verbose_name='user name')),
                ('role', models.CharField(choices=[('writer', 'writer'), ('translator', 'translator'), ('editor', 'editor'), ('approver', 'approver'), ('administrator', 'administrator')], default='writer', max_length=13, verbose_name='role')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=10, verbose_name='language of the mails')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='invited')),
                ('expires_at', models.DateTimeField(editable=False, verbose_name='valid until')),
                ('token_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('accepted_at', models.DateTimeField(editable=False, null=True, verbose_name='accepted')),
                ('revoked_at', models.DateTimeField(editable=False, null=True, verbose_name='revoked')),
                ('invited_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by')),
                ('office', models.ForeignKey(blank=True, help_text='Leave empty for all offices.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='contacts.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ['-created_at', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='OpenSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True)),
                ('browser', models.CharField(max_length=300)),
                ('network', models.CharField(max_length=50)),
                ('began_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='open_sessions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'open session',
                'verbose_name_plural': 'open sessions',
                'ordering': ['-seen_at', 'pk'],
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
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='name')),
                ('credential_id', models.CharField(max_length=1400, unique=True)),
                ('credential', models.TextField()),
                ('uses', models.BigIntegerField(default=0)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'passkey',
                'verbose_name_plural': 'passkeys',
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Used in addresses and imports, in every language. Never change it.', max_length=80, unique=True, verbose_name='code')),
                ('is_used', models.BooleanField(default=False, help_text='Readers see it. Without one, the site looks as it comes.', verbose_name='in use')),
                ('brand', models.CharField(blank=True, help_text='Of the head and the foot of pages, such as #0a4f59.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Give a colour such as #0a4f59.')], verbose_name='colour of the bands')),
                ('link', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Give a colour such as #0a4f59.')], verbose_name='colour of links')),
                ('brand_dark', models.CharField(blank=True, help_text='For readers whose device is set to dark.', max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Give a colour such as #0a4f59.')], verbose_name='colour of the bands, dark')),
                ('link_dark', models.CharField(blank=True, max_length=7, validators=[django.core.validators.RegexValidator('^#[0-9a-fA-F]{6}\\Z', 'Give a colour such as #0a4f59.')], verbose_name='colour of links, dark')),
                ('letters', models.CharField(blank=True, choices=[('', 'Headlines and texts with serifs, the rest without'), ('sans', 'All without serifs'), ('serif', 'All with serifs')], help_text='Those of the reader’s device: nothing is loaded.', max_length=10, verbose_name='letters')),
                ('social_links', models.TextField(blank=True, help_text='Addresses of your accounts, each on a line of its own.', verbose_name='social networks')),
                ('emblem', models.ForeignKey(blank=True, help_text='A picture for the dark band at the top, best a PNG or WebP with a transparent ground.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emblem_of', to='articles.image', verbose_name='emblem')),
            ],
            options={
                'verbose_name': 'look of the site',
                'verbose_name_plural': 'looks of the site',
                'ordering': ['-is_used', 'code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_used', True)), fields=('is_used',), name='newsroom_theme_in_use', violation_error_message='Another look is in use. Take that out of use first.')],
            },
        ),
        migrations.CreateModel(
            name='ThemeTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('name', models.CharField(blank=True, help_text='Empty: that of the settings.', max_length=160, verbose_name='name of the organisation')),
                ('footer', models.TextField(blank=True, verbose_name='text at the foot of pages')),
                ('licence', models.TextField(blank=True, help_text='Under which terms others may use texts and pictures.', verbose_name='licence')),
                ('privacy', models.TextField(blank=True, help_text='Added to the page “Privacy”, such as the address of your data officer.', verbose_name='privacy')),
                ('theme', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='newsroom.theme')),
            ],
            options={
                'verbose_name': 'texts of the look',
                'verbose_name_plural': 'texts of the look',
                'ordering': ['language'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('theme', 'language'), name='newsroom_themetranslation_key')],
            },
        ),
        migrations.CreateModel(
            name='AccountMail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('reset', 'New password'), ('invitation', 'Invitation'), ('changed', 'Your account was changed')], max_length=10)),
                ('email', models.CharField(max_length=254)),
                ('change', models.CharField(blank=True, max_length=20)),
                ('language', models.CharField(max_length=10)),
                ('wanted_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('next_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('invitation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsroom.invitation')),
            ],
            options={
                'verbose_name': 'mail about an account',
                'verbose_name_plural': 'mails about accounts',
                'default_permissions': (),
                'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['next_at'], name='newsroom_accountmail_due')],
            },
        ),
        migrations.CreateModel(
            name='OutsideAccount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('issuer', models.CharField(max_length=255)),
                ('subject', models.CharField(max_length=255)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='outside_accounts', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'single sign-on',
                'verbose_name_plural': 'single sign-on',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('issuer', 'subject'), name='newsroom_outsideaccount_key')],
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
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(max_length=64)),
                ('used_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_codes', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'recovery code',
                'verbose_name_plural': 'recovery codes',
                'default_permissions': (),
                'constraints': [models.UniqueConstraint(fields=('user', 'sha256'), name='newsroom_recoverycode_key')],
            },
        ),
    ]

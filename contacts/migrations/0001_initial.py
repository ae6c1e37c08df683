import contacts.languages
import contacts.validators
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('iso2', models.CharField(max_length=2, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{2}\\Z')], verbose_name='ISO 3166-1 alpha-2')),
                ('iso3', models.CharField(max_length=3, unique=True, validators=[django.core.validators.RegexValidator('^[A-Z]{3}\\Z')], verbose_name='ISO 3166-1 alpha-3')),
                ('m49', models.CharField(max_length=3, unique=True, validators=[django.core.validators.RegexValidator('^\\d{3}\\Z')], verbose_name='UN M49')),
                ('aliases', models.JSONField(blank=True, default=list, help_text='A list of names that search and datelines also know.', validators=[contacts.validators.validate_names], verbose_name='other names')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries',
                'ordering': ['iso3'],
            },
        ),
        migrations.CreateModel(
            name='Office',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Used in addresses and imports, in every language. Never change it.', max_length=80, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('headquarters', 'headquarters'), ('regional', 'regional office'), ('country', 'country office'), ('sub-office', 'sub-office'), ('liaison', 'liaison office')], default='country', max_length=16, verbose_name='kind')),
                ('timezone', models.CharField(default='UTC', help_text='IANA name, such as Africa/Nairobi.', max_length=64, validators=[contacts.validators.validate_timezone], verbose_name='time zone')),
                ('languages', models.JSONField(blank=True, default=list, help_text='A list of language tags (BCP 47).', validators=[contacts.validators.validate_languages], verbose_name='languages spoken')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('latitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-90), django.core.validators.MaxValueValidator(90)], verbose_name='latitude')),
                ('longitude', models.FloatField(blank=True, null=True, validators=[django.core.validators.MinValueValidator(-180), django.core.validators.MaxValueValidator(180)], verbose_name='longitude')),
                ('opened', models.DateField(blank=True, null=True, verbose_name='opened on')),
                ('closed', models.DateField(blank=True, null=True, verbose_name='closed on')),
                ('host_country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offices', to='contacts.country', verbose_name='host country')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='contacts.office', verbose_name='reports to')),
                ('successor', models.ForeignKey(blank=True, help_text='Once the office has closed, its filter leads to this one, whose lists include its articles.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='contacts.office', verbose_name='successor')),
            ],
            options={
                'verbose_name': 'office',
                'verbose_name_plural': 'offices',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('latitude', None), ('longitude', None)), models.Q(('latitude__isnull', False), ('longitude__isnull', False)), _connector='OR'), name='contacts_office_point_is_a_pair', violation_error_message='Give both latitude and longitude, or neither.'), models.CheckConstraint(condition=models.Q(('closed', None), ('opened', None), ('closed__gte', models.F('opened')), _connector='OR'), name='contacts_office_closed_after_opened', violation_error_message='An office cannot close before it opens.')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('writer', 'writer'), ('translator', 'translator'), ('editor', 'editor'), ('approver', 'approver')], max_length=12, verbose_name='role')),
                ('trust', models.CharField(choices=[('blocked', 'blocked'), ('to-review', 'work goes to review'), ('trusted', 'trusted')], default='to-review', help_text='Blocked: may write drafts, but not submit them, and nothing else. Work goes to review: somebody who may approve decides about it. Trusted: writers and translators may also use the media library and delete drafts; where the setting TRUSTED_PUBLISH is on, writers approve the articles of their own office without a second person.', max_length=12, verbose_name='trust')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='user')),
                ('office', models.ForeignKey(blank=True, help_text='Leave empty for all offices.', null=True, on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to='contacts.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ['user', 'role'],
                'constraints': [models.UniqueConstraint(fields=('user', 'role', 'office'), name='contacts_membership_key'), models.UniqueConstraint(condition=models.Q(('office', None)), fields=('user', 'role'), name='contacts_membership_everywhere_key')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Used in addresses and imports, in every language. Never change it.', max_length=80, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('person', 'person'), ('unit', 'unit')], default='person', max_length=8, verbose_name='kind')),
                ('purpose', models.CharField(choices=[('media', 'media'), ('general', 'general enquiries'), ('programme', 'programme'), ('spokesperson', 'spokesperson')], default='media', max_length=16, verbose_name='purpose')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ('languages', models.JSONField(blank=True, default=list, help_text='A list of language tags (BCP 47).', validators=[contacts.validators.validate_languages], verbose_name='languages spoken')),
                ('is_public', models.BooleanField(default=True, verbose_name='public')),
                ('valid_from', models.DateField(blank=True, null=True, verbose_name='valid from')),
                ('valid_until', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('replaced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaces', to='contacts.contact', verbose_name='replaced by')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='contacts.office', verbose_name='office')),
            ],
            options={
                'verbose_name': 'contact',
                'verbose_name_plural': 'contacts',
                'ordering': ['code'],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_from', None), ('valid_until', None), ('valid_until__gte', models.F('valid_from')), _connector='OR'), name='contacts_contact_valid_until_after_from', violation_error_message='A contact cannot expire before it becomes valid.')],
            },
        ),
        migrations.CreateModel(
            name='OfficeClosure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_day', models.DateField(verbose_name='first day')),
                ('last_day', models.DateField(verbose_name='last day')),
                ('notes', models.JSONField(blank=True, default=dict, help_text='What readers are told, in each language.', validators=[contacts.validators.validate_texts], verbose_name='note')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='closures', to='contacts.office')),
            ],
            options={
                'verbose_name': 'closure',
                'verbose_name_plural': 'closures',
                'ordering': ['first_day'],
                'constraints': [models.UniqueConstraint(fields=('office', 'first_day'), name='contacts_officeclosure_key'), models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='contacts_officeclosure_ends_after_start', violation_error_message='The last day cannot come before the first.')],
            },
        ),
        migrations.CreateModel(
            name='OfficeCountry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('covers', 'coverage'), ('coordinates', 'coordination'), ('liaises', 'liaison')], default='covers', max_length=12, verbose_name='role')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='covered_by', to='contacts.country', verbose_name='country')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='coverage', to='contacts.office')),
            ],
            options={
                'verbose_name': 'country covered',
                'verbose_name_plural': 'countries covered',
                'ordering': ['office', 'country'],
                'constraints': [models.UniqueConstraint(fields=('office', 'country'), name='contacts_officecountry_key')],
            },
        ),
        migrations.CreateModel(
            name='OfficeTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('name', models.CharField(max_length=160, verbose_name='name')),
                ('city', models.CharField(blank=True, max_length=120, verbose_name='city')),
                ('address', models.TextField(blank=True, verbose_name='address')),
                ('intro', models.TextField(blank=True, verbose_name='introduction')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='contacts.office')),
            ],
            options={
                'verbose_name': 'name of an office',
                'verbose_name_plural': 'names of offices',
                'ordering': ['language'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('office', 'language'), name='contacts_officetranslation_key')],
            },
        ),
        migrations.CreateModel(
            name='OpenForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('row', models.PositiveBigIntegerField(default=0)),
                ('opened_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('seen_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('typed_at', models.DateTimeField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('model', 'row', 'user'), name='contacts_openform_key')],
            },
        ),
        migrations.CreateModel(
            name='OpeningHours',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('weekday', models.PositiveSmallIntegerField(choices=[(0, 'Monday'), (1, 'Tuesday'), (2, 'Wednesday'), (3, 'Thursday'), (4, 'Friday'), (5, 'Saturday'), (6, 'Sunday')], verbose_name='day')),
                ('opens', models.TimeField(verbose_name='opens')),
                ('closes', models.TimeField(verbose_name='closes')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opening_hours', to='contacts.office')),
            ],
            options={
                'verbose_name': 'opening hours',
                'verbose_name_plural': 'opening hours',
                'ordering': ['weekday', 'opens'],
                'constraints': [models.UniqueConstraint(fields=('office', 'weekday', 'opens'), name='contacts_openinghours_key'), models.CheckConstraint(condition=models.Q(('closes__gt', models.F('opens'))), name='contacts_openinghours_closes_after_opens', violation_error_message='Closing time comes after opening time.')],
            },
        ),
        migrations.CreateModel(
            name='Phone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('landline', 'landline'), ('mobile', 'mobile'), ('duty', 'duty telephone'), ('whatsapp', 'WhatsApp')], default='landline', max_length=8, verbose_name='kind')),
                ('display', models.CharField(max_length=80, verbose_name='number as typed')),
                ('e164', models.JSONField(blank=True, default=list, editable=False, verbose_name='E.164 numbers')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('contact', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='contacts.contact')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='contacts.office')),
            ],
            options={
                'verbose_name': 'telephone',
                'verbose_name_plural': 'telephones',
                'ordering': ['order', 'id'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('contact__isnull', False), ('office', None)), models.Q(('contact', None), ('office__isnull', False)), _connector='OR'), name='contacts_phone_one_owner', violation_error_message='A telephone belongs to one office or to one contact.'), models.UniqueConstraint(fields=('office', 'display'), name='contacts_phone_office_key'), models.UniqueConstraint(fields=('contact', 'display'), name='contacts_phone_contact_key')],
            },
        ),
        migrations.CreateModel(
            name='Region',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Used in addresses and imports, in every language. Never change it.', max_length=80, unique=True, verbose_name='code')),
                ('kind', models.CharField(choices=[('global', 'global'), ('region', 'region'), ('subregion', 'subregion')], default='region', max_length=12, verbose_name='kind')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('is_active', models.BooleanField(default=True, help_text='A region that is not in use cannot be chosen; articles that already have it keep it.', verbose_name='in use')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='contacts.region', verbose_name='part of')),
                ('successor', models.ForeignKey(blank=True, help_text='For a region that is no longer in use: its page redirects to this one, whose lists include its articles.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessors', to='contacts.region', verbose_name='successor')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['order', 'code'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'global')), fields=('kind',), name='contacts_region_one_global', violation_error_message='There is a global region already.')],
            },
        ),
        migrations.AddField(
            model_name='country',
            name='region',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='countries', to='contacts.region', verbose_name='region'),
        ),
        migrations.CreateModel(
            name='RegionTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('intro', models.TextField(blank=True, verbose_name='introduction')),
                ('region', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='contacts.region')),
            ],
            options={
                'verbose_name': 'name of a region',
                'verbose_name_plural': 'names of regions',
                'ordering': ['language'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('region', 'language'), name='contacts_regiontranslation_key')],
            },
        ),
        migrations.CreateModel(
            name='Scratch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('row', models.PositiveBigIntegerField(default=0)),
                ('key', models.CharField(max_length=32, unique=True)),
                ('title', models.CharField(blank=True, max_length=250)),
                ('data', models.TextField()),
                ('saved_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('sent_at', models.BigIntegerField(null=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'indexes': [models.Index(fields=['user', 'model', 'row'], name='contacts_scratch_form')],
            },
        ),
        migrations.CreateModel(
            name='ContactTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('display_name', models.CharField(blank=True, max_length=160, verbose_name='name of the person')),
                ('job_title', models.CharField(blank=True, max_length=160, verbose_name='job title')),
                ('unit_name', models.CharField(blank=True, max_length=160, verbose_name='name of the unit')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='contacts.contact')),
            ],
            options={
                'verbose_name': 'name of a contact',
                'verbose_name_plural': 'names of contacts',
                'ordering': ['language'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('contact', 'language'), name='contacts_contacttranslation_key'), models.CheckConstraint(condition=models.Q(('display_name', ''), ('unit_name', ''), _negated=True), name='contacts_contacttranslation_has_a_name', violation_error_message='Give the name of the person or of the unit.')],
            },
        ),
        migrations.CreateModel(
            name='CountryTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='contacts.country')),
            ],
            options={
                'verbose_name': 'name of a country',
                'verbose_name_plural': 'names of countries',
                'ordering': ['language'],
                'abstract': False,
                'constraints': [models.UniqueConstraint(fields=('country', 'language'), name='contacts_countrytranslation_key')],
            },
        ),
    ]

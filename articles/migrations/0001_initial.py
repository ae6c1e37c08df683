import articles.fields
import articles.kinds
import contacts.languages
import django.core.validators
import django.db.models.deletion
import django.db.models.manager
import django.utils.timezone
import re
from django.conf import settings
from django.db import migrations, models


POSTGRESQL = [
    # The transaction that wrote a change, by which readers miss none: see articles.listing.snapshot.
    "ALTER TABLE articles_listchange ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()",
    "CREATE INDEX articles_listchange_xid ON articles_listchange (xid)",
    "ALTER TABLE articles_searchentry ADD COLUMN vector tsvector",
    # A search reads the dates and facets of a thousand entries and hardly ever a vector: those live elsewhere.
    "ALTER TABLE articles_searchentry SET (toast_tuple_target = 128)",
    "ALTER TABLE articles_searchentry ALTER COLUMN facets SET STORAGE PLAIN",
    "CREATE INDEX articles_searchentry_vector ON articles_searchentry USING gin (vector)",
    # The planner prices a vector's comparison as if it lay in the table, and would rather scan a million of them.
    """
    CREATE FUNCTION articles_found(
        asked tsquery, exact tsquery, since timestamptz, before timestamptz, before_article bigint,
        first_day date, day_after date, at_most int)
    RETURNS TABLE (moment text, article_id bigint, facets text, has_phrases boolean) LANGUAGE sql STABLE
    SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off SET work_mem = '16MB' AS $$
        SELECT h.listed_at::text, h.article_id, h.facets, exact IS NULL OR h.vector @@ exact FROM (
            SELECT e.listed_at, e.article_id, e.facets, e.vector FROM articles_searchentry e
            WHERE e.vector @@ asked AND e.listed_at >= since AND (e.listed_at, e.article_id) < (before, before_article)
            AND e.published_on >= first_day AND e.published_on < day_after
            ORDER BY e.listed_at DESC, e.article_id DESC LIMIT at_most
        ) h ORDER BY h.listed_at DESC, h.article_id DESC
    $$
    """,
]
# The words are separated by blanks and folded already: "ascii" takes all beyond ASCII for letters.
SQLITE = [
    "CREATE VIRTUAL TABLE articles_searchwords USING fts5("
    "words, detail=none, columnsize=0, tokenize=\"ascii tokenchars '=^+-_'\")",
    "CREATE TRIGGER articles_searchentry_forget AFTER DELETE ON articles_searchentry"
    " BEGIN DELETE FROM articles_searchwords WHERE rowid = OLD.article_id; END",
]
BACK = {
    "postgresql": ["DROP FUNCTION articles_found"],
    "sqlite": ["DROP TRIGGER articles_searchentry_forget", "DROP TABLE articles_searchwords"],
}


def create_search_tables(apps, editor):
    for statement in {"postgresql": POSTGRESQL, "sqlite": SQLITE}[editor.connection.vendor]:
        editor.execute(statement)


def drop_search_tables(apps, editor):
    for statement in BACK[editor.connection.vendor]:
        editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('contacts', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Article',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('slug', models.CharField(help_text='The last part of the address.', max_length=200, validators=[django.core.validators.RegexValidator(re.compile('^[-\\w]+\\Z'), 'Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.', 'invalid')], verbose_name='slug')),
                ('kind', models.CharField(choices=articles.kinds.kind_choices, default='news', max_length=24, verbose_name='kind')),
                ('headline', models.CharField(max_length=250, verbose_name='headline')),
                ('summary', models.TextField(blank=True, verbose_name='standfirst')),
                ('body', models.TextField(blank=True, verbose_name='body')),
                ('notes_to_editors', models.TextField(blank=True, verbose_name='notes to editors')),
                ('dateline_place', models.CharField(blank=True, max_length=120, verbose_name='dateline place')),
                ('state', models.CharField(choices=[('draft', 'draft'), ('in_review', 'in review'), ('approved', 'approved'), ('withdrawn', 'withdrawn'), ('gone', 'gone')], default='draft', max_length=12, verbose_name='state')),
                ('publish_at', models.DateTimeField(blank=True, null=True, verbose_name='publish at')),
                ('press_from', models.DateTimeField(blank=True, help_text='Accredited press may read it from here on; it is public at “publish at”.', null=True, verbose_name='embargo: press from')),
                ('published_on', models.DateField(blank=True, editable=False, null=True, verbose_name='day of publication')),
                ('first_published_at', models.DateTimeField(blank=True, editable=False, null=True, verbose_name='first published at')),
                ('listed_at', models.GeneratedField(db_persist=True, expression=models.Case(models.When(revises=None, state='approved', then=models.F('publish_at')), default=None, output_field=models.DateTimeField()), output_field=models.DateTimeField(null=True), serialize=False)),
                ('reference', models.CharField(blank=True, editable=False, help_text='YYYY-NNNNN, the same in all languages.', max_length=24, verbose_name='reference number')),
                ('change_kind', models.CharField(choices=[('minor', 'minor change'), ('major', 'major change'), ('correction', 'correction')], default='minor', max_length=12, verbose_name='kind of change')),
                ('change_note', models.TextField(blank=True, help_text='Shown to readers.', verbose_name='change note')),
                ('withdrawal_note', models.TextField(blank=True, help_text='Shown to readers.', verbose_name='why it was withdrawn')),
                ('emergency_reason', models.TextField(blank=True, editable=False, verbose_name='reason for emergency publication')),
                ('external_source', models.CharField(blank=True, max_length=120, verbose_name='imported from')),
                ('external_id', models.CharField(blank=True, max_length=200, verbose_name='identifier in that source')),
                ('began_as', models.JSONField(editable=False, null=True)),
                ('version', models.PositiveIntegerField(default=1, editable=False)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='created')),
                ('updated_at', articles.fields.ChangedField(blank=True, default=django.utils.timezone.now, editable=False, verbose_name='changed')),
                ('created_by_name', models.CharField(blank=True, default='', editable=False, max_length=150)),
                ('updated_by_name', models.CharField(blank=True, default='', editable=False, max_length=150)),
                ('created_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='author')),
                ('dateline_country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contacts.country', verbose_name='dateline country')),
                ('office', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='articles', to='contacts.office', verbose_name='issuing office')),
                ('redirect_to', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='articles.article', verbose_name='read instead')),
                ('revises', models.OneToOneField(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='working_copy', to='articles.article', verbose_name='working copy of')),
                ('translation_of', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='articles.article', verbose_name='translation of')),
                ('updated_by', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='changed by')),
            ],
            options={
                'verbose_name': 'article',
                'verbose_name_plural': 'articles',
                'ordering': ['-publish_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=255, upload_to='incoming/', verbose_name='file')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='size in bytes')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('content_type', models.CharField(default='application/octet-stream', editable=False, max_length=100, verbose_name='type')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['-created_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('by', models.CharField(blank=True, help_text='The user, or the server account that ran the command.', max_length=150, verbose_name='by')),
                ('source', models.TextField(verbose_name='files')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('state', models.CharField(choices=[('done', 'done'), ('undone', 'undone')], default='done', max_length=8, verbose_name='state')),
                ('counts', models.JSONField(default=dict, help_text='{model: {action: number of records}}', verbose_name='counts')),
            ],
            options={
                'verbose_name': 'import run',
                'verbose_name_plural': 'import runs',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ListChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('article', models.BigIntegerField(null=True)),
                ('names', models.BooleanField(default=False)),
                ('at', models.DateTimeField(auto_now_add=True)),
            ],
            managers=[
                ('dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ReferenceCounter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(unique=True)),
                ('last', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='HeadlineWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.BinaryField(max_length=200, unique=True)),
            ],
            managers=[
                ('dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('article', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='articles.article')),
                ('listed_at', models.DateTimeField()),
                ('published_on', models.DateField()),
                ('facets', models.TextField()),
                ('analyser', models.PositiveSmallIntegerField()),
            ],
            managers=[
                ('dumped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ArticleContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_rows', to='articles.article')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='contacts.contact', verbose_name='contact')),
            ],
            options={
                'verbose_name': 'press contact',
                'verbose_name_plural': 'press contacts',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='contacts',
            field=articles.fields.OrderedManyToManyField(related_name='articles', through='articles.ArticleContact', to='contacts.contact', verbose_name='press contacts'),
        ),
        migrations.CreateModel(
            name='ArticleCountry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('language', models.CharField(default='', editable=False, max_length=12)),
                ('listed_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='country_rows', to='articles.article')),
                ('country', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='contacts.country', verbose_name='country')),
            ],
            options={
                'verbose_name': 'country',
                'verbose_name_plural': 'countries (the first is the primary one)',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='countries',
            field=articles.fields.OrderedManyToManyField(related_name='articles', through='articles.ArticleCountry', to='contacts.country', verbose_name='countries'),
        ),
        migrations.CreateModel(
            name='ArticleRegion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('language', models.CharField(default='', editable=False, max_length=12)),
                ('listed_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='region_rows', to='articles.article')),
                ('region', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='contacts.region', verbose_name='region')),
            ],
            options={
                'verbose_name': 'region',
                'verbose_name_plural': 'regions',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='regions',
            field=articles.fields.OrderedManyToManyField(related_name='articles', through='articles.ArticleRegion', to='contacts.region', verbose_name='regions'),
        ),
        migrations.CreateModel(
            name='ArticleAttachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachment_rows', to='articles.article')),
                ('attachment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='articles.attachment', verbose_name='attachment')),
            ],
            options={
                'verbose_name': 'attachment',
                'verbose_name_plural': 'attachments',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='attachments',
            field=articles.fields.OrderedManyToManyField(related_name='articles', through='articles.ArticleAttachment', to='articles.attachment', verbose_name='attachments'),
        ),
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=255, upload_to='incoming/', verbose_name='file')),
                ('sha256', models.CharField(editable=False, max_length=64, unique=True, verbose_name='SHA-256')),
                ('size', models.PositiveBigIntegerField(default=0, editable=False, verbose_name='size in bytes')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='added')),
                ('width', models.PositiveIntegerField(default=0, editable=False, verbose_name='width in pixels')),
                ('height', models.PositiveIntegerField(default=0, editable=False, verbose_name='height in pixels')),
                ('credit', models.CharField(help_text='The photographer or artist, as the credit must be printed.', max_length=200, verbose_name='credit')),
                ('copyright', models.CharField(blank=True, max_length=200, verbose_name='copyright holder')),
                ('terms', models.TextField(blank=True, verbose_name='terms of use')),
                ('focal_x', models.FloatField(default=0.5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='focal point, from the left')),
                ('focal_y', models.FloatField(default=0.5, validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(1)], verbose_name='focal point, from the top')),
                ('decorative', models.BooleanField(default=False, help_text='Adds nothing to the text: screen readers skip it.', verbose_name='decorative')),
                ('renditions', models.JSONField(default=dict, editable=False, help_text='{format: [widths in pixels]} of the files made so far.', verbose_name='renditions')),
                ('source_url', models.CharField(blank=True, editable=False, help_text='The address from which an import fetched it.', max_length=2000, verbose_name='fetched from')),
                ('copies', models.CharField(choices=[('due', 'due'), ('made', 'made'), ('failed', 'failed')], default='due', editable=False, max_length=6, verbose_name='smaller copies')),
                ('copies_claimed_until', models.DateTimeField(editable=False, help_text='A process is making the copies, and has until then.', null=True)),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
                'ordering': ['-created_at', '-id'],
                'indexes': [models.Index(condition=models.Q(('copies', 'made'), _negated=True), fields=['copies'], name='articles_image_copies'), models.Index(condition=models.Q(('source_url', ''), _negated=True), fields=['source_url'], name='articles_image_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('credit', ''), _negated=True), name='articles_image_has_credit')],
            },
        ),
        migrations.CreateModel(
            name='ArticleImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='image_rows', to='articles.article')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='articles.image', verbose_name='image')),
            ],
            options={
                'verbose_name': 'gallery image',
                'verbose_name_plural': 'gallery images',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ArticleBodyImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='body_image_rows', to='articles.article')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='body_rows', to='articles.image', verbose_name='image')),
            ],
            options={
                'verbose_name': 'image in the text',
                'verbose_name_plural': 'images in the text',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='gallery',
            field=articles.fields.OrderedManyToManyField(related_name='in_galleries', through='articles.ArticleImage', to='articles.image', verbose_name='gallery'),
        ),
        migrations.AddField(
            model_name='article',
            name='lead_image',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='lead_of', to='articles.image', verbose_name='lead image'),
        ),
        migrations.CreateModel(
            name='ImageTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('alt', models.CharField(blank=True, help_text='Describes the picture for people who cannot see it.', max_length=300, verbose_name='alternative text')),
                ('caption', models.TextField(blank=True, verbose_name='caption')),
                ('image', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='articles.image')),
            ],
            options={
                'verbose_name': 'texts of an image',
                'verbose_name_plural': 'texts of an image',
                'ordering': ['language'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ImportRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('model', models.CharField(max_length=60)),
                ('key', models.CharField(help_text='The natural key as compact JSON.', max_length=1024)),
                ('digest', models.CharField(help_text="BLAKE2b-128 of the row's content as written, in hex.", max_length=32)),
                ('before', models.JSONField(blank=True, help_text='Content before this run; empty if the run created it.', null=True)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='records', to='articles.importrun')),
            ],
            options={
                'verbose_name': 'imported record',
                'verbose_name_plural': 'imported records',
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=24, verbose_name='move')),
                ('from_state', models.CharField(max_length=12, verbose_name='from')),
                ('to_state', models.CharField(max_length=12, verbose_name='to')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='at')),
                ('by_name', models.CharField(blank=True, default='', editable=False, max_length=150)),
                ('reason', models.TextField(blank=True, verbose_name='reason')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='articles.article')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'move',
                'verbose_name_plural': 'moves',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='RelatedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('url', models.URLField(max_length=500, verbose_name='address')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='related_links', to='articles.article')),
            ],
            options={
                'verbose_name': 'related link',
                'verbose_name_plural': 'related links',
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by_name', models.CharField(blank=True, default='', editable=False, max_length=150)),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='saved at')),
                ('content', models.JSONField(verbose_name='content')),
                ('edition', models.PositiveIntegerField(blank=True, null=True, verbose_name='edition')),
                ('contact_lines', models.JSONField(default=list, verbose_name='contact lines as published')),
                ('change_kind', models.CharField(blank=True, choices=[('minor', 'minor change'), ('major', 'major change'), ('correction', 'correction')], max_length=12, verbose_name='kind of change')),
                ('change_note', models.TextField(blank=True, verbose_name='change note')),
                ('previous_sha256', models.CharField(blank=True, max_length=64)),
                ('sha256', models.CharField(blank=True, max_length=64, verbose_name='SHA-256')),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='revisions', to='articles.article')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='by')),
            ],
            options={
                'verbose_name': 'revision',
                'verbose_name_plural': 'revisions',
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='SlugHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12)),
                ('slug', models.CharField(max_length=200)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='old_slugs', to='articles.article')),
            ],
            options={
                'verbose_name': 'earlier address',
                'verbose_name_plural': 'earlier addresses',
            },
        ),
        migrations.CreateModel(
            name='Subscription',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('filter', models.CharField(blank=True, help_text='The query string of the list.', max_length=500, verbose_name='filter')),
                ('frequency', models.CharField(choices=[('immediate', 'at once'), ('daily', 'daily'), ('weekly', 'weekly')], default='immediate', max_length=12, verbose_name='frequency')),
                ('token_sha256', models.CharField(blank=True, editable=False, max_length=64)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed')),
            ],
            options={
                'verbose_name': 'subscription',
                'verbose_name_plural': 'subscriptions',
                'constraints': [models.UniqueConstraint(fields=('email', 'language', 'filter'), name='articles_subscription_key')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('due_at', models.DateTimeField()),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='articles.revision')),
                ('subscription', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='articles.subscription')),
            ],
            options={
                'verbose_name': 'delivery',
                'verbose_name_plural': 'deliveries',
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(help_text='Used in addresses and imports, in every language. Never change it.', max_length=80, unique=True, verbose_name='code')),
                ('order', models.PositiveIntegerField(default=0, verbose_name='order')),
                ('merged_into', models.ForeignKey(blank=True, help_text='Its page redirects to this topic, whose lists include its articles.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='articles.topic', verbose_name='merged into')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='articles.topic', verbose_name='part of')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['order', 'code'],
            },
        ),
        migrations.CreateModel(
            name='ArticleTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('language', models.CharField(default='', editable=False, max_length=12)),
                ('listed_at', models.DateTimeField(editable=False, null=True)),
                ('article', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_rows', to='articles.article')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='article_rows', to='articles.topic', verbose_name='topic')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ['order', 'id'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='article',
            name='topics',
            field=articles.fields.OrderedManyToManyField(related_name='articles', through='articles.ArticleTopic', to='articles.topic', verbose_name='topics'),
        ),
        migrations.CreateModel(
            name='TopicContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='order')),
                ('contact', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='topic_rows', to='contacts.contact', verbose_name='contact')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contact_rows', to='articles.topic')),
            ],
            options={
                'verbose_name': 'desk contact',
                'verbose_name_plural': 'desk contacts',
                'ordering': ['order', 'id'],
            },
        ),
        migrations.CreateModel(
            name='TopicTranslation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=contacts.languages.language_choices, max_length=12, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='articles.topic')),
            ],
            options={
                'verbose_name': 'name of a topic',
                'verbose_name_plural': 'names of topics',
                'ordering': ['language'],
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='articlecontact',
            constraint=models.UniqueConstraint(fields=('article', 'contact'), name='articles_articlecontact_key'),
        ),
        migrations.AddIndex(
            model_name='articlecountry',
            index=models.Index(models.F('country'), models.F('language'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('article'), descending=True), name='articles_country_listed'),
        ),
        migrations.AddConstraint(
            model_name='articlecountry',
            constraint=models.UniqueConstraint(fields=('article', 'country'), name='articles_articlecountry_key'),
        ),
        migrations.AddIndex(
            model_name='articleregion',
            index=models.Index(models.F('region'), models.F('language'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('article'), descending=True), name='articles_region_listed'),
        ),
        migrations.AddConstraint(
            model_name='articleregion',
            constraint=models.UniqueConstraint(fields=('article', 'region'), name='articles_articleregion_key'),
        ),
        migrations.AddConstraint(
            model_name='articleattachment',
            constraint=models.UniqueConstraint(fields=('article', 'attachment'), name='articles_articleattachment_key'),
        ),
        migrations.AddConstraint(
            model_name='articleimage',
            constraint=models.UniqueConstraint(fields=('article', 'image'), name='articles_articleimage_key'),
        ),
        migrations.AddConstraint(
            model_name='articlebodyimage',
            constraint=models.UniqueConstraint(fields=('article', 'image'), name='articles_articlebodyimage_key'),
        ),
        migrations.AddConstraint(
            model_name='imagetranslation',
            constraint=models.UniqueConstraint(fields=('image', 'language'), name='articles_imagetranslation_key'),
        ),
        migrations.AddConstraint(
            model_name='importrecord',
            constraint=models.UniqueConstraint(fields=('model', 'key', 'run'), name='articles_importrecord_key'),
        ),
        migrations.AddConstraint(
            model_name='relatedlink',
            constraint=models.UniqueConstraint(fields=('article', 'url'), name='articles_relatedlink_key'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('article', 'edition'), name='articles_revision_edition'),
        ),
        migrations.AddConstraint(
            model_name='slughistory',
            constraint=models.UniqueConstraint(fields=('language', 'slug'), name='articles_slughistory_address'),
        ),
        migrations.AddIndex(
            model_name='delivery',
            index=models.Index(condition=models.Q(('sent_at', None)), fields=['due_at'], name='articles_delivery_due'),
        ),
        migrations.AddConstraint(
            model_name='delivery',
            constraint=models.UniqueConstraint(fields=('subscription', 'edition'), name='articles_delivery_once'),
        ),
        migrations.AddIndex(
            model_name='articletopic',
            index=models.Index(models.F('topic'), models.F('language'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('article'), descending=True), name='articles_topic_listed'),
        ),
        migrations.AddConstraint(
            model_name='articletopic',
            constraint=models.UniqueConstraint(fields=('article', 'topic'), name='articles_articletopic_key'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.F('language'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='articles_listed'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.F('language'), models.F('kind'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='articles_kind_listed'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.F('office'), models.F('language'), models.OrderBy(models.F('listed_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='articles_office_listed'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(models.OrderBy(models.F('publish_at'), descending=True), models.OrderBy(models.F('id'), descending=True), name='articles_by_date'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['state', 'publish_at'], name='articles_desk'),
        ),
        migrations.AddIndex(
            model_name='article',
            index=models.Index(fields=['reference'], name='articles_reference'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('revises', None)), fields=('language', 'slug'), name='articles_article_address', violation_error_message='Another article in this language has this slug.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('revises', None)), fields=('translation_of', 'language'), name='articles_article_one_translation', violation_error_message='There is a translation into this language already.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.UniqueConstraint(condition=models.Q(('external_id', ''), _negated=True), fields=('external_source', 'external_id'), name='articles_article_external', violation_error_message='Another article has this identifier.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review']), ('publish_at__isnull', False), _connector='OR'), name='articles_article_public_has_date', violation_error_message='Give the date and time of publication first.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), _negated=True), models.Q(('withdrawal_note', ''), _negated=True), _connector='OR'), name='articles_article_withdrawn_says_why', violation_error_message='Explain to readers why the article was withdrawn.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('press_from', None), ('press_from__lte', models.F('publish_at')), _connector='OR'), name='articles_article_embargo_before_publication', violation_error_message='The embargo cannot start after publication.'),
        ),
        migrations.AddConstraint(
            model_name='article',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'in_review', 'approved', 'withdrawn', 'gone'])), name='articles_article_known_state'),
        ),
        migrations.AddConstraint(
            model_name='topiccontact',
            constraint=models.UniqueConstraint(fields=('topic', 'contact'), name='articles_topiccontact_key'),
        ),
        migrations.AddConstraint(
            model_name='topictranslation',
            constraint=models.UniqueConstraint(fields=('topic', 'language'), name='articles_topictranslation_key'),
        ),
        migrations.RunPython(create_search_tables, drop_search_tables),
    ]

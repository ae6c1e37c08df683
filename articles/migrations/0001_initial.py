import re

import django.core.validators
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import django.db.models.manager
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import articles.fields
import articles.kinds
import articles.models.desk.front_page
import articles.models.desk.mail
import articles.models.moving_in.spelling
import articles.models.outgoing.queues
import articles.models.outgoing.webhooks
import contacts.languages

POSTGRESQL = [
    # The transaction that wrote a change, by which readers miss none: see articles.listing.in_memory.
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
        ("auth", "0012_alter_user_first_name_max_length"),
        ("auth", "__first__"),
        ("contacts", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Alarm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=150, unique=True)),
                ("sentence", models.TextField()),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("told_at", models.DateTimeField(null=True)),
                ("claimed_until", models.DateTimeField(null=True)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="AlertPosition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("began_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("seen_until", models.DateTimeField(default=django.utils.timezone.now)),
                ("revision", models.PositiveBigIntegerField(default=0)),
                ("move", models.PositiveBigIntegerField(default=0)),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Article",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        help_text="The last part of the address.",
                        max_length=200,
                        validators=[
                            django.core.validators.RegexValidator(
                                re.compile("^[-\\w]+\\Z"),
                                "Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.",
                                "invalid",
                            )
                        ],
                        verbose_name="slug",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=articles.kinds.kind_choices, default="news", max_length=24, verbose_name="kind"
                    ),
                ),
                ("headline", models.CharField(max_length=250, verbose_name="headline")),
                ("summary", models.TextField(blank=True, verbose_name="standfirst")),
                ("body", models.TextField(blank=True, verbose_name="body")),
                ("notes_to_editors", models.TextField(blank=True, verbose_name="notes to editors")),
                ("dateline_place", models.CharField(blank=True, max_length=120, verbose_name="dateline place")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("approved", "approved"),
                            ("withdrawn", "withdrawn"),
                            ("gone", "gone"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("publish_at", models.DateTimeField(blank=True, null=True, verbose_name="publish at")),
                (
                    "press_from",
                    models.DateTimeField(
                        blank=True,
                        help_text="Accredited press may read it from here on; it is public at “publish at”.",
                        null=True,
                        verbose_name="embargo: press from",
                    ),
                ),
                (
                    "published_on",
                    models.DateField(blank=True, editable=False, null=True, verbose_name="day of publication"),
                ),
                (
                    "review_by",
                    models.DateField(
                        blank=True,
                        help_text="On this day the desk asks whether the public text is still right.",
                        null=True,
                        verbose_name="look at it again by",
                    ),
                ),
                (
                    "first_published_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="first published at"),
                ),
                (
                    "listed_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(revises=None, state="approved", then=models.F("publish_at")),
                            default=None,
                            output_field=models.DateTimeField(),
                        ),
                        output_field=models.DateTimeField(null=True),
                        serialize=False,
                    ),
                ),
                (
                    "reference",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="YYYY-NNNNN, the same in all languages.",
                        max_length=24,
                        verbose_name="reference number",
                    ),
                ),
                (
                    "change_kind",
                    models.CharField(
                        choices=[("minor", "minor change"), ("major", "major change"), ("correction", "correction")],
                        default="minor",
                        max_length=12,
                        verbose_name="kind of change",
                    ),
                ),
                (
                    "was_wrong",
                    models.TextField(
                        blank=True,
                        help_text="Of a correction: what the article said. Readers see it.",
                        verbose_name="what was wrong",
                    ),
                ),
                (
                    "change_note",
                    models.TextField(
                        blank=True,
                        help_text="What has changed; of a correction, what the article says now. Of a minor change nobody sees it.",
                        verbose_name="note to readers",
                    ),
                ),
                (
                    "withdrawal_note",
                    models.TextField(blank=True, help_text="Shown to readers.", verbose_name="why it was withdrawn"),
                ),
                (
                    "boilerplate_title",
                    models.CharField(
                        blank=True, editable=False, max_length=160, verbose_name="title of the boilerplate"
                    ),
                ),
                ("boilerplate", models.TextField(blank=True, editable=False, verbose_name="boilerplate")),
                (
                    "emergency_reason",
                    models.TextField(blank=True, editable=False, verbose_name="reason for emergency publication"),
                ),
                (
                    "emergency_at",
                    models.DateTimeField(
                        editable=False,
                        help_text="Until another approver has looked at it; then empty again.",
                        null=True,
                        verbose_name="published in an emergency",
                    ),
                ),
                (
                    "restricted",
                    models.BooleanField(
                        db_default=False, default=False, editable=False, verbose_name="limited to named people"
                    ),
                ),
                ("external_source", models.CharField(blank=True, max_length=120, verbose_name="imported from")),
                ("external_id", models.CharField(blank=True, max_length=200, verbose_name="identifier in that source")),
                ("began_as", models.JSONField(editable=False, null=True)),
                ("version", models.PositiveIntegerField(default=1, editable=False)),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="created"),
                ),
                (
                    "updated_at",
                    articles.fields.ChangedField(
                        blank=True, default=django.utils.timezone.now, editable=False, verbose_name="changed"
                    ),
                ),
                ("created_by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("updated_by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "dateline_country",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.country",
                        verbose_name="dateline country",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="articles",
                        to="contacts.office",
                        verbose_name="issuing office",
                    ),
                ),
                (
                    "redirect_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.article",
                        verbose_name="read instead",
                    ),
                ),
                (
                    "revises",
                    models.OneToOneField(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="working_copy",
                        to="articles.article",
                        verbose_name="working copy of",
                    ),
                ),
                (
                    "translation_of",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="translations",
                        to="articles.article",
                        verbose_name="translation of",
                    ),
                ),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "article",
                "verbose_name_plural": "articles",
                "ordering": ["-publish_at", "-id"],
                "indexes": [
                    models.Index(
                        models.F("language"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="articles_listed",
                    ),
                    models.Index(
                        models.F("language"),
                        models.F("kind"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="articles_kind_listed",
                    ),
                    models.Index(
                        models.F("office"),
                        models.F("language"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="articles_office_listed",
                    ),
                    models.Index(
                        models.OrderBy(models.F("publish_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="articles_by_date",
                    ),
                    models.Index(
                        models.F("office"),
                        models.OrderBy(models.F("publish_at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="articles_of_office",
                    ),
                    models.Index(fields=["state", "publish_at"], name="articles_desk"),
                    models.Index(fields=["reference"], name="articles_reference"),
                    models.Index(
                        condition=models.Q(("emergency_at__isnull", False)),
                        fields=["emergency_at"],
                        name="articles_emergencies",
                    ),
                    models.Index(
                        condition=models.Q(("press_from__isnull", False)),
                        fields=["press_from"],
                        name="articles_embargoes",
                    ),
                    models.Index(condition=models.Q(("restricted", True)), fields=["id"], name="articles_restricted"),
                    models.Index(
                        condition=models.Q(("review_by", None), _negated=True),
                        fields=["review_by"],
                        name="articles_review_by",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revises", None)),
                        fields=("language", "slug"),
                        name="articles_article_address",
                        violation_error_message="Another article in this language has this slug.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revises", None)),
                        fields=("translation_of", "language"),
                        name="articles_article_one_translation",
                        violation_error_message="There is a translation into this language already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("external_id", ""), _negated=True),
                        fields=("external_source", "external_id"),
                        name="articles_article_external",
                        violation_error_message="Another article has this identifier.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["draft", "in_review"]), ("publish_at__isnull", False), _connector="OR"
                        ),
                        name="articles_article_public_has_date",
                        violation_error_message="Give the date and time of publication first.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "withdrawn"), _negated=True),
                            models.Q(("withdrawal_note", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="articles_article_withdrawn_says_why",
                        violation_error_message="Explain to readers why the article was withdrawn.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("press_from", None), ("press_from__lte", models.F("publish_at")), _connector="OR"
                        ),
                        name="articles_article_embargo_before_publication",
                        violation_error_message="The embargo cannot start after publication.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_review", "approved", "withdrawn", "gone"])),
                        name="articles_article_known_state",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BackgroundJob",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, unique=True)),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("succeeded_at", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, db_default="", default="", max_length=100)),
            ],
        ),
        migrations.CreateModel(
            name="Banner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Used in addresses and imports, in every language. Never change it.",
                        max_length=80,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "until",
                    models.DateTimeField(default=articles.models.desk.front_page.in_some_days, verbose_name="until"),
                ),
                (
                    "link",
                    models.URLField(
                        blank=True, help_text="Where readers find out more.", max_length=500, verbose_name="address"
                    ),
                ),
            ],
            options={
                "verbose_name": "banner",
                "verbose_name_plural": "banners",
                "ordering": ["-until", "code"],
            },
        ),
        migrations.CreateModel(
            name="ColumnMapping",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                ("headers", models.CharField(editable=False, max_length=64, unique=True)),
                ("columns", models.JSONField(default=dict)),
                ("values", models.JSONField(default=dict)),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
            ],
            options={
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="GlossaryTerm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Used in addresses and imports, in every language. Never change it.",
                        max_length=80,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "note",
                    models.TextField(
                        blank=True,
                        help_text="For translators: what it means, when it is not used.",
                        verbose_name="note",
                    ),
                ),
            ],
            options={
                "verbose_name": "term of the glossary",
                "verbose_name_plural": "glossary",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="HeadlineWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.BinaryField(max_length=200, unique=True)),
            ],
            managers=[
                ("dumped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="ImportRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(auto_now_add=True, verbose_name="started")),
                ("finished_at", models.DateTimeField(blank=True, null=True, verbose_name="finished")),
                (
                    "by",
                    models.CharField(
                        blank=True,
                        help_text="The user, or the server account that ran the command.",
                        max_length=150,
                        verbose_name="by",
                    ),
                ),
                ("source", models.TextField(verbose_name="files")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "state",
                    models.CharField(
                        choices=[("done", "done"), ("undone", "undone")],
                        default="done",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                (
                    "counts",
                    models.JSONField(
                        default=dict, help_text="{model: {action: number of records}}", verbose_name="counts"
                    ),
                ),
            ],
            options={
                "verbose_name": "import run",
                "verbose_name_plural": "import runs",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="LinkCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("articles", models.PositiveIntegerField(default=0)),
                ("asked", models.PositiveIntegerField(default=0)),
                ("broken", models.PositiveIntegerField(default=0)),
                ("next_article", models.BigIntegerField(null=True)),
            ],
            options={
                "verbose_name": "check of links",
                "verbose_name_plural": "check of links",
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="ListChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article", models.BigIntegerField(null=True)),
                ("names", models.BooleanField(default=False)),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            managers=[
                ("dumped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="OldAddress",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "address",
                    models.CharField(
                        error_messages={"unique": "This address is in the table already."},
                        max_length=500,
                        unique=True,
                        verbose_name="old address",
                    ),
                ),
                (
                    "path",
                    models.CharField(
                        blank=True,
                        help_text="Or the path of any other public page, such as /en/topics/floods/ or /en/news/{slug}/.",
                        max_length=500,
                        validators=[articles.models.moving_in.spelling.validate_target],
                        verbose_name="page of this site",
                    ),
                ),
                (
                    "note",
                    models.CharField(blank=True, help_text="For the desk only.", max_length=250, verbose_name="note"),
                ),
                (
                    "start",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(
                                django.db.models.lookups.Exact(
                                    django.db.models.functions.text.StrIndex(
                                        django.db.models.functions.text.Replace(
                                            models.F("address"), models.Value("{"), models.Value("*")
                                        ),
                                        models.Value("*"),
                                    ),
                                    0,
                                ),
                                then=models.F("address"),
                            ),
                            models.When(
                                models.Q(
                                    django.db.models.lookups.GreaterThan(
                                        django.db.models.functions.text.StrIndex("address", models.Value("?")), 0
                                    ),
                                    django.db.models.lookups.GreaterThan(
                                        django.db.models.functions.text.StrIndex(
                                            django.db.models.functions.text.Replace(
                                                models.F("address"), models.Value("{"), models.Value("*")
                                            ),
                                            models.Value("*"),
                                        ),
                                        django.db.models.functions.text.StrIndex("address", models.Value("?")),
                                    ),
                                ),
                                then=django.db.models.functions.text.Left(
                                    "address", django.db.models.functions.text.StrIndex("address", models.Value("?"))
                                ),
                            ),
                            default=django.db.models.functions.text.Left(
                                "address",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.text.StrIndex(
                                        django.db.models.functions.text.Replace(
                                            models.F("address"), models.Value("{"), models.Value("*")
                                        ),
                                        models.Value("*"),
                                    ),
                                    "-",
                                    models.Value(1),
                                ),
                            ),
                            output_field=models.CharField(),
                        ),
                        output_field=models.CharField(max_length=500),
                        serialize=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "old address",
                "verbose_name_plural": "old addresses",
                "ordering": ["address"],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="recipient",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices,
                        default=articles.models.desk.mail.default_language,
                        max_length=12,
                        verbose_name="language of mails",
                    ),
                ),
                (
                    "mails",
                    models.CharField(
                        choices=[
                            ("off", "no mails"),
                            ("at_once", "at once, at most one in ten minutes"),
                            ("daily", "once a day, in the morning"),
                        ],
                        default="at_once",
                        max_length=12,
                        verbose_name="mails",
                    ),
                ),
                (
                    "languages",
                    models.JSONField(blank=True, default=list, verbose_name="languages into which I translate"),
                ),
                ("next_at", models.DateTimeField(editable=False, null=True)),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
            ],
            options={
                "verbose_name": "settings of mails",
                "verbose_name_plural": "settings of mails",
            },
        ),
        migrations.CreateModel(
            name="ReferenceCounter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(unique=True)),
                ("last", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Subscriber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=articles.models.outgoing.queues.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                ("claimed_by", models.CharField(blank=True, db_index=True, editable=False, max_length=32)),
                ("next_at", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("recent", models.JSONField(default=list, editable=False)),
                ("refusals", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="refusals")),
                (
                    "switched_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="switched off"),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="since"),
                ),
            ],
            options={
                "verbose_name": "subscriber",
                "verbose_name_plural": "subscribers",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
                ("listed_at", models.DateTimeField()),
                ("published_on", models.DateField()),
                ("facets", models.TextField()),
                ("analyser", models.PositiveSmallIntegerField()),
            ],
            managers=[
                ("dumped", django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("published", "Published"),
                            ("changed", "Changed"),
                            ("corrected", "Corrected"),
                            ("withdrawn", "Withdrawn"),
                            ("removed", "Removed from the site"),
                            ("returned", "Public again"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("addressed_at", models.DateTimeField(null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announcements",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "announcement",
                "verbose_name_plural": "announcements",
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("addressed_at", None)), fields=["at"], name="articles_announcement_new"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "kind", "number"), name="articles_announcement_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contact_rows", to="articles.article"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="contacts.contact",
                        verbose_name="contact",
                    ),
                ),
            ],
            options={
                "verbose_name": "press contact",
                "verbose_name_plural": "press contacts",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("article", "contact"), name="articles_articlecontact_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="contacts",
            field=articles.fields.OrderedManyToManyField(
                related_name="articles",
                through="articles.ArticleContact",
                to="contacts.contact",
                verbose_name="press contacts",
            ),
        ),
        migrations.CreateModel(
            name="ArticleCountry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("language", models.CharField(default="", editable=False, max_length=12)),
                ("listed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="country_rows", to="articles.article"
                    ),
                ),
                (
                    "country",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="contacts.country",
                        verbose_name="country",
                    ),
                ),
            ],
            options={
                "verbose_name": "country",
                "verbose_name_plural": "countries (the first is the primary one)",
                "ordering": ["order", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("country"),
                        models.F("language"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("article"), descending=True),
                        name="articles_country_listed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "country"), name="articles_articlecountry_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="countries",
            field=articles.fields.OrderedManyToManyField(
                related_name="articles",
                through="articles.ArticleCountry",
                to="contacts.country",
                verbose_name="countries",
            ),
        ),
        migrations.CreateModel(
            name="ArticleReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reader_rows", to="articles.article"
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "named person",
                "verbose_name_plural": "named people",
                "constraints": [models.UniqueConstraint(fields=("article", "user"), name="articles_articlereader_key")],
            },
        ),
        migrations.CreateModel(
            name="ArticleRegion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("language", models.CharField(default="", editable=False, max_length=12)),
                ("listed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="region_rows", to="articles.article"
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="contacts.region",
                        verbose_name="region",
                    ),
                ),
            ],
            options={
                "verbose_name": "region",
                "verbose_name_plural": "regions",
                "ordering": ["order", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("region"),
                        models.F("language"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("article"), descending=True),
                        name="articles_region_listed",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "region"), name="articles_articleregion_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="regions",
            field=articles.fields.OrderedManyToManyField(
                related_name="articles", through="articles.ArticleRegion", to="contacts.region", verbose_name="regions"
            ),
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("until", models.DateField(blank=True, null=True, verbose_name="until")),
                ("at", models.DateTimeField(auto_now=True, verbose_name="at")),
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="assignment", to="articles.article"
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who acts next",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=255, upload_to="incoming/", verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="size in bytes")),
                (
                    "original_name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=255,
                        verbose_name="name of the file",
                    ),
                ),
                (
                    "tags",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Separated by commas.",
                        max_length=300,
                        verbose_name="tags",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added"),
                ),
                (
                    "uploaded_by_name",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=150),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "content_type",
                    models.CharField(
                        default="application/octet-stream", editable=False, max_length=100, verbose_name="type"
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="articles_attachment_newest"),
                    models.Index(
                        condition=models.Q(("tags", ""), _negated=True),
                        fields=["tags"],
                        name="articles_attachment_tags",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleAttachment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attachment_rows",
                        to="articles.article",
                    ),
                ),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="articles.attachment",
                        verbose_name="attachment",
                    ),
                ),
            ],
            options={
                "verbose_name": "attachment",
                "verbose_name_plural": "attachments",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("article", "attachment"), name="articles_articleattachment_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="attachments",
            field=articles.fields.OrderedManyToManyField(
                related_name="articles",
                through="articles.ArticleAttachment",
                to="articles.attachment",
                verbose_name="attachments",
            ),
        ),
        migrations.CreateModel(
            name="BannerTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("text", models.TextField(verbose_name="text")),
                (
                    "banner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="articles.banner"
                    ),
                ),
            ],
            options={
                "verbose_name": "text in a language",
                "verbose_name_plural": "texts in the languages",
                "ordering": ["language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("banner", "language"), name="articles_bannertranslation_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="BehindPeriod",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("since", models.DateTimeField()),
                ("until", models.DateTimeField(blank=True, null=True)),
                (
                    "translation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="behind_periods",
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("until", None)),
                        fields=("translation",),
                        name="articles_behindperiod_one_open",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Boilerplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Used in addresses and imports, in every language. Never change it.",
                        max_length=80,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=articles.kinds.kind_choices,
                        default="",
                        help_text="Only for articles of this kind; empty: of every kind.",
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        help_text="Only for articles of this office; empty: of every office.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.office",
                        verbose_name="office",
                    ),
                ),
            ],
            options={
                "verbose_name": "boilerplate",
                "verbose_name_plural": "boilerplates",
                "ordering": ["code"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("office__isnull", False)),
                        fields=("office", "kind"),
                        name="articles_boilerplate_office_kind",
                        violation_error_message="There is a boilerplate for this office and kind already.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("office__isnull", True)),
                        fields=("kind",),
                        name="articles_boilerplate_kind",
                        violation_error_message="There is a boilerplate for this office and kind already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoilerplateTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("title", models.CharField(max_length=160, verbose_name="title")),
                ("body", models.TextField(verbose_name="text")),
                (
                    "boilerplate",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="articles.boilerplate",
                    ),
                ),
            ],
            options={
                "verbose_name": "text of a boilerplate",
                "verbose_name_plural": "texts of a boilerplate",
                "ordering": ["language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(
                        fields=("boilerplate", "language"), name="articles_boilerplatetranslation_key"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BrokenLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.TextField(verbose_name="address")),
                ("fault", models.CharField(max_length=12, verbose_name="fault")),
                ("status", models.PositiveSmallIntegerField(default=0, verbose_name="answer")),
                ("times", models.PositiveSmallIntegerField(default=1, verbose_name="times in a row")),
                ("since", models.DateTimeField(default=django.utils.timezone.now, verbose_name="since")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="broken_links",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "broken link",
                "verbose_name_plural": "broken links",
                "ordering": ["id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("edition", models.PositiveIntegerField(verbose_name="edition")),
                ("wrong", models.TextField(blank=True, verbose_name="what was wrong")),
                ("now", models.TextField(blank=True, verbose_name="what it says now")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="corrections",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "correction",
                "verbose_name_plural": "corrections",
                "ordering": ["-at", "-id"],
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("at"), descending=True),
                        models.OrderBy(models.F("id"), descending=True),
                        name="articles_correction_newest",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "edition"), name="articles_correction_edition")
                ],
            },
        ),
        migrations.CreateModel(
            name="Coverage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outlet", models.CharField(max_length=160, verbose_name="outlet")),
                ("title", models.CharField(max_length=250, verbose_name="title")),
                ("address", models.URLField(max_length=500, verbose_name="address")),
                ("published_on", models.DateField(verbose_name="date")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=False, help_text="Listed on the article’s public page.", verbose_name="shown to readers"
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="coverage",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "media coverage",
                "verbose_name_plural": "media coverage",
                "ordering": ["-published_on", "-id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "address"),
                        name="articles_coverage_key",
                        violation_error_message="This report is listed already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DeletedArticle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("article", models.PositiveBigIntegerField(editable=False, verbose_name="former number")),
                ("headline", models.CharField(max_length=250, verbose_name="headline")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("author", models.CharField(blank=True, max_length=300, verbose_name="author")),
                ("at", models.DateTimeField(auto_now_add=True, db_index=True, verbose_name="deleted")),
                ("restricted", models.BooleanField(default=False)),
                ("content", models.JSONField(verbose_name="last text")),
                ("history", models.JSONField(verbose_name="history")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="deleted by",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="contacts.office",
                        verbose_name="office",
                    ),
                ),
                ("readers", models.ManyToManyField(related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "verbose_name": "deleted article",
                "verbose_name_plural": "deleted articles",
                "ordering": ["-at", "-id"],
            },
        ),
        migrations.CreateModel(
            name="Enquiry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "received_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="received"),
                ),
                ("name", models.CharField(blank=True, max_length=160, verbose_name="asked by")),
                ("outlet", models.CharField(blank=True, max_length=160, verbose_name="outlet")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("telephone", models.CharField(blank=True, max_length=60, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "about",
                    models.CharField(blank=True, help_text="As it was typed.", max_length=300, verbose_name="about"),
                ),
                ("question", models.TextField(blank=True, verbose_name="question")),
                ("deadline", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "new"),
                            ("in_hand", "in hand"),
                            ("answered", "answer given"),
                            ("closed", "closed without an answer"),
                        ],
                        default="new",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("answer", models.TextField(blank=True, verbose_name="our answer")),
                (
                    "outcome",
                    models.TextField(
                        blank=True,
                        help_text="What came of it, such as an interview or a story.",
                        verbose_name="outcome",
                    ),
                ),
                ("erased_at", models.DateTimeField(editable=False, null=True, verbose_name="personal data deleted")),
                (
                    "article",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="enquiries",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Who answers it.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "enquiry",
                "verbose_name_plural": "enquiries",
                "ordering": ["-received_at", "-id"],
                "indexes": [
                    models.Index(fields=["-received_at", "-id"], name="articles_enquiry_received"),
                    models.Index(
                        condition=models.Q(("state__in", ["new", "in_hand"])),
                        fields=["deadline"],
                        name="articles_enquiry_open",
                    ),
                    models.Index(
                        condition=models.Q(("erased_at", None)),
                        fields=["received_at"],
                        name="articles_enquiry_not_erased",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GlossaryWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("wording", models.CharField(max_length=160, verbose_name="agreed wording")),
                (
                    "others",
                    models.TextField(
                        blank=True,
                        help_text="Other wordings that count as this term, one a line: a short form.",
                        verbose_name="also right",
                    ),
                ),
                (
                    "term",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="articles.glossaryterm",
                    ),
                ),
            ],
            options={
                "verbose_name": "wording of a term",
                "verbose_name_plural": "wordings of a term",
                "ordering": ["language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("term", "language"), name="articles_glossarywording_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Image",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=255, upload_to="incoming/", verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="size in bytes")),
                (
                    "original_name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=255,
                        verbose_name="name of the file",
                    ),
                ),
                (
                    "tags",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Separated by commas.",
                        max_length=300,
                        verbose_name="tags",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added"),
                ),
                (
                    "uploaded_by_name",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=150),
                ),
                (
                    "credit",
                    models.CharField(
                        help_text="The photographer or artist, as the credit must be printed.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                ("copyright", models.CharField(blank=True, max_length=200, verbose_name="copyright holder")),
                ("terms", models.TextField(blank=True, verbose_name="terms of use")),
                ("width", models.PositiveIntegerField(default=0, editable=False, verbose_name="width in pixels")),
                ("height", models.PositiveIntegerField(default=0, editable=False, verbose_name="height in pixels")),
                (
                    "focal_x",
                    models.FloatField(
                        default=0.5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="focal point, from the left",
                    ),
                ),
                (
                    "focal_y",
                    models.FloatField(
                        default=0.5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1),
                        ],
                        verbose_name="focal point, from the top",
                    ),
                ),
                (
                    "decorative",
                    models.BooleanField(
                        default=False,
                        help_text="Adds nothing to the text: screen readers skip it.",
                        verbose_name="decorative",
                    ),
                ),
                (
                    "to_be_cleared",
                    models.BooleanField(
                        default=False,
                        help_text="A writer uploaded it: no article with it is published until an editor has cleared it.",
                        verbose_name="to be cleared",
                    ),
                ),
                (
                    "source_url",
                    models.CharField(
                        blank=True,
                        editable=False,
                        help_text="The address from which an import fetched it.",
                        max_length=2000,
                        verbose_name="fetched from",
                    ),
                ),
                (
                    "renditions",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        help_text="{format: [widths in pixels]} of the files made so far.",
                        verbose_name="renditions",
                    ),
                ),
                (
                    "copies",
                    models.CharField(
                        choices=[("due", "due"), ("made", "made"), ("failed", "failed")],
                        default="due",
                        editable=False,
                        max_length=6,
                        verbose_name="smaller copies",
                    ),
                ),
                (
                    "copies_claimed_until",
                    models.DateTimeField(
                        editable=False, help_text="A process is making the copies, and has until then.", null=True
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "image",
                "verbose_name_plural": "images",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("copies", "made"), _negated=True),
                        fields=["copies"],
                        name="articles_image_copies",
                    ),
                    models.Index(
                        condition=models.Q(("to_be_cleared", True)),
                        fields=["to_be_cleared"],
                        name="articles_image_to_clear",
                    ),
                    models.Index(
                        condition=models.Q(("source_url", ""), _negated=True),
                        fields=["source_url"],
                        name="articles_image_source",
                    ),
                    models.Index(fields=["-created_at", "-id"], name="articles_image_newest"),
                    models.Index(
                        condition=models.Q(("tags", ""), _negated=True), fields=["tags"], name="articles_image_tags"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit", ""), _negated=True), name="articles_image_has_credit"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="image_rows", to="articles.article"
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="articles.image",
                        verbose_name="image",
                    ),
                ),
            ],
            options={
                "verbose_name": "gallery image",
                "verbose_name_plural": "gallery images",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [models.UniqueConstraint(fields=("article", "image"), name="articles_articleimage_key")],
            },
        ),
        migrations.CreateModel(
            name="ArticleBodyImage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="body_image_rows",
                        to="articles.article",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="body_rows",
                        to="articles.image",
                        verbose_name="image",
                    ),
                ),
            ],
            options={
                "verbose_name": "image in the text",
                "verbose_name_plural": "images in the text",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("article", "image"), name="articles_articlebodyimage_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="gallery",
            field=articles.fields.OrderedManyToManyField(
                related_name="in_galleries",
                through="articles.ArticleImage",
                to="articles.image",
                verbose_name="gallery",
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="lead_image",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lead_of",
                to="articles.image",
                verbose_name="lead image",
            ),
        ),
        migrations.CreateModel(
            name="ImageTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "alt",
                    models.CharField(
                        blank=True,
                        help_text="Describes the picture for people who cannot see it.",
                        max_length=300,
                        verbose_name="alternative text",
                    ),
                ),
                ("caption", models.TextField(blank=True, verbose_name="caption")),
                (
                    "image",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="articles.image"
                    ),
                ),
            ],
            options={
                "verbose_name": "texts of an image",
                "verbose_name_plural": "texts of an image",
                "ordering": ["language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("image", "language"), name="articles_imagetranslation_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="ImportRecord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=60)),
                ("key", models.CharField(help_text="The natural key as compact JSON.", max_length=1024)),
                (
                    "digest",
                    models.CharField(help_text="BLAKE2b-128 of the row's content as written, in hex.", max_length=32),
                ),
                (
                    "before",
                    models.JSONField(
                        blank=True, help_text="Content before this run; empty if the run created it.", null=True
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="records", to="articles.importrun"
                    ),
                ),
            ],
            options={
                "verbose_name": "imported record",
                "verbose_name_plural": "imported records",
                "constraints": [
                    models.UniqueConstraint(fields=("model", "key", "run"), name="articles_importrecord_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Journalist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        default=articles.models.outgoing.queues.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("claimed_until", models.DateTimeField(editable=False, null=True)),
                ("claimed_by", models.CharField(blank=True, db_index=True, editable=False, max_length=32)),
                ("next_at", models.DateTimeField(editable=False, null=True)),
                ("attempts", models.PositiveIntegerField(default=0, editable=False)),
                ("recent", models.JSONField(default=list, editable=False)),
                ("refusals", models.PositiveSmallIntegerField(default=0, editable=False, verbose_name="refusals")),
                (
                    "switched_off_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="switched off"),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("outlet", models.CharField(max_length=120, verbose_name="outlet")),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                ("telephone", models.CharField(blank=True, max_length=60, verbose_name="telephone")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices,
                        help_text="Mails are written in it.",
                        max_length=12,
                        verbose_name="language",
                    ),
                ),
                (
                    "other_languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Used if there is no text in the first language.",
                        verbose_name="also reads",
                    ),
                ),
                ("notes", models.TextField(blank=True, verbose_name="notes")),
                (
                    "consent_on",
                    models.DateField(
                        blank=True,
                        help_text="Nobody is written to without consent.",
                        null=True,
                        verbose_name="consent given on",
                    ),
                ),
                (
                    "consent_source",
                    models.CharField(
                        blank=True,
                        help_text="How it was given, such as “e-mail to the press office”.",
                        max_length=200,
                        verbose_name="source of the consent",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True, help_text="Who is not active gets no mails.", verbose_name="active"
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="entered"),
                ),
                (
                    "countries",
                    models.ManyToManyField(
                        blank=True, related_name="+", to="contacts.country", verbose_name="countries"
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(blank=True, related_name="+", to="contacts.region", verbose_name="regions"),
                ),
            ],
            options={
                "verbose_name": "journalist",
                "verbose_name_plural": "journalists",
                "ordering": ["name", "id"],
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("email"),
                        name="articles_journalist_email",
                        violation_error_message="A journalist with this e-mail address is listed already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("consent_on", None), models.Q(("consent_source", ""), _negated=True), _connector="OR"
                        ),
                        name="articles_journalist_consent",
                        violation_error_message="Say how the consent was given.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ConsentChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("given_on", models.DateField(null=True)),
                ("source", models.CharField(blank=True, max_length=200)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "journalist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="consent_log",
                        to="articles.journalist",
                    ),
                ),
            ],
            options={
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Move",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("name", models.CharField(max_length=24, verbose_name="move")),
                ("from_state", models.CharField(max_length=12, verbose_name="from")),
                ("to_state", models.CharField(max_length=12, verbose_name="to")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("reason", models.TextField(blank=True, verbose_name="reason")),
                ("warnings", models.TextField(blank=True, verbose_name="acknowledged")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moves", to="articles.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "move",
                "verbose_name_plural": "moves",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="OldAddressUse",
            fields=[
                (
                    "old_address",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="use",
                        serialize=False,
                        to="articles.oldaddress",
                    ),
                ),
                ("hits", models.PositiveBigIntegerField(default=0, verbose_name="hits")),
                ("last_at", models.DateTimeField(verbose_name="last hit")),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="oldaddress",
            name="article",
            field=models.ForeignKey(
                blank=True,
                help_text="Its language version is the one that readers get. Until it is public, they get “not found”.",
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="old_addresses",
                to="articles.article",
                verbose_name="article",
            ),
        ),
        migrations.CreateModel(
            name="Pass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked")),
                ("languages", models.JSONField(default=list, verbose_name="languages")),
                ("outlet", models.CharField(max_length=120, verbose_name="outlet")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="passes", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "embargo pass",
                "verbose_name_plural": "embargo passes",
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PassOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="opened")),
                ("network", models.CharField(blank=True, max_length=45, verbose_name="network")),
                ("language", models.CharField(blank=True, max_length=12, verbose_name="language")),
                ("file", models.CharField(blank=True, max_length=200, verbose_name="file")),
                (
                    "given",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="articles.pass"
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of an embargo pass",
                "verbose_name_plural": "openings of embargo passes",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Pin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "place",
                    models.CharField(
                        default="home",
                        help_text="The front page, or the page of a region.",
                        max_length=80,
                        verbose_name="page",
                    ),
                ),
                (
                    "is_lead",
                    models.BooleanField(
                        default=False,
                        help_text="Large, above all others. Of several the first is shown so.",
                        verbose_name="lead story",
                    ),
                ),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "until",
                    models.DateTimeField(
                        default=articles.models.desk.front_page.in_some_days,
                        help_text="From then on the page shows the newest stories first again.",
                        verbose_name="until",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pins",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
            ],
            options={
                "verbose_name": "pinned article",
                "verbose_name_plural": "pinned articles",
                "ordering": ["place", "-is_lead", "order", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("article", "place"),
                        name="articles_pin_key",
                        violation_error_message="This article is pinned there already.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PressList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, unique=True, verbose_name="name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("picked", "chosen by name"), ("rule", "by a rule")],
                        default="picked",
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "outlet",
                    models.CharField(
                        blank=True, help_text="A part of its name is enough.", max_length=120, verbose_name="outlet"
                    ),
                ),
                ("languages", models.JSONField(blank=True, default=list, verbose_name="languages")),
                (
                    "journalists",
                    models.ManyToManyField(
                        blank=True, related_name="press_lists", to="articles.journalist", verbose_name="journalists"
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        blank=True,
                        help_text="Whose list it is. Without an office, all who may write to the press use it.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="contacts.office",
                        verbose_name="office",
                    ),
                ),
                (
                    "regions",
                    models.ManyToManyField(blank=True, related_name="+", to="contacts.region", verbose_name="regions"),
                ),
            ],
            options={
                "verbose_name": "press list",
                "verbose_name_plural": "press lists",
                "ordering": ["name"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Quote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(editable=False, verbose_name="number")),
                ("speaker", models.CharField(max_length=160, verbose_name="speaker")),
                ("role", models.CharField(blank=True, max_length=200, verbose_name="function")),
                ("text", models.TextField(verbose_name="words")),
                (
                    "language",
                    models.CharField(
                        blank=True,
                        choices=contacts.languages.language_choices,
                        help_text="If it was translated.",
                        max_length=12,
                        verbose_name="spoken in",
                    ),
                ),
                ("approved_by", models.CharField(blank=True, max_length=160, verbose_name="approved by")),
                ("approved_on", models.DateField(blank=True, null=True, verbose_name="approved on")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="quotes", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "quote",
                "verbose_name_plural": "quotes",
                "ordering": ["number", "id"],
                "constraints": [models.UniqueConstraint(fields=("article", "number"), name="articles_quote_key")],
            },
        ),
        migrations.CreateModel(
            name="ReaderCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("all", "all pages"),
                            ("article", "articles"),
                            ("page", "other pages"),
                            ("download", "downloads"),
                            ("site", "sites that led here"),
                        ],
                        max_length=8,
                    ),
                ),
                ("article", models.BigIntegerField(default=0)),
                ("key", models.CharField(blank=True, max_length=200)),
                ("language", models.CharField(blank=True, max_length=10)),
                ("number", models.PositiveIntegerField(default=0)),
            ],
            options={
                "verbose_name": "reader count",
                "verbose_name_plural": "reader counts",
                "default_permissions": (),
                "indexes": [models.Index(fields=["article", "day"], name="articles_readers_of_article")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("day", "kind", "article", "key", "language"), name="articles_readers_of_a_day"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("submitted", "Submitted for review"),
                            ("sent_back", "Sent back"),
                            ("approved", "Approved"),
                            ("published", "Published"),
                            ("emergency", "Published in an emergency"),
                            ("corrected", "Corrected"),
                            ("withdrawn", "Withdrawn"),
                            ("removed", "Removed from the site"),
                            ("returned", "Public again"),
                            ("assigned", "You act next"),
                            ("remark", "Remark"),
                            ("enquiry", "Enquiry"),
                            ("held", "Held: the source has changed"),
                            ("past_hour", "Past its hour and not approved"),
                            ("embargo", "The embargo has begun, and it is not approved"),
                            ("unreachable", "Nobody to ask any more"),
                        ],
                        max_length=12,
                    ),
                ),
                ("by", models.CharField(blank=True, max_length=300)),
                ("text", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("left_out", models.CharField(blank=True, max_length=24)),
                (
                    "article",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="articles.article",
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="contacts.contact",
                    ),
                ),
                (
                    "enquiry",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="articles.enquiry",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="notices", to="articles.recipient"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_out", ""), ("sent_at", None)),
                        fields=["recipient", "created_at"],
                        name="articles_notice_waiting",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("article__isnull", False), ("contact", None), ("enquiry", None)),
                            models.Q(("article", None), ("contact", None), ("enquiry__isnull", False)),
                            models.Q(("article", None), ("contact__isnull", False), ("enquiry", None)),
                            _connector="OR",
                        ),
                        name="articles_notice_of_one_thing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.FileField(max_length=255, upload_to="incoming/", verbose_name="file")),
                ("sha256", models.CharField(editable=False, max_length=64, unique=True, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, editable=False, verbose_name="size in bytes")),
                (
                    "original_name",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        editable=False,
                        max_length=255,
                        verbose_name="name of the file",
                    ),
                ),
                (
                    "tags",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Separated by commas.",
                        max_length=300,
                        verbose_name="tags",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="added"),
                ),
                (
                    "uploaded_by_name",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=150),
                ),
                (
                    "credit",
                    models.CharField(
                        help_text="The photographer or artist, as the credit must be printed.",
                        max_length=200,
                        verbose_name="credit",
                    ),
                ),
                ("copyright", models.CharField(blank=True, max_length=200, verbose_name="copyright holder")),
                ("terms", models.TextField(blank=True, verbose_name="terms of use")),
                (
                    "kind",
                    models.CharField(
                        choices=[("video", "video"), ("audio", "audio")],
                        editable=False,
                        max_length=5,
                        verbose_name="kind",
                    ),
                ),
                ("content_type", models.CharField(editable=False, max_length=100, verbose_name="type")),
                (
                    "duration",
                    models.PositiveIntegerField(editable=False, null=True, verbose_name="duration in seconds"),
                ),
                (
                    "poster",
                    models.ForeignKey(
                        blank=True,
                        help_text="The picture that a video shows before it is played.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="poster_of",
                        to="articles.image",
                        verbose_name="poster",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="uploaded by",
                    ),
                ),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "video and audio",
                "ordering": ["-created_at", "-id"],
                "indexes": [
                    models.Index(fields=["-created_at", "-id"], name="articles_recording_newest"),
                    models.Index(
                        condition=models.Q(("tags", ""), _negated=True), fields=["tags"], name="articles_recording_tags"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("credit", ""), _negated=True), name="articles_recording_has_credit"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormerFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(max_length=255, verbose_name="file")),
                ("sha256", models.CharField(db_index=True, max_length=64, verbose_name="SHA-256")),
                ("size", models.PositiveBigIntegerField(default=0, verbose_name="size in bytes")),
                ("reason", models.CharField(max_length=300, verbose_name="why it is replaced")),
                ("replaced_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="replaced")),
                (
                    "attachment",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_files",
                        to="articles.attachment",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "image",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_files",
                        to="articles.image",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="former_files",
                        to="articles.recording",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier file",
                "verbose_name_plural": "earlier files",
                "ordering": ["-replaced_at", "-id"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("attachment", None), ("image__gt", 0), ("recording", None)),
                            models.Q(("attachment", None), ("image", None), ("recording__gt", 0)),
                            models.Q(("attachment__gt", 0), ("image", None), ("recording", None)),
                            _connector="OR",
                        ),
                        name="articles_formerfile_one_owner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ArticleRecording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="recording_rows",
                        to="articles.article",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="articles.recording",
                        verbose_name="recording",
                    ),
                ),
            ],
            options={
                "verbose_name": "recording",
                "verbose_name_plural": "video and audio",
                "ordering": ["order", "id"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("article", "recording"), name="articles_articlerecording_key")
                ],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="recordings",
            field=articles.fields.OrderedManyToManyField(
                related_name="articles",
                through="articles.ArticleRecording",
                to="articles.recording",
                verbose_name="video and audio",
            ),
        ),
        migrations.CreateModel(
            name="RecordingTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("caption", models.TextField(blank=True, verbose_name="description")),
                (
                    "captions",
                    models.TextField(
                        blank=True,
                        help_text="WebVTT. Comments (NOTE) stay here and are not published.",
                        verbose_name="captions",
                    ),
                ),
                (
                    "transcript",
                    models.TextField(
                        blank=True,
                        help_text="All that is said, and what is heard or shown that matters.",
                        verbose_name="transcript",
                    ),
                ),
                (
                    "recording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="translations",
                        to="articles.recording",
                    ),
                ),
            ],
            options={
                "verbose_name": "texts of a recording",
                "verbose_name_plural": "texts of a recording",
                "ordering": ["language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("recording", "language"), name="articles_recordingtranslation_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="RelatedLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("url", models.URLField(max_length=500, verbose_name="address")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="related_links", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "related link",
                "verbose_name_plural": "related links",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("article", "url"), name="articles_relatedlink_key")],
            },
        ),
        migrations.CreateModel(
            name="ReviewLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("token_sha256", models.CharField(editable=False, max_length=64, unique=True)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("revoked_at", models.DateTimeField(blank=True, editable=False, null=True, verbose_name="revoked")),
                (
                    "purpose",
                    models.CharField(
                        choices=[("preview", "to read"), ("fact_check", "to read and answer (fact check)")],
                        default="preview",
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                (
                    "created_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="made by",
                    ),
                ),
                (
                    "revoked_by",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="revoked by",
                    ),
                ),
            ],
            options={
                "verbose_name": "review link",
                "verbose_name_plural": "review links",
                "ordering": ["-id"],
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReviewAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="answered")),
                ("is_correct", models.BooleanField(default=False, verbose_name="correct")),
                ("part", models.PositiveIntegerField(blank=True, null=True)),
                ("about", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="remark")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="answers", to="articles.reviewlink"
                    ),
                ),
            ],
            options={
                "verbose_name": "answer to a fact check",
                "verbose_name_plural": "answers to fact checks",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="ReviewOpening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="opened")),
                (
                    "link",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="openings", to="articles.reviewlink"
                    ),
                ),
            ],
            options={
                "verbose_name": "opening of a review link",
                "verbose_name_plural": "openings of review links",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="saved at")),
                ("content", models.JSONField(verbose_name="content")),
                ("edition", models.PositiveIntegerField(blank=True, null=True, verbose_name="edition")),
                ("contact_lines", models.JSONField(default=list, verbose_name="contact lines as published")),
                (
                    "change_kind",
                    models.CharField(
                        blank=True,
                        choices=[("minor", "minor change"), ("major", "major change"), ("correction", "correction")],
                        max_length=12,
                        verbose_name="kind of change",
                    ),
                ),
                ("change_note", models.TextField(blank=True, verbose_name="change note")),
                ("previous_sha256", models.CharField(blank=True, max_length=64)),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="revisions", to="articles.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "revision",
                "verbose_name_plural": "revisions",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("edition__gt", 0)), fields=["sha256"], name="articles_revision_sha256"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("article", "edition"), name="articles_revision_edition")
                ],
            },
        ),
        migrations.AddField(
            model_name="reviewlink",
            name="revision",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="review_links", to="articles.revision"
            ),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("paragraph", models.PositiveIntegerField(default=0, verbose_name="paragraph")),
                ("paragraph_text", models.TextField(blank=True, verbose_name="text of the paragraph")),
                ("text", models.TextField(max_length=5000, verbose_name="remark")),
                ("at", models.DateTimeField(auto_now_add=True, verbose_name="at")),
                ("settled_at", models.DateTimeField(blank=True, null=True, verbose_name="settled")),
                (
                    "answer_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="articles.remark",
                    ),
                ),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="remarks", to="articles.article"
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
            ],
            options={
                "verbose_name": "remark",
                "verbose_name_plural": "remarks",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Sending",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "public text"),
                            ("embargo", "under embargo, with passes"),
                            ("corrected", "correction"),
                            ("withdrawn", "withdrawal"),
                            ("removed", "removal"),
                            ("returned", "public again"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("texts", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="planned")),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed")),
                ("left_out", models.JSONField(default=dict)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sendings",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="confirmed by",
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="planned by",
                    ),
                ),
                (
                    "journalists",
                    models.ManyToManyField(related_name="+", to="articles.journalist", verbose_name="journalists"),
                ),
                (
                    "lists",
                    models.ManyToManyField(
                        related_name="sendings", to="articles.presslist", verbose_name="press lists"
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to the press",
                "verbose_name_plural": "mails to the press",
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="PressDelivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("edition", models.PositiveIntegerField(default=0, verbose_name="edition")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("public", "public text"),
                            ("embargo", "under embargo, with passes"),
                            ("corrected", "correction"),
                            ("withdrawn", "withdrawal"),
                            ("removed", "removal"),
                            ("returned", "public again"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not public", "not public any more, and under no embargo"),
                            ("no consent", "the consent has ended"),
                            ("nothing new", "was sent this text already"),
                            ("revoked", "the embargo pass was revoked"),
                            ("refused", "the address was refused"),
                            ("not deliverable", "not deliverable for days"),
                            ("restored", "waited when the site was restored from a backup"),
                        ],
                        max_length=24,
                        verbose_name="not sent",
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended the mails")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="press_deliveries",
                        to="articles.article",
                        verbose_name="article",
                    ),
                ),
                (
                    "given",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="press_deliveries",
                        to="articles.pass",
                    ),
                ),
                (
                    "journalist",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="deliveries",
                        to="articles.journalist",
                        verbose_name="journalist",
                    ),
                ),
                (
                    "sending",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="articles.sending",
                        verbose_name="mail to the press",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to a journalist",
                "verbose_name_plural": "mails to journalists",
                "ordering": ["-id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_out", ""), ("sent_at", None)),
                        fields=["due_at"],
                        name="articles_press_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_out", "")),
                        fields=("journalist", "article", "kind", "number"),
                        name="articles_press_delivery_once",
                    ),
                    models.UniqueConstraint(
                        fields=("sending", "journalist"), name="articles_press_delivery_of_sending"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SlugHistory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(choices=contacts.languages.language_choices, max_length=12)),
                ("slug", models.CharField(max_length=200)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="old_slugs", to="articles.article"
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier address",
                "verbose_name_plural": "earlier addresses",
                "constraints": [
                    models.UniqueConstraint(fields=("language", "slug"), name="articles_slughistory_address")
                ],
            },
        ),
        migrations.CreateModel(
            name="SourceState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                ("edition", models.PositiveIntegerField(blank=True, null=True, verbose_name="edition of the source")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="confirmed at")),
                ("behind", models.PositiveIntegerField(default=0, editable=False, verbose_name="paragraphs behind")),
                ("since", models.DateTimeField(editable=False, null=True, verbose_name="behind since")),
                ("urgent", models.BooleanField(default=False, editable=False, verbose_name="source was corrected")),
                ("changed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "change_kind",
                    models.CharField(
                        blank=True,
                        choices=[("minor", "minor change"), ("major", "major change"), ("correction", "correction")],
                        default="",
                        editable=False,
                        max_length=12,
                    ),
                ),
                ("held_at", models.DateTimeField(editable=False, null=True, verbose_name="held since")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
                (
                    "revision",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.revision",
                    ),
                ),
                (
                    "translation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="source_state",
                        to="articles.article",
                        verbose_name="translation",
                    ),
                ),
            ],
            options={
                "verbose_name": "state of a translation",
                "verbose_name_plural": "states of translations",
                "indexes": [
                    models.Index(
                        models.OrderBy(models.F("urgent"), descending=True),
                        models.F("since"),
                        models.F("id"),
                        condition=models.Q(("behind__gt", 0)),
                        name="articles_behind",
                    ),
                    models.Index(
                        condition=models.Q(("held_at__isnull", False)), fields=["held_at"], name="articles_held"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Subscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                (
                    "filter",
                    models.CharField(
                        blank=True, help_text="The query string of the list.", max_length=500, verbose_name="filter"
                    ),
                ),
                (
                    "frequency",
                    models.CharField(
                        choices=[("immediate", "at once"), ("daily", "daily"), ("weekly", "weekly")],
                        default="immediate",
                        max_length=12,
                        verbose_name="frequency",
                    ),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name="signed up"),
                ),
                ("mail_wanted_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="confirmed")),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="subscriptions",
                        to="articles.subscriber",
                    ),
                ),
            ],
            options={
                "verbose_name": "subscription",
                "verbose_name_plural": "subscriptions",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(fields=["language", "filter"], name="articles_subscription_filter"),
                    models.Index(
                        condition=models.Q(("mail_wanted_at__isnull", False)),
                        fields=["mail_wanted_at"],
                        name="articles_subscription_mail",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscriber", "language", "filter"), name="articles_subscription_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("edition", models.PositiveIntegerField(default=0, verbose_name="edition")),
                (
                    "left_out",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not public", "not public any more"),
                            ("nothing new", "nothing new for this reader"),
                            ("refused", "the address was refused"),
                            ("not deliverable", "not deliverable for days"),
                            ("restored", "waited when the site was restored from a backup"),
                        ],
                        max_length=24,
                        verbose_name="not sent",
                    ),
                ),
                (
                    "announcement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="articles.announcement",
                        verbose_name="announcement",
                    ),
                ),
                (
                    "subscriber",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="articles.subscriber",
                        verbose_name="subscriber",
                    ),
                ),
                (
                    "subscription",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="articles.subscription",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ["-id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("left_out", ""), ("sent_at", None)),
                        fields=["due_at"],
                        name="articles_delivery_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("subscriber", "announcement"), name="articles_delivery_of_announcement"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.SlugField(
                        help_text="Used in addresses and imports, in every language. Never change it.",
                        max_length=80,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        help_text="Its page redirects to this topic, whose lists include its articles.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="articles.topic",
                        verbose_name="merged into",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="articles.topic",
                        verbose_name="part of",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["order", "code"],
            },
        ),
        migrations.AddField(
            model_name="presslist",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="+", to="articles.topic", verbose_name="topics"),
        ),
        migrations.AddField(
            model_name="journalist",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="+", to="articles.topic", verbose_name="topics"),
        ),
        migrations.CreateModel(
            name="ArticleTopic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                ("language", models.CharField(default="", editable=False, max_length=12)),
                ("listed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="topic_rows", to="articles.article"
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="article_rows",
                        to="articles.topic",
                        verbose_name="topic",
                    ),
                ),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["order", "id"],
                "abstract": False,
                "indexes": [
                    models.Index(
                        models.F("topic"),
                        models.F("language"),
                        models.OrderBy(models.F("listed_at"), descending=True),
                        models.OrderBy(models.F("article"), descending=True),
                        name="articles_topic_listed",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("article", "topic"), name="articles_articletopic_key")],
            },
        ),
        migrations.AddField(
            model_name="article",
            name="topics",
            field=articles.fields.OrderedManyToManyField(
                related_name="articles", through="articles.ArticleTopic", to="articles.topic", verbose_name="topics"
            ),
        ),
        migrations.CreateModel(
            name="TopicContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(default=0, verbose_name="order")),
                (
                    "contact",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="topic_rows",
                        to="contacts.contact",
                        verbose_name="contact",
                    ),
                ),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contact_rows", to="articles.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "desk contact",
                "verbose_name_plural": "desk contacts",
                "ordering": ["order", "id"],
                "constraints": [models.UniqueConstraint(fields=("topic", "contact"), name="articles_topiccontact_key")],
            },
        ),
        migrations.CreateModel(
            name="TopicTranslation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("description", models.TextField(blank=True, verbose_name="description")),
                (
                    "topic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="translations", to="articles.topic"
                    ),
                ),
            ],
            options={
                "verbose_name": "name of a topic",
                "verbose_name_plural": "names of topics",
                "ordering": ["language"],
                "abstract": False,
                "constraints": [
                    models.UniqueConstraint(fields=("topic", "language"), name="articles_topictranslation_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="WaitingTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200, verbose_name="file")),
                ("data", models.BinaryField()),
                ("encoding", models.CharField(blank=True, max_length=20)),
                ("header_line", models.PositiveIntegerField(default=0)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("is_large", models.BooleanField(default=False)),
                ("wanted", models.CharField(blank=True, max_length=6)),
                ("leave_out", models.BooleanField(default=False)),
                ("language", models.CharField(blank=True, max_length=12)),
                ("claimed_at", models.DateTimeField(null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("done", models.PositiveSmallIntegerField(default=0)),
                ("outcome", models.JSONField(null=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "mapping",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="articles.columnmapping",
                    ),
                ),
            ],
            options={
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="WaivedLanguage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_name", models.CharField(blank=True, default="", editable=False, max_length=150)),
                (
                    "language",
                    models.CharField(
                        choices=contacts.languages.language_choices, max_length=12, verbose_name="language"
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                (
                    "article",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="waived_languages",
                        to="articles.article",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="by",
                    ),
                ),
            ],
            options={
                "verbose_name": "waived language",
                "verbose_name_plural": "waived languages",
                "constraints": [
                    models.UniqueConstraint(fields=("article", "language"), name="articles_waivedlanguage_key")
                ],
            },
        ),
        migrations.CreateModel(
            name="Webhook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "address",
                    models.URLField(
                        help_text="Of the other system: https://…, without another port.",
                        max_length=500,
                        verbose_name="address",
                    ),
                ),
                (
                    "events",
                    models.JSONField(default=articles.models.outgoing.webhooks.all_events, verbose_name="events"),
                ),
                (
                    "languages",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="Of the articles; none chosen: all languages.",
                        verbose_name="languages",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="active")),
                ("secret", models.CharField(blank=True, editable=False, max_length=100)),
                ("former_secret", models.CharField(blank=True, editable=False, max_length=100)),
                ("former_until", models.DateTimeField(editable=False, null=True)),
                ("active_since", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("seen_until", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "failing_since",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="failing since"),
                ),
                (
                    "disabled_at",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="switched off"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        help_text="Gets a mail if the address does not answer for days.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="owner",
                    ),
                ),
            ],
            options={
                "verbose_name": "webhook",
                "verbose_name_plural": "webhooks",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="WebhookMessage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "message_id",
                    models.CharField(
                        default=articles.models.outgoing.webhooks.new_message_id,
                        editable=False,
                        max_length=40,
                        unique=True,
                    ),
                ),
                (
                    "event",
                    models.CharField(
                        choices=[
                            ("article.published", "publication"),
                            ("article.updated", "new edition"),
                            ("article.corrected", "correction"),
                            ("article.withdrawn", "withdrawal"),
                            ("article.removed", "removal"),
                            ("webhook.test", "test"),
                        ],
                        max_length=24,
                        verbose_name="event",
                    ),
                ),
                ("article", models.BigIntegerField(null=True)),
                ("at", models.DateTimeField(verbose_name="at")),
                ("data", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "waiting"), ("delivered", "delivered"), ("given_up", "given up")],
                        default="waiting",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("next_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("claimed_until", models.DateTimeField(null=True)),
                (
                    "webhook",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="articles.webhook"
                    ),
                ),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ["-id"],
                "default_permissions": (),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["next_at"], name="articles_webhook_waiting"
                    ),
                    models.Index(fields=["at"], name="articles_webhook_at"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("webhook", "article", "event", "at"), name="articles_webhook_told_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WebhookAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(default=django.utils.timezone.now, verbose_name="at")),
                ("status", models.PositiveSmallIntegerField(default=0, verbose_name="answer")),
                ("milliseconds", models.PositiveIntegerField(default=0, verbose_name="milliseconds")),
                ("answer", models.TextField(blank=True)),
                (
                    "message",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="log", to="articles.webhookmessage"
                    ),
                ),
            ],
            options={
                "verbose_name": "attempt",
                "verbose_name_plural": "attempts",
                "ordering": ["-id"],
                "default_permissions": (),
            },
        ),
        migrations.AddIndex(
            model_name="oldaddress",
            index=models.Index(fields=["start"], name="articles_oldaddress_start"),
        ),
        migrations.AddConstraint(
            model_name="oldaddress",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("article", None), models.Q(("path", ""), _negated=True)),
                    models.Q(("article__isnull", False), ("path", "")),
                    _connector="OR",
                ),
                name="articles_oldaddress_target",
                violation_error_message="Choose an article or enter a path: one of the two.",
            ),
        ),
        migrations.RunPython(create_search_tables, drop_search_tables),
    ]

"""The form of an article: slug, dates, and what the workflow has refused."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.admin.fields import DateTimeInput, Textarea, written_in

from ...fields import SlugFormField, is_plausible, normal_slug
from ...models import Article
from ...publishing import slugs
from ..editor import CleanHTMLForm

TEXT_FIELDS = ("headline", "summary", "body", "notes_to_editors")
UTC_HELP = gettext_lazy("Date and time in UTC.")


class DateTimeField(forms.DateTimeField):
    widget = DateTimeInput


class ArticleForm(CleanHTMLForm):
    """One language version of an article."""

    html_fields = ("body", "notes_to_editors")
    slug = SlugFormField(
        label=gettext_lazy("slug"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The last part of the address. If empty, it is made from the headline."),
    )
    publish_at = DateTimeField(label=gettext_lazy("publish at"), required=False, help_text=UTC_HELP)
    press_from = DateTimeField(
        label=gettext_lazy("embargo: press from"),
        required=False,
        help_text=gettext_lazy(
            "In UTC. Accredited press may read the article from this time; it becomes public at “publish at”."
        ),
    )

    class Meta:
        model = Article
        fields = "__all__"
        widgets = {
            "headline": Textarea(attrs={"rows": 1, "class": "one-line"}),
            "summary": Textarea(attrs={"rows": 3}),
            "change_note": Textarea(attrs={"rows": 2}),
        }

    has_automatic_slug = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored_slug = self.instance.slug
        self._empty_copied_fields()
        self._set_language()

    def _empty_copied_fields(self):
        """Leave the headline and slug of a new translation empty: they are still those of its source."""
        article = self.instance
        if article.translation_of_id and not article.first_published_at and not article.body:
            source = article.translation_of
            if article.headline == source.headline:
                self.initial["headline"] = self.initial["slug"] = ""

    def _set_language(self):
        """Give text fields the language and direction of the article."""
        language = self.data.get("language") or self.instance.language or self.initial.get("language")
        for name in (*TEXT_FIELDS, "dateline_place", "change_note"):
            if name in self.fields:
                self.fields[name].widget.attrs |= written_in(language)
        for name in self.html_fields:
            if name in self.fields:
                self.fields[name].widget.attrs["aria-label"] = capfirst(str(self.fields[name].label))

    def changed_columns(self):
        """The names of the changed columns, among them a slug that `clean` has filled in."""
        columns = {field.name for field in Article._meta.concrete_fields}
        changed = [name for name in self.changed_data if name in columns]
        if self.cleaned_data.get("slug", self.stored_slug) != self.stored_slug and "slug" not in changed:
            changed.append("slug")
        return changed

    def clean(self):
        values = super().clean()
        for name in ("publish_at", "press_from"):
            # The widget shows no fractions of a second: an unchanged date keeps them.
            if name in values and name not in self.changed_data:
                values[name] = getattr(self.instance, name)
        if self._is_automatic_slug(values):
            values["slug"] = self.free_slug(values)
        self._refuse_taken_slug(values)
        self._refuse_implausible_dates(values)
        self._refuse_unpublishing(values)
        self._add_refusal()
        return values

    def _is_automatic_slug(self, values):
        """Whether the editor left the slug to us; a script in a browser may have made it from the headline already."""
        if "slug" not in self.fields or "slug" in self.errors:
            return False
        headline = values.get("headline", "")
        made = {slugs.from_headline(headline), normal_slug(slugify(headline, allow_unicode=True))}
        self.has_automatic_slug = not values.get("slug") or (self.instance._state.adding and values["slug"] in made)
        return self.has_automatic_slug

    def free_slug(self, values):
        """A slug from the headline that no other article has or had."""
        wanted = slugs.from_headline(values.get("headline", ""))
        wanted = wanted or self.instance.slug or f"article-{timezone.now():%Y%m%d-%H%M%S}"
        return slugs.free(wanted, values.get("language") or self.instance.language, self.instance)

    def _articles_in_language(self, values):
        """Articles in the language whose slugs are taken. A working copy may keep that of its public article."""
        others = Article.objects.filter(language=values.get("language") or self.instance.language, revises=None)
        return others.exclude(pk=self.instance.revises_id or self.instance.pk)

    def _refuse_taken_slug(self, values):
        """Django does not check this constraint: its condition is on a field that the form does not have."""
        if values.get("slug") and self._articles_in_language(values).filter(slug=values["slug"]).exists():
            field = "slug" if "slug" in self.fields else None
            self.add_error(field, _("Another article in this language has this slug."))

    def _refuse_implausible_dates(self, values):
        for name in ("publish_at", "press_from"):
            if not is_plausible(values.get(name)):
                self.add_error(name, _("Enter a valid date/time."))

    def _refuse_unpublishing(self, values):
        """Refuse to remove the date of a public article, or to move it into the future: it would disappear."""
        article = self.instance
        if "publish_at" not in values or article.state in (Article.State.DRAFT, Article.State.IN_REVIEW):
            return
        if values["publish_at"] is None:
            self.add_error("publish_at", _("Give the date and time of publication first."))
        elif not article.revises_id and article.publish_at <= timezone.now() < values["publish_at"]:
            self.add_error("publish_at", _("This article is public already. Withdraw it, or schedule a new edition."))

    def _add_refusal(self):
        """Add what the workflow has refused (`saving.py` sets `refusal`), beside the fields that it names."""
        for name, sentence in getattr(self, "refusal", {}).items():
            self.add_error(name if name in self.fields else None, sentence)

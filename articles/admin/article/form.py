"""The form of an article: slug, dates, and what the workflow has refused."""

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts import clock
from contacts.admin.fields import DateInput, Textarea, keep_stored_choices, written_in

from ...checks import for_readers
from ...fields import SlugFormField, normal_slug
from ...models import Article
from ...publication_day import OfficeZones
from ...publishing import slugs
from ...publishing.working_copies import CHANGE_FIELDS
from ..editor import CleanHTMLForm
from ..local_time import LocalTimeField, OfficeTimes

TEXT_FIELDS = ("headline", "summary", "body", "notes_to_editors")


class AddressInput(forms.TextInput):
    """Shows the address of an article that readers know; the field to change its slug opens on purpose."""

    def __init__(self, address, attrs):
        super().__init__(attrs)
        self.address = address

    def render(self, name, value, attrs=None, renderer=None):
        field = super().render(name, value, attrs, renderer)
        is_open = " open" if (attrs or {}).get("aria-invalid") else ""
        change = _("Change the address")
        line = '<details class="address"{}><summary><bdi dir="ltr">{}</bdi> <span>{}</span></summary>{}</details>'
        return format_html(line, is_open, self.address, change, field)


class ArticleForm(OfficeTimes, CleanHTMLForm):
    """One language version of an article."""

    html_fields = ("body", "notes_to_editors")
    slug = SlugFormField(
        label=gettext_lazy("slug"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("The last part of the address. If empty, it is made from the headline."),
    )
    publish_at = LocalTimeField(label=gettext_lazy("publish at"), required=False, resolves=False)
    press_from = LocalTimeField(label=gettext_lazy("embargo: press from"), required=False, resolves=False)
    help_texts_of_times = {
        "publish_at": gettext_lazy("Date and time in %(city)s, that of the issuing office."),
        "press_from": gettext_lazy(
            "In the time of %(city)s. Accredited press may read the article from here on; it becomes public at "
            "“publish at”."
        ),
    }

    class Meta:
        model = Article
        fields = "__all__"
        widgets = {
            "headline": Textarea(attrs={"rows": 1, "class": "one-line"}),
            "summary": Textarea(attrs={"rows": 3}),
            "was_wrong": Textarea(attrs={"rows": 2}),
            "change_note": Textarea(attrs={"rows": 2}),
            "review_by": DateInput,
        }

    has_automatic_slug = False
    is_next_edition = False  # whether what is saved is public at once, as the next edition

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        keep_stored_choices(self, "kind")
        self.stored_slug = self.instance.slug
        self._empty_copied_fields()
        self._empty_change_fields()
        self._show_address()
        self._set_language()
        if self.instance._state.adding and "headline" in self.fields:
            self.fields["headline"].widget.attrs["autofocus"] = True
        self.set_zones(OfficeZones())

    def _empty_copied_fields(self):
        """Leave the headline and slug of a new translation empty: until its first save they are those of its source."""
        article = self.instance
        if article.translation_of_id and not article.first_published_at and article.version == 1:
            source = article.translation_of
            if article.headline == source.headline:
                self.initial["headline"] = self.initial["slug"] = ""

    def _empty_change_fields(self):
        """The columns still hold the change note of the last edition; for the next one it is asked anew."""
        if self.is_next_edition:
            self.initial |= {"change_kind": Article.Change.MINOR, "was_wrong": "", "change_note": ""}

    def _show_address(self):
        """Readers know the address of what was public, and of its working copy: it changes on purpose only."""
        article = self.instance
        self.keeps_address = bool(article.revises_id or article.first_published_at or self.is_next_edition)
        if self.keeps_address and "slug" in self.fields:
            field = self.fields["slug"]
            field.widget = AddressInput((article.revises or article).get_absolute_url(), field.widget.attrs)
            field.help_text = _("Readers and links with the old address are led to the new one.")

    def _set_language(self):
        """Give text fields the language and direction of the article."""
        language = self.data.get("language") or self.instance.language or self.initial.get("language")
        for name in (*TEXT_FIELDS, "dateline_place", "was_wrong", "change_note"):
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
        return [*changed, *CHANGE_FIELDS] if self.is_next_edition else changed

    def clean(self):
        values = super().clean()
        self.clean_times(values)
        if self._is_automatic_slug(values):
            values["slug"] = self.free_slug(values)
        self._refuse_taken_slug(values)
        self._refuse_unpublishing(values)
        self._refuse_untold_change(values)
        self._add_refusal()
        return values

    def _is_automatic_slug(self, values):
        """Whether the editor left the slug to us; a script in a browser may have made it from the headline already."""
        if "slug" not in self.fields or "slug" in self.errors:
            return False
        if self.keeps_address and not values.get("slug"):
            values["slug"] = self.stored_slug
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

    def _refuse_unpublishing(self, values):
        """Refuse to remove the date of a public article, or to move it into the future: it would disappear."""
        article = self.instance
        if "publish_at" not in values or article.state in (Article.State.DRAFT, Article.State.IN_REVIEW):
            return
        if values["publish_at"] is None:
            self.add_error("publish_at", _("Give the date and time of publication first."))
        elif not article.revises_id and article.publish_at <= clock.now() < values["publish_at"]:
            self.add_error("publish_at", _("This article is public already. Withdraw it, or schedule a new edition."))

    def _refuse_untold_change(self, values):
        """In a working copy the notes can wait until its approval; here the text is public when it is saved."""
        if self.is_next_edition and self.has_changed():
            for name, sentence in for_readers(*(values.get(name) for name in CHANGE_FIELDS)).items():
                if name in self.fields:
                    self.add_error(name, sentence)

    def _add_refusal(self):
        """Add what the workflow has refused (`saving.py` sets `refusal`), beside the fields that it names."""
        for name, sentence in getattr(self, "refusal", {}).items():
            self.add_error(name if name in self.fields else None, sentence)

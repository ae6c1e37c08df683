"""In the form of an article: the inline of its quotes, and the preview of its boilerplate."""

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contacts.admin.fields import written_in
from contacts.admin.inlines import InlineFormSet, StackedInline

from ...models import Article, Boilerplate, Quote
from ..article.pages import ArticlePages

SAID = ("speaker", "role", "text")


class QuoteFormSet(InlineFormSet):
    """The words are in the language of the article; in a translation, those of the source stand beside them."""

    @cached_property
    def quotes_of_source(self):
        """{number of a quote: {field: text}}"""
        quotes = Quote.objects.filter(article=self.instance.translation_of_id)
        return {quote.number: {name: getattr(quote, name) for name in SAID} for quote in quotes}

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.source_texts = self.quotes_of_source.get(form.instance.number, {})
        language = self.data.get("language") or self.instance.language
        for name in ("speaker", "role", "text", "approved_by"):
            if name in form.fields:
                form.fields[name].widget.attrs |= written_in(language)


class QuoteInline(StackedInline):
    model, section = Quote, "text-fields"
    formset = QuoteFormSet
    extra = 1
    fields = [("speaker", "role"), "text", "language", ("approved_by", "approved_on")]


class ExtraTexts(ArticlePages):
    """No page: only what the form shows of the boilerplate and the quotes."""

    def context(self, request, article):
        boilerplate = Boilerplate.objects.text_for(article)
        return {
            "coming_boilerplate": boilerplate,
            "may_change_boilerplate": boilerplate and self._may_change(request, boilerplate.boilerplate),
            "quotes_to_approve": article.quotes.unapproved(),
        }

    def _may_change(self, request, boilerplate):
        return self.admin_site.get_model_admin(Boilerplate).has_change_permission(request, boilerplate)


def warn_of_quotes(request, step, article):
    """An approval with quotes that nobody has approved gets a warning; it is not refused."""
    waiting = article.quotes.unapproved().count() if step.target == Article.State.APPROVED else 0
    if waiting:
        told = ngettext(
            "One quote in it has not been approved by its speaker.",
            "%(count)d quotes in it have not been approved by their speakers.",
            waiting,
        ) % {"count": waiting}
        address = reverse("admin:articles_article_change", args=[article.pk])
        messages.warning(request, format_html('{} <a href="{}#quotes-group">{}</a>', told, address, _("Show them")))

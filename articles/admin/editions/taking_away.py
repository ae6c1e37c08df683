"""Pages that take an article from its readers and back: withdraw or remove, "read instead", take it back."""

from urllib.parse import unquote

from django.contrib import messages
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from contacts.validators import parts_of, read_id

from ... import permissions
from ...facets import Criteria
from ...models import Article
from ...publishing import workflow
from ...publishing.afterwards import taking_away
from ...publishing.locking import Stale
from ...publishing.requirements import Refused
from ...search.find import find
from ..article.pages import ArticlePages, refuse_other_version, to_form
from ..article.saving import result_message

FOUND = 10
SHOWN = ("id", "language", "slug", "headline", "state", "publish_at", "published_on", "revises", "translation_of")


class TakingAway(ArticlePages):
    """The pages, and the panel beside the form of a withdrawn or removed article."""

    def urls(self):
        return [("<int:pk>/read-instead/", self.instead_view, "articles_article_instead")]

    def take_back(self, request, article):
        """The response to the step “take back”, once it is confirmed."""
        try:
            rows = taking_away.take_back(article, request.user)
        except (Refused, Stale) as refused:
            messages.error(request, str(refused))
            rows = []
        for row in rows:
            messages.success(request, result_message(workflow.MOVES["take_back"], row))
        return to_form(article)

    def take_away_page(self, request, article, step):
        """The response to the steps “withdraw” and “remove”."""
        versions = taking_away.other_versions(article, step.name, request.user)
        page = TakingAwayPage(request, article, versions)
        if page.is_sent:
            try:
                refuse_other_version(request, article)
                moved = taking_away.take_away(
                    article, step.name, request.user, page.reasons(), page.instead.chosen_article()
                )
            except Refused as refused:
                page.errors = refused.errors
            except Stale as stale:
                page.errors = {"": str(stale)}
            else:
                for row in moved:
                    messages.success(request, result_message(step, row))
                return to_form(article)
        return self._taking_page(request, article, step.label, "take_away.html", {"step": step, "page": page})

    def instead_view(self, request, pk):
        """Choose, change or clear what to read instead of a withdrawn or removed article."""
        article = self.get_article(request, pk)
        if not taking_away.may_choose_instead(article, request.user):
            messages.error(request, Refused.NOT_POSSIBLE)
            return to_form(article)
        page = TakingAwayPage(request, article, [])
        if page.is_sent:
            try:
                taking_away.read_instead(article, page.instead.chosen_article(), request.user)
            except Refused as refused:
                page.errors = refused.errors
            except Stale as stale:
                page.errors = {"": str(stale)}
            else:
                messages.success(request, _("“Read instead” was changed."))
                return to_form(article)
        return self._taking_page(request, article, _("Read instead"), "read_instead.html", {"page": page})

    def _taking_page(self, request, article, title, template, more):
        template = f"admin/articles/article/{template}"
        return self.page(request, template, {"original": article, "title": title, **more})

    def context(self, request, article):
        if not taking_away.may_choose_instead(article, request.user):
            return {}
        return {
            "taken_away": {
                "until": taking_away.can_be_taken_back_until(article),
                "others": taking_away.taken_with(article, request.user),
                "instead": permissions.visible_or_live(request.user, article.redirect_to),
            }
        }


class TakingAwayPage:
    """What was typed and ticked on the page, for its template."""

    def __init__(self, request, article, versions):
        self.article, self.versions, self.errors = article, versions, {}
        self.notice = getattr(request, "notice_of_return", "")
        self.posted = request.POST if request.method == "POST" else None
        self.is_sent = self.posted is not None and not self.notice and "_find" not in self.posted
        without = [article, *(version.article for version in versions)]
        self.instead = InsteadChoice(self.posted, article, without, request.user)
        self.reason = (self.posted or {}).get("reason", "")

    def other_languages(self):
        """[(version, whether it is ticked, the explanation typed for it)] of the other languages."""
        ticked = None if self.posted is None else self.posted.getlist("also")
        return [
            (
                version,
                version.possible and version.allowed and (ticked is None or str(version.article.pk) in ticked),
                (self.posted or {}).get(f"reason-{version.article.pk}", ""),
            )
            for version in self.versions
        ]

    def reasons(self):
        """{article: why} of all that are to be taken away; a language without an explanation has that of the first."""
        others = {
            version.article: (typed.strip() and typed) or self.reason
            for version, is_ticked, typed in self.other_languages()
            if is_ticked
        }
        return {self.article: self.reason} | others

    @property
    def message(self):
        return self.notice or self.errors.get("", "")

    @property
    def reason_error(self):
        return self.errors.get("reason", "")

    @property
    def instead_error(self):
        return self.errors.get("instead", "")

    @property
    def found_message(self):
        number = len(self.instead.found)
        return ngettext("%(number)d article was found.", "%(number)d articles were found.", number) % {"number": number}


class InsteadChoice:
    """The choice of what to read instead: public articles, found by words, by address or by reference number."""

    def __init__(self, posted, article, without, user):
        self.article, self._without, self._user = article, {row.pk for row in without}, user
        self.words = (posted or {}).get("words", "").strip()[:300]
        chosen = article.redirect_to_id if posted is None else posted.get("instead", "")
        self.chosen = str(chosen or "")
        self.has_asked = bool(posted is not None and "_find" in posted and self.words)
        self.found = self._find() if self.has_asked else []

    def choices(self):
        """The articles to choose from: the chosen one and what was found."""
        return list({row.pk: row for row in filter(None, [self.chosen_article(quiet=True), *self.found])}.values())

    def chosen_article(self, quiet=False):
        """The chosen public article or None. Raises `Refused` for what nobody can choose, unless `quiet`."""
        if not self.chosen:
            return None
        number = read_id(self.chosen)
        if number is not None and number == self.article.redirect_to_id:
            found = permissions.visible_or_live(self._user, self.article.redirect_to)
        else:
            found = Article.objects.live().filter(pk=number).first()
        if found is None and not quiet:
            raise Refused({"instead": _("Choose a public article.")})
        return found

    def _find(self):
        live = Article.objects.live().exclude(pk__in=self._without).only(*SHOWN)
        if named := list(self._named(live)[:FOUND]):
            return named
        ids = ()
        for language in (self.article.language, ""):
            ids = ids or find(self.words, [Criteria(language)], "relevance", FOUND)[0].ids
        rows = live.in_bulk(ids[: FOUND + len(self._without)])
        return [rows[pk] for pk in ids if pk in rows][:FOUND]

    def _named(self, live):
        """Those of an address of the site, or with a reference number."""
        parts = [part for part in unquote(parts_of(self.words).path).split("/") if part]
        if len(parts) == 3 and parts[1] == "news":
            return live.filter(language=parts[0], slug=parts[2])
        last = parts[-1] if parts else ""
        return live.filter(reference=last).exclude(reference="").order_by("language")

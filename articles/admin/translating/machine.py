"""The admin of drafts by a translation service: what would be sent, and who answers for what the machine wrote."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ... import permissions
from ...checks.machine_texts import unread_texts
from ...html import TooComplex
from ...models import Article
from ...publishing.locking import Stale
from ...publishing.workflow import Refused
from ...translating import machine_drafts, machine_service, panel, source_states
from ..article.pages import ArticlePages, refuse_other_version, to_form


class MachineDrafts(ArticlePages):
    def urls(self):
        return [("<int:pk>/machine/", self.machine_view, "articles_article_machine")]

    def context(self, request, article):
        if not article.translation_of_id or article.state in source_states.CLOSED:
            return {}
        may_draft = _may_draft(request.user, article)
        shown = {
            "host": machine_service.host(),
            "may_draft": may_draft and bool(machine_drafts.to_translate(article)),
            "unread": unread_texts(article),
        }
        return {"machine": shown}

    def machine_view(self, request, pk):
        """GET shows what would be sent; POST sends it and opens the article."""
        article = self.get_article(request, pk)
        if not machine_drafts.may_draft(article):
            raise Http404
        if not _may_draft(request.user, article):
            raise PermissionDenied
        if request.method == "POST":
            self._draft(request, article)
            return to_form(article)
        context = {
            "title": _("Draft by machine"), "original": article, "source": article.translation_of,
            "host": machine_service.host(), "texts": machine_drafts.to_translate(article),
        }  # fmt: skip
        return self.page(request, "admin/articles/article/machine.html", context)

    def _draft(self, request, article):
        try:
            refuse_other_version(request, article)
            done, left = machine_drafts.draft(article, request.user)
        except (machine_service.ServiceFailed, Stale, TooComplex) as error:
            messages.error(request, str(error))
            return
        except Refused as refused:
            messages.error(request, " ".join(map(str, refused.errors.values())))
            return
        if done:
            told = ngettext(
                "%(count)s passage was drafted by machine. Read and correct it: it is not approved before.",
                "%(count)s passages were drafted by machine. Read and correct them: they are not approved before.",
                done,
            )
            messages.success(request, told % {"count": done})
        if left:
            told = ngettext(
                "%(count)s passage was left as it is: what came back was empty, the same, or had lost its links.",
                "%(count)s passages were left as they are: what came back was empty, the same, or had lost its links.",
                left,
            )
            messages.warning(request, told % {"count": left})


def _may_draft(user, article):
    """Whether the user may let a machine draft: if they may edit the translation and see its source."""
    is_possible = machine_drafts.may_draft(article) and permissions.may_edit(user, article)
    return is_possible and panel.visible_source(article, user) is not None


def confirm_if_asked(request, article):
    """Whether the panel's button was pressed, which saves the form first and so loses nothing."""
    is_asked = "_machine_read" in request.POST and permissions.may_edit(request.user, article)
    if is_asked:
        machine_drafts.have_read(Article.objects.get(pk=article.pk), request.user)
        messages.success(request, _("It is noted that you have read what the machine wrote."))
    return is_asked

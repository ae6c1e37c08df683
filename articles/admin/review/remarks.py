"""Beside the form of an article: remarks on its paragraphs, who acts next, why it was sent back."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from contacts.admin.fields import DateInput
from contacts.cldr.formats import labelled
from contacts.models.membership import name_of
from contacts.models.text_fields import LinesFormField

from ...models import Article, Remark
from ...publishing import revisions
from ...publishing.requirements import Refused
from ...review import assignments, history, remarks
from ..article.pages import ArticlePages, to_form
from ..article.steps import label_of
from .history import own_revision

LONGEST = Remark._meta.get_field("text").max_length


class RemarkForm(forms.Form):
    text = LinesFormField(max_length=LONGEST)
    paragraph = forms.IntegerField(min_value=0, max_value=100_000, required=False)


class AssignmentForm(forms.Form):
    """`assignee` is empty if nobody is to act next."""

    assignee = forms.ChoiceField(label=gettext_lazy("Who acts next"), required=False)
    until = forms.DateField(label=gettext_lazy("until"), required=False, widget=DateInput)

    def __init__(self, people, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = {str(user.pk): user for user in people}
        named = [(key, name_of(user)) for key, user in self.people.items()]
        self.fields["assignee"].choices = [("", _("nobody")), *named]


class ArticleRemarks(ArticlePages):
    """The page to review the text with its remarks, and the panels beside the form."""

    def urls(self):
        return [
            ("<int:pk>/review/", require_safe(self.review_page), "articles_article_review"),
            ("<int:pk>/remarks/", self.remark_view, "articles_article_remark"),
            ("<int:pk>/remarks/<int:number>/answer/", self.answer_view, "articles_article_answer"),
            ("<int:pk>/remarks/<int:number>/settle/", self.settle_view, "articles_article_settle"),
            ("<int:pk>/assign/", self.assign_view, "articles_article_assign"),
        ]

    def review_page(self, request, pk):
        """The text, part by part, with the remarks beside it."""
        article = self.get_article(request, pk)
        parts, lost = remarks.placed(revisions.content(article), remarks.threads(article))
        may_settle = remarks.may_settle_all(request.user, article)
        for thread in [*lost, *(thread for part in parts for thread in part.remarks)]:
            thread.may_settle = may_settle or thread.by_id == request.user.pk
        return self.page(request, "admin/articles/article/review.html", {
            "original": article, "title": _("Text and remarks"), "parts": parts, "lost": lost, "longest": LONGEST,
            "seen": history.revisions_of(article).defer("content").order_by("-id").first(),
            "may_remark": article.state != Article.State.GONE,
        })  # fmt: skip

    @method_decorator(require_POST)
    def remark_view(self, request, pk):
        article = self.get_article(request, pk)
        form = RemarkForm(request.POST)
        seen = own_revision(article, request.POST.get("revision"))
        if not form.is_valid() or form.cleaned_data["paragraph"] is None:
            return self._to_review(request, article, _("Write the remark."))
        text, paragraph = form.cleaned_data["text"], form.cleaned_data["paragraph"]
        try:
            is_added = remarks.add(article, request.user, text, paragraph, seen) is not None
        except Refused as refused:
            return self._to_review(request, article, str(refused))
        if not is_added:
            return self._to_review(request, article, _("This paragraph does not exist any more."))
        return self._to_review(request, article, told=_("The remark was added."))

    def _thread(self, request, pk, number):
        article = self.get_article(request, pk)
        thread = Remark.objects.filter(article=article, pk=number, answer_to=None).first()
        if thread is None:
            raise Http404
        thread.article = article
        return thread

    @method_decorator(require_POST)
    def answer_view(self, request, pk, number):
        thread, form = self._thread(request, pk, number), RemarkForm(request.POST)
        if not form.is_valid():
            return self._to_review(request, thread.article, _("Write the answer."))
        try:
            remarks.answer(thread, request.user, form.cleaned_data["text"])
        except Refused as refused:
            return self._to_review(request, thread.article, str(refused))
        return self._to_review(request, thread.article, told=_("The answer was added."))

    @method_decorator(require_POST)
    def settle_view(self, request, pk, number):
        thread = self._thread(request, pk, number)
        may_settle = thread.by == request.user or remarks.may_settle_all(request.user, thread.article)
        if not may_settle or thread.article.state == Article.State.GONE:
            raise PermissionDenied
        remarks.settle(thread, request.user, is_settled="reopen" not in request.POST)
        told = _("The remark is open again.") if "reopen" in request.POST else _("The remark is settled.")
        return self._to_review(request, thread.article, told=told)

    def _to_review(self, request, article, problem="", told=""):
        messages.add_message(request, messages.ERROR if problem else messages.SUCCESS, problem or told)
        if not Article.objects.filter(pk=article.pk).exists():  # deleted or merged meanwhile
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        return HttpResponseRedirect(reverse("admin:articles_article_review", args=[article.pk]))

    @method_decorator(require_POST)
    def assign_view(self, request, pk):
        article = self.get_article(request, pk)
        if not assignments.may_assign(request.user, article):
            raise PermissionDenied
        form = AssignmentForm(assignments.candidates(article), request.POST)
        if not form.is_valid():
            for name, sentences in form.errors.items():
                messages.error(request, labelled(capfirst(form.fields[name].label), " ".join(sentences)))
            return to_form(article)
        person = form.people.get(form.cleaned_data["assignee"])
        try:
            assignments.assign(article, person, form.cleaned_data["until"], request.user)
        except Refused as refused:
            messages.error(request, str(refused))
            return HttpResponseRedirect(reverse("admin:articles_article_changelist"))
        messages.success(request, _("Saved: who acts next.") if person else _("Saved: nobody is named to act next."))
        return to_form(article)

    def context(self, request, article):
        now = getattr(article, "assignment", None)
        context = {"open_remarks": remarks.open_remarks(article), "assignment": now}
        if assignments.may_assign(request.user, article):
            initial = {"assignee": now and now.assignee_id, "until": now and now.until}
            context["assignment_form"] = AssignmentForm(assignments.candidates(article), initial=initial)
        last = article.moves.exclude(name__in=["keep", "limit", "unlimit"]).select_related("by").first()
        if last and last.name in ("request_changes", "send_back"):
            context["sent_back"] = last, label_of(last)
        return context

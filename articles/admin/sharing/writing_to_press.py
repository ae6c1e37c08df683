"""Writing to the press about an article: the panel beside its form, and the page that begins a sending."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from contacts.admin.base import AutocompleteMany
from contacts.admin.fields import SeveralChoices
from contacts.languages import direction
from contacts.models.text_fields import LineFormField, LinesFormField
from contacts.validators import read_id

from ... import permissions
from ...models import Journalist, PressList, Sending
from ...press_lists import lists, mails, planning, versions
from ..article.pages import ArticlePages

Kind = Sending.Kind
LONGEST_NOTE = 2000


class SendingForm(forms.Form):
    """The recipients (known already for a correction or withdrawal), and for each language the subject and a note."""

    lists = SeveralChoices(
        label=_("press lists"), queryset=PressList.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    journalists = SeveralChoices(
        label=_("journalists"), queryset=Journalist.objects.all(), required=False,
        help_text=_("Beside those of the lists. Type a name, an outlet or an e-mail address."),
    )  # fmt: skip

    def __init__(self, user, site, sending, found, *args, **kwargs):
        super().__init__(*args, auto_id="sending_%s", **kwargs)
        self.languages = list(found)
        if sending.kind in Sending.ABOUT_SENT_TEXTS:
            del self.fields["lists"], self.fields["journalists"]
        else:
            self.fields["lists"].queryset = lists.usable(user)
            sizes = lists.sizes(list(lists.usable(user)))
            self.fields["lists"].label_from_instance = lambda row: f"{row.name} ({sizes.get(row.pk, 0)})"
            widget = AutocompleteMany(Sending._meta.get_field("journalists"), site)
            widget.choices = self.fields["journalists"].choices
            self.fields["journalists"].widget = widget
        for code, version in found.items():
            self._add_texts(code, sending, version)

    def _add_texts(self, code, sending, version):
        stored = sending.texts.get(code, {})
        attrs = {"lang": code, "dir": direction(code)}
        self.fields[f"subject_{code}"] = LineFormField(
            label=_("subject"), max_length=150, widget=forms.TextInput(attrs=attrs),
            initial=stored.get("subject") or mails.default_subject(sending.kind, version.article)[:150],
        )  # fmt: skip
        self.fields[f"note_{code}"] = LinesFormField(
            label=_("covering note"), max_length=LONGEST_NOTE, required=False, initial=stored.get("note", ""),
            widget=forms.Textarea(attrs=attrs | {"rows": 4}),
        )  # fmt: skip

    def clean(self):
        values = super().clean()
        if "lists" in self.fields and not values.get("lists") and not values.get("journalists") and not self.errors:
            self.add_error("lists", _("Choose a list or a journalist."))
        return values

    @property
    def by_language(self):
        """[(language, its two fields)]"""
        return [(code, self[f"subject_{code}"], self[f"note_{code}"]) for code in self.languages]

    @property
    def texts(self):
        values = self.cleaned_data
        return {code: {"subject": values[f"subject_{code}"], "note": values[f"note_{code}"]} for code in self.languages}


class WritingToPress(ArticlePages):
    def urls(self):
        return [("<int:pk>/press/", self.press_view, "articles_article_press")]

    def press_view(self, request, pk):
        """Choose who gets the article, and write subject and note; the plan comes next, and nothing is sent before."""
        article = self.get_article(request, pk)
        sending = self._begun(request, article)
        if not permissions.may(request.user, lists.RIGHT, sending.article):
            raise PermissionDenied
        found = versions.versions(sending, request.user)
        refusal = versions.refusal(sending, request.user, found)
        initial = {"lists": sending.lists.all(), "journalists": sending.journalists.all()} if sending.pk else {}
        sent = [request.POST] if request.method == "POST" else []
        form = SendingForm(request.user, self.admin_site, sending, found, *sent, initial=initial)
        if request.method == "POST" and not refusal and form.is_valid():
            return self._planned(request, sending, form)
        return self.page(request, "admin/articles/article/press.html", {
            "original": article, "title": _("Send to the press"), "form": form, "media": form.media,
            "refusal": refusal, "sending": sending,
        })  # fmt: skip

    def _begun(self, request, article):
        """A new Sending, not stored, or the plan that is to be changed (`?plan=`)."""
        story = versions.story_of(article)
        if (number := read_id(request.GET.get("plan"))) is not None:
            row = Sending.objects.filter(pk=number, confirmed_at=None, article__in=[article, story]).first()
            if row is None:
                raise Http404
            return row
        if not self.model_admin.get_queryset(request).filter(pk=story.pk).exists():
            raise Http404
        if "wrong" in request.GET:
            told = versions.to_tell(article)
            if told is None:
                raise Http404
            return Sending(article=article, kind=told[0])
        return Sending(article=story, kind=Kind.PUBLIC if article.is_live else Kind.EMBARGO)

    @transaction.atomic
    def _planned(self, request, sending, form):
        sending.texts, sending.created_by = form.texts, sending.created_by or request.user
        if sending.pk is None:
            sending.save()
        elif Sending.objects.select_for_update().filter(pk=sending.pk, confirmed_at=None).first():
            sending.save(update_fields=["texts", "created_by"])
        else:
            raise Http404  # somebody has just confirmed it
        if "lists" in form.fields:
            sending.lists.set(form.cleaned_data["lists"])
            sending.journalists.set(form.cleaned_data["journalists"])
        return HttpResponseRedirect(reverse("admin:articles_sending_change", args=[sending.pk]))

    def context(self, request, article):
        story = versions.story_of(article)
        if not permissions.may(request.user, lists.RIGHT, story):
            return {}
        told = None if article.revises_id else versions.to_tell(article)
        return {
            "press": {
                "sendings": Sending.objects.filter(article__in=[article, story]).exclude(confirmed_at=None).count(),
                "must_be_told": planning.must_be_told(article, told[0], told[1].number) if told else 0,
                "kind": told[0].label if told else "",
                "is_back": bool(told) and told[0] == Kind.RETURNED,
            }
        }

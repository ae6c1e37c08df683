"""The page “New article from a text”: paste a press release, confirm what was read, and get an ordinary draft."""

from copy import copy
from pathlib import Path

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from contacts.admin.fields import written_in
from contacts.admin.refused_posts import show_again
from contacts.models import Contact
from contacts.validators import read_id

from ...importing.from_text import TooLong, matching, read_text
from ...review import remarks
from ..article.pages import ArticlePages
from .form import DraftForm, TextForm
from .marked import pieces
from .posting import posted_article, posted_contact

TITLE = gettext_lazy("New article from a text")
SAMPLE = Path(__file__).with_name("sample.txt")


class FromText(ArticlePages):
    """What is confirmed is posted to the form of a new article, as a browser would."""

    def urls(self):
        view = require_http_methods(["GET", "POST"])(self.from_text_view)
        return [("from-text/", view, "articles_article_from_text")]

    def from_text_view(self, request):
        if not self.model_admin.has_add_permission(request):
            raise PermissionDenied
        if request.method == "GET":
            sample = SAMPLE.read_text(encoding="utf-8") if "sample" in request.GET else ""
            return self._text_page(request, TextForm(initial={"text": sample}))
        asked = TextForm(request.POST, request.FILES)
        if not asked.is_valid():
            return self._text_page(request, asked)
        try:
            reading = read_text(asked.whole_text, asked.cleaned_data["language"], matching.places_of_newsroom())
        except (TooLong, ValidationError) as error:
            asked.add_error("text", error.messages if isinstance(error, ValidationError) else str(error))
            return self._text_page(request, asked)
        if "make" not in request.POST and "propose" not in request.POST:
            return self._reading_page(request, asked, DraftForm(reading, request.user))
        form = DraftForm(reading, request.user, request.POST)
        number = read_id(request.POST.get("propose"))
        if number is not None and number < len(reading.contacts):
            return self._propose(request, form, number)
        if not form.is_valid():
            return self._reading_page(request, asked, form)
        return self._make(request, form)

    def _text_page(self, request, form):
        return self.page(request, "admin/articles/from_text/text.html", {"title": TITLE, "form": form})

    def _reading_page(self, request, asked, form):
        language = form.reading.language.value if form.reading.language else ""
        return self.page(request, "admin/articles/from_text/reading.html", {
            "title": TITLE, "asked": asked, "text": asked.whole_text, "form": form, "reading": form.reading,
            "pieces": pieces(form.reading), "written": written_in(language),
            "may_add_contacts": self.admin_site.get_model_admin(Contact).has_add_permission(request),
        })  # fmt: skip

    def _make(self, request, form):
        """Post the draft to the form of a new article. What that refuses is shown there, with nothing lost."""
        again = copy(request)
        again.POST, again._files = posted_article(self.model_admin, request, form), MultiValueDict()
        add = reverse("admin:articles_article_add")
        again.path = again.path_info = add
        response = self.model_admin.changeform_view(again, None, add)
        if isinstance(response, HttpResponseRedirect):
            self._repeat_embargo(request, form.reading, again.moved_article)
            self.model_admin.message_user(
                request, _("Look through the draft: it was read from a text by rules, which know no meaning.")
            )
        return response

    def _repeat_embargo(self, request, reading, article):
        """A remark on the draft, open until somebody has set the embargo."""
        if reading.embargo:
            told = _("The text names an embargo: %(sentence)s") % {"sentence": reading.embargo.value}
            remarks.add(article, request.user, told, paragraph=0)
            self.model_admin.message_user(request, told, messages.WARNING)

    def _propose(self, request, form, number):
        """The form of a new contact with what was read. It is stored when somebody saves it there."""
        person = form.reading.contacts[number]
        office = form.fields["office"].match
        language = form.data.get("draft_language") or form.initial["draft_language"]
        notice = _("This contact was read from a text. Complete it, then save it: nothing is saved yet.")
        words = posted_contact(person, office, language)
        return show_again(request, reverse("admin:contacts_contact_add"), "", words, notice)

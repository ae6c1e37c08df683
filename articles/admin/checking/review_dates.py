"""The panel “Still right” of a public article: the date on which somebody must check it again."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from contacts.admin.fields import DateInput
from contacts.cldr.formats import short_date
from contacts.zones import own_day

from ...publishing.afterwards import review_dates
from ...publishing.workflow import Refused
from ..article.pages import ArticlePages, to_form


class StillRightForm(forms.Form):
    again = forms.DateField(label=gettext_lazy("look at it again by"), widget=DateInput)


class ArticleReviewDate(ArticlePages):
    def urls(self):
        return [("<int:pk>/still-right/", require_POST(self.still_right_view), "articles_article_still_right")]

    def still_right_view(self, request, pk):
        """Take the new day and go back to the article."""
        article = self.get_article(request, pk)
        if not review_dates.may_confirm(article, request.user):
            raise PermissionDenied
        form = StillRightForm(request.POST)
        try:
            review_dates.still_right(article, request.user, form.cleaned_data["again"] if form.is_valid() else None)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            told = _("Noted: still right. The desk asks again on %(day)s.")
            messages.success(request, told % {"day": short_date(article.review_by)})
        return to_form(article)

    def context(self, request, article):
        if not review_dates.may_confirm(article, request.user):
            return {}
        today = own_day(request.user)
        return {
            "still_right": StillRightForm(initial={"again": today + review_dates.ANOTHER}, auto_id="id_still_%s"),
            "is_due": article.review_by is not None and article.review_by <= today,
        }

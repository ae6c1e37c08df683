"""Public forms, which set no cookie: a field that only programs fill in, and whether a post comes from another site."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..validators import parts_of


class PublicForm(forms.Form):
    """Has a field that people do not see: what fills it in is a program."""

    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def shown(self):
        """The fields that people see."""
        return [field for field in self if field.name != "website"]

    def clean_website(self):
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty."))
        return ""


def is_from_elsewhere(request):
    """Whether the browser says that another site has sent the form. Old browsers say nothing."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        return True
    origin = request.headers.get("Origin")
    own = {request.get_host(), parts_of(settings.NEWSROOM_BASE_URL).netloc} - {""}
    return origin is not None and parts_of(origin).netloc not in own

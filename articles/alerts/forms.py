"""The forms of alerts: which list, how often, and the e-mail address. They set no cookie."""

from django import forms
from django.utils.translation import gettext_lazy as _

from contacts.models.text_fields import EmailFormField, LineFormField
from contacts.visitors.forms import PublicForm

from ..listing.in_memory import lists_in_memory
from ..models import Subscription
from .filters import CHOOSABLE, query_of


class FilterForm(forms.Form):
    """A menu for each facet of the lists, words, and how often. Whatever the URL of a list says can be chosen."""

    frequency = forms.ChoiceField(label=_("How often"), choices=Subscription.Frequency.choices)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        names = lists_in_memory().names()
        for facet in CHOOSABLE:
            choices = [("", _("All")), *_choices(names, facet)]
            self.fields[facet.name] = forms.ChoiceField(label=facet.label, choices=choices, required=False)
        self.fields["q"] = LineFormField(
            label=_("With these words"), max_length=200, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
        )
        self.order_fields(["email", *(facet.name for facet in CHOOSABLE), "q", "frequency"])

    @property
    def query(self):
        """The query string of the chosen list."""
        return query_of(self.cleaned_data)

    def clean(self):
        if not self.errors and len(self.query) > Subscription._meta.get_field("filter").max_length:
            self.add_error("q", _("These words are too long."))
        return self.cleaned_data


class SignUpForm(PublicForm, FilterForm):
    email = EmailFormField(
        label=_("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
    )


def _choices(names, facet):
    """[(code, name)] without what something else stands for now."""
    if not facet.relation:
        return list(facet.choices())
    former = names.groups(facet.name).former
    return [(code, label.text) for code, label in names.labels(facet.name).items() if code not in former]

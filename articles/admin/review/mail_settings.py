"""The page “My settings”: which mails a person gets from the desk, their language, and into which they translate."""

from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contacts.languages import content_language, own_name

from ...mail import notices
from ...models import Recipient


class RecipientForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("languages into which I translate"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "The desk shows you what these languages lack. If you choose none, it takes those of your translations of "
            "the last year."
        ),
    )

    class Meta:
        model = Recipient
        fields = ["mails", "language", "languages"]
        widgets = {"mails": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(code, own_name(code)) for code, _name in self.fields["language"].choices]
        self.fields["language"].choices = self.fields["languages"].choices = choices


def my_settings(request, site):
    """For every user of the admin, about their own mails."""
    own = Recipient.objects.filter(user=request.user).first()
    own = own or Recipient(user=request.user, language=content_language())
    form = RecipientForm(request.POST or None, instance=own)
    if request.method == "POST" and form.is_valid():
        save(form)
        messages.success(request, _("Your settings were saved."))
        return HttpResponseRedirect(request.path)
    context = {**site.each_context(request), "title": _("My settings"), "form": form, "email": request.user.email}
    return TemplateResponse(request, "admin/my_settings.html", context)


def save(form):
    """Store the settings only; the queue of the mails (`mail.sending`) is another's, but for when the next is due."""
    own = form.instance
    if own._state.adding:
        Recipient.objects.get_or_create(user=own.user)
    values = {name: form.cleaned_data[name] for name in form.fields}
    if "mails" in form.changed_data:
        is_daily = own.mails == Recipient.Mails.DAILY
        values["next_at"] = notices.next_morning(own.user) if is_daily else None
    Recipient.objects.filter(user=own.user).update(**values)

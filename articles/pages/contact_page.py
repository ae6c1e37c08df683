"""The contact page: whom to call, and a form for enquiries, which sets no cookie and keeps nothing but what is typed.

Without a cookie there is no session to be abused. What is left is that other sites or programs send enquiries: the
form has a signed time, is refused from other sites, has a field that people do not see, and limits per network.
"""

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contacts import directory
from contacts.languages import content_language, zone_name
from contacts.models import Contact
from contacts.models.text_fields import EmailFormField, LineFormField, LinesFormField
from contacts.public_pages import public_form, public_view, size_of_post
from contacts.validators import time_zone
from contacts.visitors.forms import PublicForm, is_from_elsewhere
from contacts.visitors.limits import is_too_often

from ..fields import is_plausible
from ..mail import enquiries
from ..models import Article, Enquiry
from ..publication_day import OfficeZones
from .verifying.candidates import named

MOST, SECONDS = 5, 3600  # enquiries of one network in a slot of time
OPEN_FOR = 12 * 60 * 60  # seconds that a form may stay open
SALT = "newsroom.enquiry"
LONGEST = 5000  # characters of a question
LARGEST_POST = 64 * 1024  # bytes of a post
TOKEN = "opened"


class EnquiryForm(PublicForm):
    """`zone`: that of the headquarters, in which a deadline is typed."""

    name = LineFormField(
        label=_("Your name"), max_length=160, widget=forms.TextInput(attrs={"autocomplete": "name", "dir": "auto"})
    )
    outlet = LineFormField(
        label=_("Outlet"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    email = EmailFormField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email", "dir": "ltr"})
    )
    telephone = LineFormField(
        label=_("Telephone"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
        help_text=_("An e-mail address or a telephone number is enough."),
    )
    about = LineFormField(
        label=_("About"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"dir": "auto"}),
        help_text=_("The reference or the address of an article, or a subject."),
    )
    question = LinesFormField(
        label=_("Question"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"})
    )
    deadline = forms.DateTimeField(
        label=_("Deadline"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.zone = OfficeZones().name(None)
        self.fields["deadline"].help_text = _("Date and time in %(city)s.") % {"city": zone_name(self.zone)}

    def clean_deadline(self):
        """A time on the clock of the headquarters."""
        moment = self.cleaned_data["deadline"]
        if moment is None:
            return None
        try:
            moment = moment.replace(tzinfo=time_zone(self.zone)).astimezone(timezone.get_default_timezone())
        except OverflowError as error:
            raise ValidationError(_("Type a date and a time.")) from error
        if moment < timezone.now():
            raise ValidationError(_("This moment is past."))
        if not is_plausible(moment):
            raise ValidationError(_("Type a date and a time."))
        return moment

    def clean(self):
        if not self.errors and not (self.cleaned_data.get("email") or self.cleaned_data.get("telephone")):
            self.add_error("email", _("Type an e-mail address or a telephone number, so that we can answer."))
        return self.cleaned_data


@public_form
def contact(request):
    if request.method != "POST":
        return _page(request, EnquiryForm())
    if is_from_elsewhere(request):
        return _page(request, EnquiryForm(), _("The form was sent from another site. Send it from this page."), 403)
    if size_of_post(request) > LARGEST_POST:
        return _page(request, EnquiryForm(), _("The form is too long."), 413)
    form = EnquiryForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=400)
    try:
        signing.loads(request.POST.get(TOKEN, ""), salt=SALT, max_age=OPEN_FOR)
    except signing.BadSignature:
        return _page(request, form, _("The form was open for too long. Send it once more."), 400)
    if is_too_often(request, "enquiry", MOST, SECONDS) or enquiries.are_too_many():
        return _page(request, form, _("Too many enquiries. Call us, or try again in an hour."), 429)
    enquiries.receive(_enquiry(form.cleaned_data))
    return HttpResponseRedirect(reverse("articles:contact-sent"))


@public_view()
def sent(request):
    return render(request, "articles/contact_sent.html", {"alternates": {}})


def _enquiry(typed):
    """The Enquiry of a valid form; its article is the one that it names, if readers can see that."""
    values = {name: typed[name] for name in ("name", "outlet", "email", "telephone", "about", "question", "deadline")}
    keys = named(f"{typed['about']}/ ")
    article = Article.objects.filter(pk=keys[0]).first() if keys else None
    return Enquiry(article=article, language=content_language(), **values)


def _page(request, form, problem="", status=200):
    general = Contact.objects.current().filter(purpose=Contact.Purpose.GENERAL)
    contacts = sorted(directory.for_blocks(general), key=directory.contact_order)
    context = {
        "form": form,
        "problem": problem,
        "token": signing.dumps(1, salt=SALT),
        "contacts": contacts,
        "days": settings.ENQUIRY_DAYS,
    }
    return render(request, "articles/contact.html", context, status=status)

"""The public pages of offices and media contacts, and their vCards. No view touches the session or the user."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from . import directory
from .models import Contact
from .pages import office_map
from .pages import vcard as vcards
from .public_pages import absolute, public_view
from .reachable import contact_list


@public_view()
def offices(request):
    regions = directory.by_region()
    shown = [office for _, offices in regions for office in offices]
    large, small = office_map.world(shown, radius=4), office_map.world(shown, radius=10.5)
    for office in shown:
        office.number = large.numbers.get(office.pk) if large else None
    return render(request, "contacts/offices.html", {"regions": regions, "large_map": large, "small_map": small})


@public_view()
def office(request, code):
    office = get_object_or_404(directory.office_page(), code=code)
    office.reachable.sort(key=directory.contact_order)
    today = timezone.now().date()
    context = {
        "office": office,
        "map": office_map.around([office], width=120),
        "closures": office.closures.filter(last_day__gte=today)[:5],
        "week": directory.week(office),
    }
    return render(request, "contacts/office.html", context)


@public_view(*contact_list.PARAMETERS)
def media_contacts(request):
    found = contact_list.contact_list(request.GET)
    return render(
        request, "contacts/media_contacts.html", {"found": found, "regions": found.groups, "query": found.query}
    )


@public_view()
def vcard(request, code):
    contact = get_object_or_404(Contact, code=code)
    current = directory.answering([contact.pk])[contact.pk]
    if current is None:
        raise Http404
    if current != contact:
        return HttpResponseRedirect(current.get_absolute_url())
    return _file(vcards.contact(current, absolute(request, current.office.get_absolute_url())), code)


@public_view()
def office_vcard(request, code):
    office = get_object_or_404(directory.office_page(), code=code)
    if office.is_closed:
        final = office.final
        is_open = not final.is_closed
        return HttpResponsePermanentRedirect(
            reverse("contacts:office-vcard", args=[final.code]) if is_open else office.get_absolute_url()
        )
    return _file(vcards.office(office, absolute(request, office.get_absolute_url())), code)


def _file(card, code):
    response = HttpResponse(card, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{code}.vcf"'
    return response

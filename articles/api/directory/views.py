"""The lists of topics, regions, countries, offices and contacts in the API, and each of them by its code."""

from django.http import Http404, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.urls import reverse

from contacts import directory
from contacts.models import Contact

from ...listing.in_memory import lists_in_memory
from ..base import DetailView
from ..paging import CODE_CURSOR, LARGEST_SIZE, ListView
from .serializers import ContactSerializer, CountrySerializer, OfficeSerializer, RegionSerializer, TopicSerializer


class CodedList(ListView):
    """A list of rows with codes, in the order of the codes; `rows()` gives {code: row} or a queryset."""

    cursor_pattern = CODE_CURSOR
    default_size = LARGEST_SIZE

    def page(self, cursor, size, fields):
        after = cursor[0] if cursor else ""
        everything = self.rows()
        rows = sorted((row for row in everything if row.key.lower() > after), key=lambda row: row.key.lower())
        following = rows[size - 1].key.lower() if len(rows) > size else ""
        return rows[:size], following, len(everything)


class NamesList(CodedList):
    """The rows that the lists know (`lists_in_memory().names()`), without those that lead to another row."""

    name = ""

    def rows(self):
        names = lists_in_memory().names()
        former = names.groups(self.name).former
        return [row for code, row in names.rows(self.name).items() if code not in former]


class NamesDetail(DetailView):
    """A row by its code; what leads to another row is permanently redirected to that one, as its page is."""

    name = ""

    def found(self, fields, code):
        row = lists_in_memory().names().rows(self.name).get(code)
        if row is None:
            raise Http404
        final = getattr(row, "final", row)
        return row if final == row else HttpResponsePermanentRedirect(self._address(final))

    def _address(self, row):
        return reverse(f"api:{self.name}", args=[row.key.lower()])


class Topics(NamesList):
    """Lists the topics."""

    name, serializer_class = "topic", TopicSerializer


class TopicDetail(NamesDetail):
    """A topic by its code."""

    name, serializer_class = "topic", TopicSerializer


class Regions(NamesList):
    """Lists the regions."""

    name, serializer_class = "region", RegionSerializer


class RegionDetail(NamesDetail):
    """A region by its code."""

    name, serializer_class = "region", RegionSerializer


class Countries(NamesList):
    """Lists the countries and territories."""

    name, serializer_class = "country", CountrySerializer


class CountryDetail(NamesDetail):
    """A country by its ISO 3166-1 alpha-3 code in small letters."""

    name, serializer_class = "country", CountrySerializer


class Offices(ListView):
    """Lists the offices that are not closed."""

    cursor_pattern, default_size = CODE_CURSOR, LARGEST_SIZE
    serializer_class = OfficeSerializer

    def page(self, cursor, size, fields):
        return page_of_codes(directory.office_page().open().prefetch_related("closures"), cursor, size)

    def page_address(self):
        return self.absolute(reverse("contacts:offices"))


class OfficeDetail(DetailView):
    """An office by its code; that of a closed one stays."""

    serializer_class = OfficeSerializer

    def found(self, fields, code):
        return directory.office_page().prefetch_related("closures").filter(code=code).first()


class Contacts(ListView):
    """Lists the contacts that answer today."""

    cursor_pattern, default_size = CODE_CURSOR, LARGEST_SIZE
    serializer_class = ContactSerializer

    def page(self, cursor, size, fields):
        return page_of_codes(directory.for_blocks(Contact.objects.current()), cursor, size)

    def page_address(self):
        return self.absolute(reverse("contacts:media-contacts"))


class ContactDetail(DetailView):
    """A contact by its code. One that does not answer any more is redirected to the contact that does."""

    serializer_class = ContactSerializer

    def found(self, fields, code):
        contact = Contact.objects.filter(code=code).first()
        current = contact and directory.answering([contact.pk])[contact.pk]
        if current is None or current == contact:
            return current
        return HttpResponseRedirect(reverse("api:contact", args=[current.code]))


def page_of_codes(rows, cursor, size):
    """The page of a queryset after the code in the cursor, as `ListView.page` returns it."""
    after = rows.filter(code__gt=cursor[0]) if cursor else rows
    found = list(after.order_by("code")[: size + 1])
    return found[:size], found[size - 1].code if len(found) > size else "", rows.order_by().count()

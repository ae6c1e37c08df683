"""Contacts and offices as vCard 4.0 (RFC 6350): CRLF lines folded at 75 octets."""

from ..languages import organisation_name

WIDTH = 75
PHONE_TYPES = {"landline": "work,voice", "mobile": "work,cell", "duty": "work,voice", "whatsapp": "work,cell"}


def contact(contact, url):
    name = contact.name
    is_person = contact.kind == contact.Kind.PERSON
    unit = contact.unit_name if is_person else name
    return _card(
        ("KIND", "individual" if is_person else "org"),
        ("FN", _text(name)),
        ("N", _parts("", name, "", "", "")) if is_person else None,
        ("ORG", _parts(*filter(None, [organisation_name(), contact.office.name, unit]))),
        ("TITLE", _text(contact.job_title)),
        ("EMAIL;TYPE=work", _text(contact.email)),
        *_phones(contact.phones.all()),
        *_languages(contact.languages),
        ("TZ", _text(contact.office.timezone)),
        ("URL", url),
        ("UID", _text(f"{url}#{contact.code}")),
    )


def office(office, url):
    position = f"geo:{office.latitude},{office.longitude}" if office.latitude is not None else ""
    street = office.translated("address")
    address = _parts("", "", street, office.translated("city"), "", "", office.host_country.name)
    return _card(
        ("KIND", "org"),
        ("FN", _text(f"{organisation_name()}: {office.name}")),
        ("ORG", _parts(organisation_name(), office.name)),
        ("ADR;TYPE=work", address),
        ("EMAIL;TYPE=work", _text(office.email)),
        *_phones(office.phones.all()),
        *_languages(office.languages),
        ("GEO", position),
        ("TZ", _text(office.timezone)),
        ("URL", url),
        ("UID", url),
    )


def _card(*lines):
    filled = [line for line in lines if line and line[1]]
    rows = [("BEGIN", "VCARD"), ("VERSION", "4.0"), *filled, ("END", "VCARD")]
    return "".join(_fold(f"{name}:{value}") + "\r\n" for name, value in rows)


def _phones(phones):
    return [
        (f'TEL;VALUE=uri;TYPE="{PHONE_TYPES[phone.kind]}"', f"tel:{number}")
        for phone in phones
        for number in phone.numbers
    ]


def _languages(tags):
    return [(f"LANG;PREF={place}", tag) for place, tag in enumerate(tags, start=1)]


def _text(value):
    """RFC 6350, 3.4: backslash, comma, semicolon and line break are escaped; other controls dropped."""
    escaped = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    escaped = "\\n".join(escaped.splitlines())
    return "".join(character for character in escaped if character.isprintable() or character == "\u200f")


def _parts(*values):
    return ";".join(map(_text, values))


def _fold(line):
    """RFC 6350, 3.2: no line longer than 75 octets, none broken within a character."""
    rows, row = [], ""
    for character in line:
        if len((row + character).encode()) > WIDTH:
            rows.append(row)
            row = " "
        row += character
    return "\r\n".join([*rows, row])

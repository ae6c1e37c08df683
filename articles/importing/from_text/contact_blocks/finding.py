"""Finds the lines of contact blocks in a text: announced, unannounced at the end, or under an unknown heading."""

from ..head.head_lines import SENTENCE, is_prose, size
from ..head.labels import label_of
from ..words import ABOUT, ABOUT_LENGTH, EMAIL, ENDS, NOTES
from .lines import has_data, intro_at
from .patterns import FOR_GUESTS

LATE = 200  # characters of a line of contacts that no heading announces
LONGEST_NAME = 60
MOST_BLOCKS = 12  # contact blocks


class Finding:
    """A part of `parts.Reader`: gives lines of its `part` the name "contacts"."""

    def __init__(self):
        self.is_announced, self.blocks = True, 0
        self.late = set()  # numbers of lines of contacts of which nothing is sure
        self.part, self.cut = {}, {}  # cut: {number of a line: characters of its beginning that are no part of it}

    def find_unannounced(self, start):
        """A contact block at the end that no line announces: short lines, of which one has an address or a number."""
        if "contacts" in self.part.values():
            return
        last = len(self.lines)
        while last and self.part.get(last - 1) == "aside":
            last -= 1
        first = last
        while first > start + 1 and size(self.lines[first - 1].text) <= 120 and last - first < 12:
            line = self.lines[first - 1]
            if self.part[first - 1] in ("mark", "aside") or (SENTENCE.search(line.text) and not has_data(line.text)):
                break
            first -= 1
        while first < last and not (self.lines[first].gap or self.part.get(first - 1) in ("mark", "aside")):
            first += 1
        while first < last and not self._has_data_soon(first):  # "Share: …" is no part of it
            first = next((one for one in range(first + 1, last) if self.lines[one].gap), last)
        if first < last and any(has_data(line.text) for line in self.lines[first:last]):
            self.part |= dict.fromkeys(range(first, last), "contacts")
            self.is_announced = False
            if last - first == 1 and not EMAIL.search(self.lines[first].text):
                self.late.add(first)  # perhaps the foot of a page, with the telephone of the house

    def find_late_addresses(self, start):
        """Lines with an e-mail address below the last paragraph, under a heading that is not known. Never sure."""
        known = [number for number, part in self.part.items() if part == "contacts" and self.is_announced]
        last = max([start, *known, *(at for at, line in enumerate(self.lines) if is_prose(line.text))])
        for number in range(last + 1, len(self.lines)):
            text = self.lines[number].text
            if self.part[number] not in ("contacts", "mark", "aside") and len(text) <= LATE and self._is_address(text):
                self.part[number] = "contacts"
                self.late.add(number)

    def _is_address(self, text):
        """Whether there is an e-mail address in the text that is not for those who come to an event."""
        found = EMAIL.search(text)
        return bool(found) and not FOR_GUESTS.match(found[0])

    def is_about(self, number):
        text = self.lines[number].text
        following = self.lines[number + 1].text if number + 1 < len(self.lines) else ""
        is_short = len(text) <= ABOUT_LENGTH and not SENTENCE.search(text) and size(following) > size(text)
        return is_short and bool(ABOUT.match(text)) and number > len(self.lines) // 3

    def find_contacts(self, first, last, only_block=False):
        """Mark the lines of contact blocks that begin in these lines. only_block: not a heading of the text's own."""
        found = False
        for number in range(first, last):
            if self.blocks >= MOST_BLOCKS or number in self.part or (at := intro_at(self.lines[number].text)) < 0:
                continue
            self.blocks += 1
            end = self._end_of_contacts(number)
            lines = self.lines[number:end]
            data = next((at for at, line in enumerate(lines) if has_data(line.text)), None)
            # "Further information" may be a heading of links, and the contacts follow under a heading of their own.
            if data is None or any(intro_at(line.text) >= 0 for line in lines[1 : data + 1]):
                continue
            if only_block and end - number > 12:
                continue
            for one in range(number, end):
                self.part.setdefault(one, "contacts")
            self.cut[number] = at
            found = True
        return found

    def _end_of_contacts(self, number):
        """The number of the line behind a contact block."""
        seen = False
        for end in range(number + 1, min(len(self.lines), number + 40)):
            line = self.lines[end]
            is_long = size(line.text) > 160 and not has_data(line.text)
            if is_long or self._is_other_part(end, seen):
                return end
            seen = seen or has_data(line.text) or has_data(self.lines[number].text)
            is_name = size(line.text) <= LONGEST_NAME and not SENTENCE.search(line.text)
            if line.gap and seen and not self._has_data_soon(end) and not (is_name and self._has_data_soon(end + 1)):
                return end
        return min(len(self.lines), number + 40)

    def _is_other_part(self, number, seen):
        text = self.lines[number].text
        notes = NOTES.match(text)
        is_label = seen and bool(label_of(text))
        return bool(notes and not text[notes.end() :]) or self.is_about(number) or bool(ENDS.match(text)) or is_label

    def _has_data_soon(self, number):
        """Whether an address or a number follows in the same block of lines."""
        for one in range(number, min(len(self.lines), number + 6)):
            if one > number and self.lines[one].gap:
                return False
            if has_data(self.lines[one].text):
                return True
        return False

"""The table of checks, and what they find in an article."""

from . import completeness, headline, headline_numbers, machine_texts, pictures, recordings, structure, wrong_language
from .draft import Draft
from .finding import BLOCK, WARNING
from .links import broken_links

# In the order of the form.
CHECKS = (
    headline.length,
    headline.capitals,
    completeness.standfirst,
    headline_numbers.figures,
    machine_texts.unread,
    wrong_language.language,
    structure.heading_levels,
    structure.empty_headings,
    structure.tables,
    structure.link_texts,
    broken_links.broken_links,
    completeness.date,
    completeness.region,
    completeness.topic,
    completeness.press_contact,
    completeness.told_readers,
    pictures.clearance,
    pictures.credit,
    pictures.alternative_text,
    pictures.rights,
    recordings.captions_and_transcripts,
    recordings.titles,
    recordings.posters,
    recordings.rights,
)
# Checks whose findings refuse approval; approval runs only these. What refuses publication in an emergency, too, is
# asked by `publishing.requirements`: what readers are told, the clearance of pictures, unread drafts by machine.
BLOCKING = (
    completeness.date,
    completeness.topic,
    completeness.region,
    completeness.press_contact,
    pictures.credit,
    pictures.alternative_text,
)


_registered = []


def register(check):
    """Register a check of another room, such as `articles/translating`; it finds warnings."""
    _registered.append(check)


def run(draft, checks=None):
    """[Finding] of these checks, or of all: each sentence once."""
    checks = (*CHECKS, *_registered) if checks is None else checks
    return list(dict.fromkeys(finding for check in checks for finding in check(draft)))


def blocks(article):
    """{field: the first sentence} of what refuses the approval of a stored article."""
    found = {}
    for finding in run(Draft(article), BLOCKING):
        if finding.level == BLOCK:
            found.setdefault(finding.field, finding.sentence)
    return found


def unread_machine_text(article):
    """{field: sentence} of a stored article with paragraphs of a machine that nobody has read."""
    return {finding.field: finding.sentence for finding in machine_texts.unread(Draft(article))}


def warnings(article):
    """[Finding] that whoever submits a stored article acknowledges."""
    return [finding for finding in run(Draft(article)) if finding.level == WARNING]

"""For the demo: corrections, published and under way, a major change, and what to read instead of a withdrawn text."""

from articles.models import Article
from articles.publishing import locking, workflow
from articles.publishing.afterwards import taking_away

FORECASTS = "lake-victoria-harbours-get-seven-day-level-forecasts-before-the-rains-peak"
LEVELS = "daily-levels-of-61-shared-rivers-go-online-free-for-anyone-to-use"
SNOW = "kazakhstan-and-kyrgyzstan-open-24-shared-snow-stations-above-the-talas"
WITHDRAWN = "statement-on-a-reported-dam-failure-on-the-sekong-in-southern-laos"
INSTEAD = "mekong-delta-rice-growers-get-a-daily-salt-reading-before-opening-sluices"
MORE = "<p>Since this was published, the levels of all stations can also be downloaded as one file a day.</p>"


def show(users):
    if live := article(FORECASTS):
        correct(users, live)
    if live := article(LEVELS):
        publish(users, live, body=live.body + MORE, change_kind="major", change_note="All stations in one file a day.")
    if live := article(SNOW):
        begin_correction(users, live)
    withdrawn, instead = article(WITHDRAWN), article(INSTEAD)
    if withdrawn and instead:
        taking_away.read_instead(withdrawn, instead, users["aziz"])


def correct(users, live):
    publish(
        users,
        live,
        body=live.body.replace("nine centimetres on the seventh day", "eleven centimetres on the seventh day"),
        change_kind="correction",
        was_wrong="The error of the forecast for the seventh day was given as nine centimetres.",
        change_note="It is eleven centimetres.",
    )


def begin_correction(users, live):
    """It waits in review: the desk says that it is a correction."""
    body = live.body.replace("between 2,100 and 3,900 metres", "between 2,100 and 3,700 metres")
    write(
        users,
        live,
        body=body,
        change_kind="correction",
        was_wrong="The height of the highest station was given as 3,900 metres.",
        change_note="It is 3,700 metres.",
    )


def publish(users, live, **changes):
    """A new edition, written by Edna and published by Aziz."""
    workflow.move(write(users, live, **changes), "publish", users["aziz"])


def write(users, live, **changes):
    """A working copy with the changes, submitted by Edna."""
    copy = workflow.move(live, "revise", users["edna"])
    locking.claim_version(copy)
    for name, value in changes.items():
        setattr(copy, name, value)
    copy.updated_by = users["edna"]
    copy.save()
    workflow.after_edit(copy, users["edna"])
    return workflow.move(copy, "submit", users["edna"])


def article(slug):
    """The public article with that slug, if the demo has it."""
    return Article.objects.readable().at_address("en", slug).first()

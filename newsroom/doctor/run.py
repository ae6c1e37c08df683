"""The table of checks, and how they are run."""

import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, InterfaceError

from . import background, caching, configuration, content, database, storage
from .finding import WRONG, Finding

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Check:
    """`look` yields Findings. With `is_alarm` the operators get a mail about what is wrong."""

    name: str
    look: Callable
    is_alarm: bool = False
    needs_database: bool = True


# In the order of the page: what the rest depends on comes first.
CHECKS = (
    Check("settings", configuration.settings_are_sound, needs_database=False),
    Check("database", database.answers, needs_database=False),
    Check("migrations", database.migrations),
    Check("clock", database.clocks_agree, is_alarm=True),
    Check("replica", database.replica_follows, is_alarm=True),
    Check("cache", caching.cache_answers, needs_database=False),
    Check("caches in front", caching.caches_in_front_answer, needs_database=False),
    Check("due articles", content.what_is_due_is_live, is_alarm=True),
    Check("background jobs", background.jobs_run, is_alarm=True),
    Check("mail server", background.mail_server_answers, needs_database=False),
    Check("mails", background.mails_leave, is_alarm=True),
    Check("webhooks", background.webhooks_leave, is_alarm=True),
    Check("search index", content.search_index),
    Check("media files", storage.media_can_be_written, needs_database=False),
    Check("free space", storage.free_space, is_alarm=True, needs_database=False),
    Check("pictures", storage.copies_are_made),
    Check("backup", background.backup_is_new, is_alarm=True),
    Check("base address", configuration.base_url_leads_here, needs_database=False),
    Check("fonts", configuration.fonts, needs_database=False),
    Check("translations", configuration.catalogues, needs_database=False),
)
DATABASE, MIGRATIONS = "database", "migrations"
REFUSED = "refused by the database"


@dataclass(frozen=True)
class Result:
    """What one check has found. `is_known` is false if it could not look."""

    check: Check
    findings: tuple = ()
    is_known: bool = True

    @property
    def is_wrong(self):
        return any(finding.level == WRONG for finding in self.findings)


def run(checks=CHECKS):
    """[Result], in the order of the table. While the database is away, only what does without it is looked at."""
    results, is_away, is_old = [], False, False
    for check in checks:
        if check.needs_database and is_away:
            results.append(Result(check, is_known=False))
            continue
        result = _look(check)
        if is_old and any(finding.what == REFUSED for finding in result.findings):
            result = Result(check, is_known=False)  # for want of the migrations that are told above
        results.append(result)
        is_away = is_away or (check.name == DATABASE and any(found.what == "away" for found in result.findings))
        is_old = is_old or (check.name == MIGRATIONS and result.is_wrong)
    return results


def _look(check):
    try:
        return Result(check, tuple(check.look()))
    except (DatabaseError, InterfaceError) as error:
        sentence = f"The database refused this check: {type(error).__name__}."
        finding = Finding(REFUSED, sentence, "Restart this process with the code that is installed, and see its log.")
    except Exception as error:
        logger.exception("The check “%s” failed.", check.name)
        finding = Finding("failed", f"The check failed: {type(error).__name__}.", "The log says where.")
    return Result(check, (finding,), is_known=False)

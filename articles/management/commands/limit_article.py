"""`manage.py limit_article`: names other people for a limited draft when none of the named accounts exists any more."""

from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError

from ...models import Article
from ...publishing import limiting


class Command(BaseCommand):
    help = (
        "Lists the articles that are limited to named people, or names other people for one of them. "
        "What it changes is recorded in the article's history and in the log."
    )

    def add_arguments(self, parser):
        parser.add_argument("article", nargs="?", type=int, help="number of the article, as listed")
        parser.add_argument("--to", nargs="+", metavar="USERNAME", help="the only people who may see it")
        parser.add_argument("--lift", action="store_true", help="all who have the rights may see it")

    def handle(self, *, article, to, lift, **options):
        if article is None:
            return self._list()
        if bool(to) == lift:
            raise CommandError("Give either --to with user names, or --lift.")
        row = Article.objects.filter(pk=article).first()
        if row is None:
            raise CommandError(f"There is no article {article}.")
        if row.was_public:
            raise CommandError(f"Article {article} is public, so everybody may see it.")
        if source := limiting.source_that_decides(row):
            raise CommandError(f"Article {article} is a translation: name the people for article {source.pk}.")
        limiting.limit(row, self._users(to or []), by_name="manage.py")
        self.stdout.write(f"Article {article}: {self._names(row)}")
        return None

    def _users(self, names):
        users = list(get_user_model().objects.filter(username__in=names))
        missing = set(names) - {user.get_username() for user in users}
        if missing:
            raise CommandError(f"There is no account {', '.join(sorted(missing))}.")
        return users

    def _list(self):
        rows = Article.objects.filter(restricted=True).order_by("pk").prefetch_related("reader_rows__user")
        for row in rows:
            if not row.was_public:
                self.stdout.write(f"{row.pk}  {row.language}  {row.state}  {self._names(row)}")

    def _names(self, row):
        names = sorted(reader.user.get_username() for reader in row.reader_rows.all())
        return ", ".join(names) if names else "nobody is named" if row.restricted else "not limited"

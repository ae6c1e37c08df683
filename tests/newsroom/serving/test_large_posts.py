"""What the public forms take, the production server lets through: files to check, long texts, many remarks."""

import http.client
from contextlib import closing
from urllib.parse import urlencode

from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from articles.models import ReviewAnswer
from articles.pages.verifying import files, verdicts
from articles.personal_links import review_links
from articles.publishing import revisions
from tests.cast import make_article, make_user
from tests.newsroom.servers import serving, wait_for

URLENCODED = "application/x-www-form-urlencoded"


def post(port, path, body, content_type):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", path, body, {"Content-Type": content_type})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


def asked(port, **values):
    return post(port, "/en/verify/", encode_multipart(BOUNDARY, values), MULTIPART_CONTENT)


class Upload:
    """A file of so many bytes, as `encode_multipart` reads it."""

    content_type, name = "image/jpeg", "a.jpg"

    def __init__(self, size):
        self.size = size

    def read(self):
        return b"\xff\xd8\xff\xe0" + bytes(self.size - 4)


def test_forms_of_readers_get_their_answer(transactional_db):
    article = make_article(state="draft", body="<p>One.</p>" * 60)
    revision = revisions.record(article)
    _link, token = review_links.make(revision, make_user("edna", "editor"), purpose="fact_check")
    remarks = {f"remark-{number}": "ملاحظة طويلة " * 150 for number in range(60)}
    with serving() as (port, _process):
        wait_for(port)
        status, page = asked(port, file=Upload(300_000))
        assert (status, "a.jpg" in page) == (200, True)
        assert asked(port, file=Upload(files.MOST_BYTES))[0] == 200
        status, page = asked(port, file=Upload(files.MOST_BYTES * 2))
        assert (status, "Type its SHA-256 instead." in page) == (413, True)
        assert asked(port, text="水井" * (verdicts.LONGEST // 2))[0] == 200
        status, page = post(port, f"/review/{token}/", urlencode(remarks), URLENCODED)
        assert status == 303, page
        assert ReviewAnswer.objects.count() == 60
        assert post(port, "/en/contact/", urlencode({"question": "水" * 6000}), URLENCODED)[0] == 400

"""Media files in an object storage: kept there, served by the site alone, and its errors are those of a full disk."""

import http.server
import threading

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.media import cleanup, renditions, storage
from articles.models import Attachment, Image
from newsroom import checks, env
from newsroom.backup import media
from tests import files
from tests.articles.importing.fixture_records import run as import_fixture
from tests.cast import create_attachment, create_image, create_recording, make_article, make_user
from tests.cluster import object_store
from tests.forms import errors, filled
from tests.newsroom.servers import free_port

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]


@pytest.fixture(scope="module")
def store():
    """The port of a storage of this file's tests."""
    port = free_port()
    with object_store.running(port):
        yield port


def use(settings, monkeypatch, port, folder="media"):
    monkeypatch.setenv("MEDIA_STORAGE", object_store.setting(port, folder))
    settings.MEDIA_STORAGE = env.object_storage("MEDIA_STORAGE")
    backend = {"BACKEND": "newsroom.cluster.object_storage.ObjectStorage", "OPTIONS": settings.MEDIA_STORAGE}
    settings.STORAGES = settings.STORAGES | {"default": backend}


@pytest.fixture
def bucket(store, settings, monkeypatch):
    """The names of all that is stored, as a function."""
    use(settings, monkeypatch, store)
    client = object_store.client(store)

    def names():
        listed = client.list_objects_v2(Bucket=object_store.BUCKET).get("Contents", [])
        return {one["Key"] for one in listed}

    yield names
    for name in names():
        client.delete_object(Bucket=object_store.BUCKET, Key=name)


def test_a_picture_and_its_copies(bucket, client, settings):
    image = create_image(files.picture(500), "Ada", alt={"en": "A"})
    draft = make_article(state="draft", lead_image=image)
    assert renditions.make_due() == (1, [])
    assert f"media/{image.file.name}" in bucket()
    copies = [name for name in bucket() if name.startswith(f"media/renditions/{image.sha256}/")]
    assert copies
    assert not settings.MEDIA_ROOT.exists()
    assert default_storage.url(image.file.name) == image.get_absolute_url()
    addresses = [image.get_absolute_url(), *(f"/{name}" for name in copies)]
    assert {client.get(address).status_code for address in addresses} == {404}
    draft.state = "approved"
    draft.save()
    answers = [client.get(address) for address in addresses]
    assert {answer.status_code for answer in answers} == {200}
    served = [b"".join(answer.streaming_content) for answer in answers]
    with default_storage.open(image.file.name) as file:
        assert served[0] == file.read()
    cleanup.delete_unused_copies(image.sha256)
    draft.delete()
    image.delete()
    cleanup.delete_files([image.file.name])
    assert bucket() == set()


def test_a_backup_has_the_files_of_the_bucket(bucket, tmp_path):
    picture = create_image(files.picture(), credit="Ana")
    name = picture.file.name
    assert name in set(media.stored())
    sha256 = media.copy(name, tmp_path, {})
    default_storage.delete(name)
    assert name not in set(media.stored())
    assert media.put_back(name, tmp_path, sha256)
    assert name in set(media.stored())


def test_parts_of_a_recording(bucket, client):
    recording = create_recording()
    make_article(recordings=[recording])
    whole = b"".join(client.get(recording.get_absolute_url()).streaming_content)
    assert len(whole) == recording.size
    answer = client.get(recording.get_absolute_url(), headers={"range": "bytes=1000-1999"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, whole[1000:2000])
    answer = client.get(recording.get_absolute_url(), headers={"range": "bytes=-100"})
    assert b"".join(answer.streaming_content) == whole[-100:]


def test_an_upload_by_the_form(bucket, client):
    client.force_login(make_user("edna", "editor"))
    at = "/admin/articles/attachment/add/"
    upload = SimpleUploadedFile("a.pdf", files.PDF)
    assert client.post(at, filled(client.get(at), title="Report", language="en") | {"file": upload}).status_code == 302
    row = Attachment.objects.get()
    assert bucket() == {f"media/{row.file.name}"}
    assert b"".join(client.get(row.get_absolute_url()).streaming_content) == files.PDF  # hers, not the readers'
    client.logout()
    assert client.get(row.get_absolute_url()).status_code == 404


def test_what_forms_left_there_is_deleted_after_a_day(bucket, monkeypatch):
    storage.put(f"{storage.INCOMING}/left", b"GPS")
    monkeypatch.setattr(storage, "STALE", -3600)
    storage.put(f"{storage.INCOMING}/new", b"new")
    assert bucket() == {f"media/{storage.INCOMING}/new"}


def test_a_file_that_is_not_there(bucket, client):
    attachment = create_attachment(files.PDF, "Report", "en", "a.pdf")
    make_article(attachments=[attachment])
    default_storage.delete(attachment.file.name)
    assert client.get(attachment.get_absolute_url()).status_code == 404
    with pytest.raises(FileNotFoundError):
        default_storage.size(attachment.file.name)


class Full(http.server.BaseHTTPRequestHandler):
    """A storage that has no room left: it answers every request with 507."""

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b"<Error><Code>InsufficientStorage</Code><Message>Full</Message></Error>"
        self.send_response(404 if self.command == "HEAD" else 507)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_DELETE = answer

    def log_message(self, *args):
        pass


@pytest.fixture
def full_store():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Full)
    thread = threading.Thread(target=server.serve_forever, args=[0.01])
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize(("is_full", "reason"), [(True, "answers “InsufficientStorage”"), (False, "does not answer")])
def test_an_upload_that_cannot_be_stored(client, settings, monkeypatch, full_store, is_full, reason):
    use(settings, monkeypatch, full_store if is_full else free_port())
    client.force_login(make_user("edna", "editor"))
    at = "/admin/articles/image/add/"
    words = {"credit": "Ada", "translations-0-alt": "A"}
    upload = SimpleUploadedFile("a.jpg", files.picture(60, 60))
    answer = client.post(at, filled(client.get(at), **words) | {"file": upload}, headers={"accept": "text/html"})
    assert answer.status_code == 200
    sentence = f"The file could not be stored (the object storage {reason}). Nothing was saved; try again later."
    assert errors(answer) == {"file": [sentence]}
    assert not Image.objects.exists()


def test_readers_get_503_while_the_storage_is_away(bucket, client, settings, monkeypatch):
    attachment = create_attachment(files.PDF, "Report", "en", "a.pdf")
    make_article(attachments=[attachment])
    use(settings, monkeypatch, free_port())
    client.raise_request_exception = False
    answer = client.get(attachment.get_absolute_url())
    assert (answer.status_code, answer["Retry-After"], answer["Cache-Control"]) == (503, "5", "no-store")


def test_the_check_before_the_start(store, settings, monkeypatch):
    found = []
    for port, name in ((store, object_store.BUCKET), (store, "no-such-bucket"), (free_port(), object_store.BUCKET)):
        with monkeypatch.context() as patched:
            patched.setattr(object_store, "BUCKET", name)
            use(settings, patched, port)
        found += [[one.id for one in checks.media_can_be_written(None)]]
    assert found == [[], ["newsroom.E004"], ["newsroom.W003"]]


def test_an_import_while_the_storage_is_away_stores_nothing(settings, monkeypatch):
    use(settings, monkeypatch, free_port())
    code, _out, told = import_fixture(settings.BASE_DIR / "articles/importing/example/newsroom.jsonl")
    assert code != 0
    assert "The file could not be stored (the object storage does not answer)." in told
    assert not Image.objects.exists()

"""Media files in an object storage that speaks S3, so that several machines have the same ones (MEDIA_STORAGE).

The bucket is private and no URL of it is ever given out: `articles.media.serving` decides who may see a file and
passes it on piece by piece, so pages load nothing from another host and nobody gets a draft's picture by its address.
Whatever the storage answers to a mistake becomes an OSError, as a disk raises it.
"""

import errno
import io
from contextlib import contextmanager
from functools import cached_property

from boto3.exceptions import Boto3Error
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

from articles.media.storage import StorageAway

BUFFER = 256 * 1024  # bytes that are read ahead: Pillow reads a file in small pieces
NOT_FOUND = {"404", "NoSuchKey"}
# Checksums that every upload would carry are unknown to some storages; the names of files are hashes.
CLIENT = {
    "connect_timeout": 3,  # seconds
    "read_timeout": 10,
    "retries": {"mode": "standard", "total_max_attempts": 2},
    "request_checksum_calculation": "when_required",
    "response_checksum_validation": "when_required",
}


@contextmanager
def disk_errors(name):
    """FileNotFoundError for a file that is not there, StorageAway for everything else that fails."""
    try:
        yield
    except (ClientError, BotoCoreError, Boto3Error, HTTPError) as error:
        answered = error if isinstance(error, ClientError) else error.__context__  # boto3 wraps those of uploads
        answer = getattr(answered, "response", None) or {}
        code = str(answer.get("Error", {}).get("Code", ""))
        if code in NOT_FOUND:
            raise FileNotFoundError(errno.ENOENT, "No such file", name) from error
        raise StorageAway(code) from error


class ObjectStorage(S3Storage):
    """The storage of django-storages with the errors of a disk, and files that are read in parts."""

    def __init__(self, **options):
        style = "path" if options.get("endpoint_url") else "auto"
        config = Config(s3={"addressing_style": style}, signature_version="s3v4", **CLIENT)
        super().__init__(client_config=config, default_acl=None, file_overwrite=True, **options)

    @cached_property
    def connection(self):
        """One for all threads, because to make one takes a tenth of a second; only its client and names are used."""
        return super().connection

    @property
    def client(self):
        return self.connection.meta.client

    def look(self):
        """Raise StorageAway, or FileNotFoundError if there is no such bucket."""
        with disk_errors(self.bucket_name):
            self.client.head_bucket(Bucket=self.bucket_name)

    def _open(self, name, mode="rb"):
        if mode != "rb":
            raise ValueError("Files of the object storage are stored as a whole and only read afterwards.")
        return File(io.BufferedReader(StoredFile(self, self._normalize_name(name), self.size(name)), BUFFER), name)

    def _save(self, name, content):
        with disk_errors(name):
            return super()._save(name, content)

    def delete(self, name):
        with disk_errors(name):
            super().delete(name)

    def exists(self, name):
        with disk_errors(name):
            return super().exists(name)

    def listdir(self, name):
        with disk_errors(name):
            return super().listdir(name)

    def size(self, name):
        with disk_errors(name):
            return self.client.head_object(Bucket=self.bucket_name, Key=self._normalize_name(name))["ContentLength"]

    def get_modified_time(self, name):
        with disk_errors(name):
            return super().get_modified_time(name)

    def url(self, name, parameters=None, expire=None, http_method=None):
        """The address at our own site, never one of the bucket."""
        return settings.MEDIA_URL + filepath_to_uri(name)


class StoredFile(io.RawIOBase):
    """A file of the storage: what is read comes by one answer, and a jump within the file asks for another one."""

    def __init__(self, storage, key, size):
        self.storage, self.key, self.size = storage, key, size
        self.position, self.body = 0, None

    def readable(self):
        return True

    def seekable(self):
        return True

    def tell(self):
        return self.position

    def seek(self, offset, whence=io.SEEK_SET):
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.position, io.SEEK_END: self.size}[whence]
        position = max(0, start + offset)
        if position != self.position:
            self._drop_answer()
        self.position = position
        return position

    def readinto(self, buffer):
        if self.position >= self.size:
            return 0
        with disk_errors(self.key):
            if self.body is None:
                wanted = {"Bucket": self.storage.bucket_name, "Key": self.key}
                answer = self.storage.client.get_object(**wanted, Range=f"bytes={self.position}-")
                self.body = answer["Body"]
            piece = self.body.read(len(buffer))
        if not piece:
            raise StorageAway
        buffer[: len(piece)] = piece
        self.position += len(piece)
        return len(piece)

    def close(self):
        self._drop_answer()
        super().close()

    def _drop_answer(self):
        if self.body is not None:
            self.body.close()
            self.body = None

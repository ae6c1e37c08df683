"""Receives uploads too large for the memory; a full disk becomes an error of the field, and the form stays filled."""

import contextlib
import io
import os

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class UploadHandler(TemporaryFileUploadHandler):
    """Django's handler raises what the disk raises, and the whole form is lost with it.

    This one reads on: the form gets a file whose `failure` is the OSError (`UploadForm` refuses it).
    """

    failure = None

    def new_file(self, *args, **kwargs):
        self.failure = None
        try:
            super().new_file(*args, **kwargs)
        except OSError as error:
            self.failure, self.file = error, None

    def receive_data_chunk(self, raw_data, start):
        if self.failure is None:
            try:
                super().receive_data_chunk(raw_data, start)
                self.file.flush()
            except OSError as error:
                self._fail(error)

    def file_complete(self, file_size):
        if self.failure is None:
            return super().file_complete(file_size)
        upload = UploadedFile(io.BytesIO(), self.file_name, self.content_type, file_size or 1)
        upload.failure = self.failure
        return upload

    def upload_interrupted(self):
        if getattr(self, "file", None) is not None:
            super().upload_interrupted()

    def _fail(self, error):
        self.failure, path = error, self.file.temporary_file_path()
        with contextlib.suppress(OSError):  # closing would write what is left
            self.file.close()
        with contextlib.suppress(OSError):
            os.unlink(path)

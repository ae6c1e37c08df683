"""Video and audio as the page of an article shows them: with captions, transcript and download."""

from dataclasses import dataclass
from datetime import timedelta

from contacts.languages import Wording, content_language

from ..media.serving import captions_name
from ..models import Recording
from .texts import pictures


@dataclass
class Track:
    """Captions in one language; a player offers them by the language's own name."""

    language: str
    address: str
    is_default: bool


@dataclass
class PlayerData:
    """A recording and what its player needs."""

    recording: Recording
    tracks: list
    transcript: Wording
    poster: str

    @property
    def format(self):
        """ "MP4"; the letters of a type are the same in every language."""
        return self.recording.file.name.rpartition(".")[2].upper()

    @property
    def duration(self):
        return clock(self.recording.duration)


def clock(seconds):
    """ "1:05" or "1:02:03"; "" if nobody knows how long it is."""
    if not seconds:
        return ""
    return str(timedelta(seconds=seconds)).removeprefix("0:").removeprefix("0")


def shown(ids, language):
    """[PlayerData] of the recordings with these ids, in their order; no query if there are none."""
    if not ids:
        return []
    found = Recording.objects.select_related("poster").with_translations().in_bulk(ids)
    return [_shown(found[pk], language) for pk in ids if pk in found]


def _shown(recording, language):
    tracks = [
        Track(
            text.language,
            pictures.media_address(captions_name(recording, text)),
            text.language == content_language(language),
        )
        for text in recording.translations.all()
        if text.captions
    ]
    poster = pictures.address(recording.poster) if recording.poster else ""
    return PlayerData(recording, tracks, recording.wording("transcript", language), poster)


def recording_files(recordings):
    """The SHA-256 of these recordings and of their posters."""
    keys = recordings.order_by().values_list("sha256", "poster__sha256")
    return {key for pair in keys for key in pair if key}

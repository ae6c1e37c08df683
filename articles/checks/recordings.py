"""Checks of video and audio: captions or a transcript in the article's language, title, poster, rights."""

from django.utils.translation import gettext as _

from .finding import Finding


def captions_and_transcripts(draft):
    language = draft.article.language
    for recording in draft.recordings:
        texts = list(recording.translations.all())
        captions = {text.language for text in texts if text.captions}
        transcripts = {text.language for text in texts if text.transcript}
        words = {"recording": recording.name}
        if not captions and not transcripts:
            yield Finding("recordings", _("A recording has neither captions nor a transcript: %(recording)s") % words)
        elif language not in captions | transcripts:
            told = _("A recording has no captions or transcript in the language of the article: %(recording)s")
            yield Finding("recordings", told % words)
        elif recording.is_video and not captions:
            yield Finding("recordings", _("A video has a transcript, but no captions: %(recording)s") % words)


def titles(draft):
    for recording in draft.recordings:
        if draft.article.language not in {text.language for text in recording.translations.all() if text.title}:
            told = _("A recording has no title in the language of the article: %(recording)s")
            yield Finding("recordings", told % {"recording": recording.name})


def posters(draft):
    for recording in draft.recordings:
        if recording.is_video and recording.poster_id is None:
            told = _("A video has no poster, so readers see a black frame: %(recording)s")
            yield Finding("recordings", told % {"recording": recording.name})


def rights(draft):
    for recording in draft.recordings:
        if not recording.copyright.strip() and not recording.terms.strip():
            told = _("A recording has neither a copyright holder nor terms of use: %(recording)s")
            yield Finding("recordings", told % {"recording": recording.name})

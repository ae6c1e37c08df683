"""Chinese under its short tag.

Content and addresses say "zh"; Django ships its words and formats as zh-hans only, and would answer
/zh/ with "not found". Our own translations therefore live in locale/zh_Hans, beside Django's.
"""

from django.conf.locale import LANG_INFO
from django.utils import formats, translation
from django.utils.translation import trans_real

_to_locale = translation.to_locale


def to_locale(language):
    return "zh_Hans" if language.lower() == "zh" else _to_locale(language)


def patch_django():
    LANG_INFO["zh"] = LANG_INFO["zh-hans"] | {"code": "zh", "name": "Chinese", "name_local": "中文"}
    for module in (translation, trans_real, formats):
        module.to_locale = to_locale

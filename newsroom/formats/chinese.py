"""Makes Django accept "zh" as the language code of Chinese.

Content and addresses use "zh", but Django has its Chinese translations and formats under zh-hans only and would answer
/zh/ with "not found". Our own translations are therefore in locale/zh_Hans.
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

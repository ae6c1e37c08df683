"""Words for large numbers: what stands behind a number and multiplies it, such as “million” or “万”."""

import re
from functools import cache

# Regular expressions and their powers of ten, longer words before those that they begin with.
SCALES = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "bn": 9, "trillion": 12},
    "fr": {"mille": 3, "millions?": 6, "milliards?": 9, "billions?": 12},
    "es": {"mil millones": 9, "mil": 3, "mill[oó]n(?:es)?": 6, "bill[oó]n(?:es)?": 12},
    "ar": {"[أا]لفا?": 3, "[آا]لاف": 3, "مليون": 6, "ملايين": 6, "مليارات?": 9, "مليار": 9, "تريليون": 12},
    "ru": {"тыс(?:яч[аиу]?)?": 3, "млн": 6, "миллион(?:а|ов)?": 6, "млрд": 9, "миллиард(?:а|ов)?": 9, "трлн": 12},
    "zh": {"[万萬][亿億]": 12, "十[亿億]": 9, "[亿億]": 8, "千[万萬]": 7, "百[万萬]": 6, "[万萬]": 4, "千": 3},
}


@cache
def scales(language):
    """[(compiled expression, power of ten)]"""
    return [(re.compile(scale, re.IGNORECASE), exponent) for scale, exponent in SCALES.get(language, {}).items()]


def scale_at_start(text, language):
    """The word at the start of a text that multiplies the number before it, and its power of ten; "" and 0 without."""
    end = "" if language == "zh" else r"(?!\w)"
    for scale, power in scales(language):
        if found := re.match(f"(?:{scale.pattern}){end}", text, re.IGNORECASE):
            return found[0], power
    return "", 0

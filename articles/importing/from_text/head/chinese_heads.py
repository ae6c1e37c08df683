"""The head of a Chinese text, such as "日内瓦5月3日电" or "【昆明讯】": a place, a date, and how the text was sent."""

import re

SHORT_NAME = 4  # characters of a Chinese town that is not known
# An agency may stand in front: "远山社日内瓦3月3日电".
CHINESE = re.compile(
    r"(?P<open>[（(【\[])?(?:[\u4e00-\u9fff]{1,6}[社网报](?=[\u4e00-\u9fff]{2,14}\d))?(?P<place>[\u4e00-\u9fff·/]{2,14}?)"
    r"(?:[（(](?P<agency>[^（）()]{1,20})[)）])?\s?[，,、]?\s?"
    r"(?:(?P<date>(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}[日号])\s?(?P<sent>电|讯)?|(?P<only_sent>[电讯])|(?=[】）)\]:：–—－-]))"
    r"\s?(?:[（(][^（）()]{1,20}[)）])?(?P<close>[】）)\]])?\s?(?P<dash>[-–—－]{1,3}|[:：])?\s?"
)


def chinese_head(head, places):
    """The match of CHINESE if a text begins with a place and something that makes it the head, else None."""
    found = CHINESE.match(head)
    if not found or found["place"].startswith("本"):  # "本报讯": our own correspondent
        return None
    sent, dash = found["sent"] or found["only_sent"], found["dash"]
    is_bracketed = bool(found["open"]) and bool(found["close"])
    if not (is_bracketed or sent or dash) or (dash in (":", "：") and not found["date"]):
        return None
    name = found["place"]
    known = bool(places.country(name)) or places.is_city(name)
    return found if known or found["date"] or sent or (dash and len(name) <= SHORT_NAME) else None

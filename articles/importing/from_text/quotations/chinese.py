"""Reads who says a quotation in Chinese: "主任李娜表示", "……，李文静说"."""

import re
from dataclasses import replace

from ..reading import Found
from .names import Who
from .verbs import CHINESE_CIRCUMSTANCE, CHINESE_TITLE, PRONOUN, SURNAMES, VERBS

CLAUSE = re.compile(r"[，。；！？,;.!?\n”」』》]")
SURNAME_AT_END = re.compile(rf"(?<=[\u4e00-\u9fff]{{2}})[{''.join(sorted(SURNAMES))}][\u4e00-\u9fff]{{1,2}}\Z")
TO_WHOM = re.compile(r"[对向](?:记者|媒体|本报|本社|我们|本报记者|在场者).{0,12}\Z")  # "对记者说"
NO_PERSON = re.compile(r"(?:声明|报告|公报|通报|调查|数据|研究|研究报告|评估|消息|新闻稿)(?:还|也|中|里)?\Z")
SUFFIXES = {"先生", "女士", "教授", "博士", "医生", "小姐", "老师"}
IN_LATIN = re.compile(r"[（(][A-Za-zÀ-ÿ .'’-]{2,40}[）)]")  # "玛雅·塔芒女士（Maya Tamang）"
FOR_OTHERS = re.compile(r"(?<=女士|先生|博士|教授|小姐|主任|主席|部长)代表[\u4e00-\u9fff]{2,10}\Z")
LONGEST_ROLE = 40  # characters of a function that is surely nothing else
FOREIGN = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[·•・][\u4e00-\u9fff]{1,8})+\Z")


def chinese_speaker(text, follows):
    if follows:
        head = re.match(r"\s*[，,。—]{0,2}\s*", text)
        begin = head.end()
        stop = CLAUSE.search(text, begin)
        sentence = re.search(r"[。！？]", text[begin:])
        end = begin + sentence.start() if sentence else len(text)
        clause_end = stop.start() if stop else len(text)
        verb = next(iter(VERBS["zh"].finditer(text, begin, clause_end)), None)
    else:
        stripped = text.rstrip(" ：:，,")
        verbs = [one for one in VERBS["zh"].finditer(stripped) if len(stripped) - one.end() <= 1]
        verb = verbs[0] if verbs else None
        clauses = [0, *(one.end() for one in CLAUSE.finditer(stripped, 0, verb.start()))] if verb else [0]
        begin, end = clauses[-1], len(stripped)
        if verb and not stripped[begin : verb.start()].strip():
            return Who(is_pronoun=True, start=begin, end=verb.end())
    if not verb:
        return None
    found = chinese_person(text, begin, verb.start())
    return found and replace(found, end_of_clause=end)


def chinese_person(text, begin, end):
    """The speaker in `text[begin:end]`, which is all that stands before the verb: "该组织主任李娜在会上"."""
    clause = text[begin:end]
    begin += len(clause) - len(clause.lstrip())
    clause = FOR_OTHERS.sub("", IN_LATIN.sub("", TO_WHOM.sub("", clause.strip())))
    if NO_PERSON.search(clause):
        return None
    pronoun = PRONOUN["zh"].match(clause)
    if not clause or (pronoun and len(clause) - pronoun.end() < 4):
        return Who(is_pronoun=True, start=begin, end=end)
    if len(clause) > 60:
        return None
    titles = list(CHINESE_TITLE.finditer(clause))
    if len(titles) > 1 and (found := _with_suffix(clause, titles, begin, end)):
        return found
    after_title = titles[-1].end() if titles else 0
    cut = CHINESE_CIRCUMSTANCE.search(clause, after_title + (1 if titles else 2))
    if not titles and len(clause) > 4 and (found := SURNAME_AT_END.search(clause)):
        # "参与试验的农户吴桂兰"
        at = found.start()
        return Who(
            Found(clause[at:], False, begin + at, begin + len(clause)), Found(clause[:at], False, begin, begin + at),
            start=begin, end=end,
        )  # fmt: skip
    name = clause[after_title : cut.start() if cut else len(clause)].strip()
    if not name and titles and titles[-1][0] in ("先生", "女士", "教授", "博士", "医生"):
        name, after_title = clause[: titles[-1].end()], 0
        titles = []
    foreign = FOREIGN.search(name)
    if not 2 <= len(name) <= 16 or (not foreign and len(name) > 4):
        return (
            Who(Found(clause, False, begin, begin + len(clause)), start=begin, end=end)
            if 2 <= len(clause) <= 12
            else None
        )
    sure = bool((foreign and foreign.start() == 0) or (name[0] in SURNAMES and len(name) <= 3))
    if foreign:
        sure = sure and bool(titles) and len(name.split("·")[0]) <= 4
    sure = sure and (bool(titles) or len(clause) == len(name))
    start = begin + after_title
    role = clause[:after_title]
    shown = (
        Found(role, sure and len(role) <= LONGEST_ROLE and "、" not in role, begin, begin + len(role)) if role else None
    )
    return Who(Found(name, sure, start, start + len(name)), shown, start=begin, end=start + len(name))


def _with_suffix(clause, titles, begin, end):
    """Who, of "基金会研究主管玛丽亚·桑托斯博士": a function, a name, and a title that belongs to the name; or None."""
    at, last = titles[-2].end(), titles[-1]
    bare = clause[at : last.start()]
    is_foreign = "·" in bare and bool(FOREIGN.fullmatch(bare))
    if last[0] not in SUFFIXES or not (is_foreign or 2 <= len(bare) <= 4):
        return None
    sure = len(clause) == last.end() and (is_foreign or (bare[0] in SURNAMES and len(bare) <= 3))
    name, role = clause[at : last.end()], clause[:at]
    return Who(
        Found(name, sure, begin + at, begin + last.end()),
        Found(role, sure and len(role) <= LONGEST_ROLE and "、" not in role, begin, begin + at), start=begin, end=end,
    )  # fmt: skip

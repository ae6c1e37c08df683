"""Words that stand beside telephone numbers, in the languages of the interface and a few of their neighbours."""

import re


def _one_of(*words):
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_extensions = _one_of(
    *("ext", "extn", "extension", "extensión", "anexe", "добав", "توصيلة", "داخلی"),
    *("x", "poste", "interno", "int", "anexo", "ramal", "dw", "durchwahl", "nebenstelle"),
    *("доб", "добавочный", "внутр", "внутренний", "вн", "تحويلة", "داخلي", "الداخلي", "مقسم"),
)
_chinese_extensions = _one_of("转", "轉", "分机", "分機", "内线", "內線")
# "ext. 12", "x12", "#12", ",,12" (a pause) and ";ext=12" (RFC 3966).
EXTENSION = rf"(?:,{{2,}}|#|;\s*ext=|(?<![^\W\d_])(?:{_extensions})(?![^\W\d_])\.?:?|(?:{_chinese_extensions}):?)"

_or = _one_of(
    *("or", "and", "to", "ou", "et", "à", "o", "u", "y", "e", "a", "al", "oder", "und", "bis"),
    *("или", "и", "до", "по", "أو", "او", "و", "إلى", "الى"),
)
ALTERNATIVE = rf"\s*[/|;,&、،؛]\s*|(?<=\s)(?:{_or})(?=[\s:])|[或和至]"

FAX = re.compile(
    r"(?<![^\W\d_])(?:tele|téle?|télé)?(?:fax|facsimile|télécopieu?r?|telecopiadora|факс|فاكس|الفاكس)"
    r"(?![^\W\d_])|(?:^|\s)[fф][.:]?$|传真|傳真",
    re.IGNORECASE,
)
TELEPHONE = re.compile(
    r"(?<![^\W\d_])(?:tel|tél|phone|telephone|téléphone|teléfono|тел|телефон|هاتف|الهاتف)(?![^\W\d_])|电话|電話",
    re.IGNORECASE,
)

_hour = r"\d{1,2}(?:[:.h]\d{2})?"
_unit = r"(?:h(?:rs?|\d\d)?|hours?|heures?|horas?|uhr|ч|час(?:а|ов)?|ساعة|点|時|时|[ap]\.?m\.?)"
HOURS = re.compile(
    rf"(?<!\d)(?:24 ?{_unit} ?(?:/|sur) ?24|24 ?/ ?7|7 ?j?(?:ours)? ?(?:/|sur) ?7(?!\d)|24 ?{_unit}(?![^\W\d_])"
    rf"|{_hour} ?{_unit}? ?(?:-|to|à|a|bis|до|至) ?{_hour} ?{_unit}(?![^\W\d_])"
    rf"|\d{{1,2}}[:h]\d{{2}} ?(?:-|to|à|a|bis|до|至) ?\d{{1,2}}[:h]\d{{2}}(?!\d))",
    re.IGNORECASE,
)
HOURS_IN_PARENTHESES = rf"(?<![\d+]){_hour} ?- ?{_hour}(?!\d)"

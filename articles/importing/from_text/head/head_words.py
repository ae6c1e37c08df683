"""Words of lines above a headline that are neither label nor headline, and of labels that are not known as such."""

import re

# "Objet : Ouverture de la campagne": what follows is the headline.
SUBJECT = re.compile(
    r"[■●◆▪*#\s]{0,4}(?:(?:subject|re|headline|title|objet|sujet|titre|asunto|título|titular|tema|тема"
    r"|заголовок|название|الموضوع|العنوان|عنوان"
    r"|主旨|主题|标题|题目)\s{0,2}[:：]|(?:subject|objet|asunto)\s[–—-]\s)\s{0,3}(?=\S)",
    re.IGNORECASE,
)
# A remark or an addressee: "Check against delivery", "To the media", "Page 1 of 2".
REMARK = re.compile(
    r"[(\[*]?(?:check against delivery|as (?:delivered|prepared)(?: for delivery)?"
    r"|seul le (?:texte )?prononcé fait foi"
    r"|cotejar con .{0,30}|sólo es válid[oa] .{0,40}|проверить по .{0,30}|以(?:现场)?(?:实际)?(?:讲话|演讲|发言)为准"
    r"|to (?:all |the )?(?:media|editors|journalists|news ?desks?).{0,30}|attention:? .{0,40}"
    r"|aux (?:représentants|rédactions|médias|journalistes).{0,40}|à l[’']attention de.{0,40}"
    r"|a (?:los|todos los) medios.{0,40}|a la atención de.{0,40}|в редакци[июя].{0,40}|вниманию .{0,40}"
    r"|إلى (?:السادة|وسائل|محرري).{0,40}|致(?:各|全体)?媒体.{0,12}"
    r"|(?:page|página|pág\.|стр(?:аница|\.)|صفحة|第)\s?\d{1,3}(?:\s?(?:/|of|sur|de|из|من|页)\s?\d{0,3}页?)?)[)\]*.]?",
    re.IGNORECASE,
)
# "Issued by: Department of Farming": a form above the headline. Dates have rules of their own.
FORM = re.compile(
    r"(?:issued by|released by|source|author|by|category|section|filed under|department|émis par|publié par|auteur"
    r"|rubrique|service|emitid[oa] por|fuente|autora?|categoría|sección|источник|автор|рубрика|раздел"
    r"|категория|подразделение"
    r"|المصدر|الكاتب|التصنيف|القسم|الجهة|发布(?:单位|机构|人|部门)|来源|作者|供稿|编辑|责任编辑|分类|栏目|类别|单位|字号"
    r"|文号)\s?[:：]\s?\S.{0,60}",
    re.IGNORECASE,
)
# "WHAT:", "Quand ?", "• متى؟": details of an event.
DETAIL = re.compile(
    r"(?:what|who|when|where|why|how|visuals|rsvp|date|time|venue|place|location|speakers|agenda|programme"
    r"|quoi|qui|avec qui|quand"
    r"|où|pourquoi|comment|lieu|heure|intervenants|qué|quién(?:es)?|cuándo|dónde|por qué|cómo|fecha|hora"
    r"|lugar|participan|programa"
    r"|что|кто|когда|дата|даты|где|зачем|почему|время|место|участники|программа"
    r"|ماذا|من|متى|أين|لماذا|كيف|الزمان|المكان|التاريخ|الوقت|المشاركون|时\s?间|地\s?点|主\s?题|内\s?容|嘉\s?宾|出席嘉宾"
    r"|议\s?程)\s?[:：?？؟]",
    re.IGNORECASE,
)

# Words of labels: of the press, and of what kind it is. A line with one of each may be a label.
PRESS = re.compile(
    r"(?<!\w)(?:press|media|news|presse|médias?|prensa|medios|пресс\w{0,2}|прессы|сми|журналистов|صحف\w{1,4}"
    r"|إعلام\w{0,4}"
    r"|للصحافة|للإعلام)(?!\w)|新闻|媒体|采访|记者",
    re.IGNORECASE,
)
KINDS_OF_LABELS = {
    "media-advisory": r"invit\w*|advisor\w*|alerte?s?|avis|call|convocatorias?|aviso|alerta|приглаш\w*"
    r"|анонс\w*|аккредит\w*|"
    r"دعوة|تنويه|تنبيه|邀请函?|通告",
    "statement": r"statements?|déclarations?|declaraci[oó]n(?:es)?|заявлени[ея]|تصريحا?ت?|声明",
    "press-release": r"releases?|communiqués?|comunicados?|notas?|notes?|gacetillas?|bolet[ií]n|bulletins?"
    r"|parte|релизы?|"
    r"сообщени[ея]|бюллетень|بيانا?ت?|بلاغ|نشرة|稿|公报|通报",
}
_kinds = {
    kind: re.compile(rf"(?<!\w)(?:{words})(?!\w)|(?<=[\u4e00-\u9fff])(?:{words})\Z", re.IGNORECASE)
    for kind, words in KINDS_OF_LABELS.items()
}
MOST_WORDS, LONGEST, LONGEST_HAN = 5, 50, 12  # words and characters of such a label
HAN = re.compile(r"[\u4e00-\u9fff]")


def likely_label(text):
    """The kind of article that a short line names which may be a label, or ""."""
    words = text.strip(" *#=~_[]()【】「」:：.-–—")
    longest = LONGEST_HAN if HAN.search(words) else LONGEST
    if len(words.split()) > MOST_WORDS or len(words) > longest or not PRESS.search(words):
        return ""
    return next((kind for kind, rule in _kinds.items() if rule.search(words)), "")

"""What is around a release and no part of it: lines of web pages and mailings, headers of e-mails, greetings."""

import re

from ...translating.dates import dates
from .head.datelines import DATE_LABEL
from .head.head_lines import is_prose

LONGEST, LONGEST_NOTE = 160, 400  # characters of a line of a page; of a note below an e-mail
LONGEST_GREETING, GREETING_END = 60, (",", ":", "،", "，", "：", "!", "！")
FEWEST_LINKS, LONGEST_LINK = 3, 30  # items of a menu; characters of one
FIRST_LINES = 30  # in which an e-mail has its header
MOST_BEFORE = 12  # lines between the header of an e-mail and the release
PIECES = re.compile(r"\s*(?:[|•·/>»›→]|\s[–—-]\s)\s*")

# A piece of a line that is a link of a page. All pieces of a line must be, or its first one must be "Home".
LINK = re.compile(
    r"(?:follow us|share|print|e-?mail this|send to a friend|forward to a friend|back to \w+|back"
    r"|skip to .{3,20}|menu"
    r"|search|log ?in|sign ?in|tweet|facebook|x|twitter|instagram|linkedin|youtube|whatsapp|telegram|unsubscribe"
    r"|copy link|read more|subscribe|(?:previous|next)(?: article| post| story| page)?|article (?:précédent|suivant)"
    r"|(?:noticia )?(?:anterior|siguiente)|(?:предыдущая|следующая)(?: новость| запись)?|(?:الخبر )?(?:السابق|التالي)"
    r"|[上下]一[篇条则页]"
    r"|suivez-nous|partager|imprimer|envoyer à un ami|retour.{0,20}|aller au .{3,20}|rechercher|se connecter"
    r"|se désinscrire|se désabonner|désinscription|s’abonner|lire la suite"
    r"|síguenos|síganos|compartir|imprimir|enviar a un amigo|volver.{0,20}|ir al .{3,20}|buscar|darse de baja"
    r"|cancelar suscripción|leer más"
    r"|поделиться|распечатать|печать|версия для печати|назад|наверх|поиск|войти|отписаться|подписаться|читать далее"
    r"|скопировать ссылку|вконтакте|телеграм|одноклассники"
    r"|شارك|مشاركة|شاركها|طباعة|تابعونا|تابعنا|بحث|عودة|رجوع|إلغاء الاشتراك|اقرأ المزيد|فيسبوك|تويتر"
    r"|分享|分享到|打印|关注我们|返回顶部|返回|搜索|登录|退订|取消订阅|微信|微博|关闭)(?: on .{1,20}|\s?[:：].{0,60})?",
    re.IGNORECASE,
)
HOME = re.compile(
    r"(?:home|home ?page|you are here:?.{0,12}|accueil|vous êtes ici\s?:?.{0,12}|inicio|portada"
    r"|está en:?.{0,12}|главная"
    r"|главная страница|الرئيسية|الصفحة الرئيسية|首页|当前位置[:：]?\s?.{0,4}|您的位置[:：]?\s?.{0,4})",
    re.IGNORECASE,
)
# With which a line of a page, a mailing or an e-mail begins or that it holds, and that no release has.
NOTICE = re.compile(
    r"(?:view|read|open|see) (?:this|it|the) .{0,24}(?:browser|online)|view (?:online|in (?:your )?browser)|web version"
    r"|(?:trouble|problems) (?:viewing|reading)|you(?: are|[’']re| have)? (?:receiv(?:e|ing|ed)|getting) this"
    r"|unsubscribe|opt[- ]out|(?:update|manage|change) (?:your )?(?:\w+ )?preferences|all rights reserved"
    r"|privacy policy"
    r"|cookie policy|this (?:e-?mail|message)\b.{0,40}(?:intended|confidential|sent)|(?:before printing"
    r"|before you print)"
    r"|sent from my |page views|views:"
    r"|voir .{0,30}(?:en ligne|navigateur)|version (?:en ligne|web|imprimable)|(?:ne s[’']affiche|ne parvenez) pas"
    r"|vous recevez (?:ce|cet)|(?:désabonner|désinscrire|désabonnement|désinscription)(?!\w)|tous droits réservés"
    r"|mentions légales|politique de confidentialité|avant d[’']imprimer|envoyé de mon |ce (?:message"
    r"|courriel) .{0,30}"
    r"(?:confidentiel|destiné)|nombre de vues"
    r"|ver .{0,30}(?:navegador|en línea)|versión (?:web|en línea|imprimible)|no (?:ve|puede ver"
    r"|se muestra) correctamente"
    r"|(?:recibe|recibes|está recibiendo) este|(?:darse|darte) de baja|cancelar .{0,12}suscripción"
    r"|todos los derechos reservados|aviso legal|política de privacidad|antes de imprimir|enviado desde mi "
    r"|este (?:mensaje|correo) .{0,40}(?:confidencial|dirigido)|visitas:"
    r"|(?:открыть|посмотреть|просмотреть|читать) .{0,20}браузере|вы (?:получили|получаете) это|отписаться"
    r"|отказаться от рассылки|все права защищены|политика конфиденциальности|просмотров:|количество просмотров"
    r"|отправлено с (?:моего )?|это (?:письмо|сообщение) .{0,40}(?:предназначен|конфиденциал)"
    r"|عرض .{0,20}المتصفح|إلغاء الاشتراك|تصلك(?:م)? هذه|جميع الحقوق محفوظة|سياسة الخصوصية|(?:عدد )?المشاهدات"
    r"|在浏览器中|无法正常(?:显示|查看)|您收到(?:此|这)|退订|取消订阅|版权所有|隐私政策|(?:浏览|阅读|点击)(?:次数|量)"
    r"|责任编辑[:：]",
    re.IGNORECASE,
)
DATE_IN_FRONT = re.compile(r"\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d\d-\d\d")
COPYRIGHT = re.compile(r"(?:copyright\s*)?(?:©|\(c\))\s?(?:19|20)\d\d", re.IGNORECASE)
# "Instagram: @riverfund", "@riverfund #OpenWells": names in social networks.
HANDLES = re.compile(
    r"(?:[^\W\d_][^@#:：]{0,30}[:：]\s?)?(?:[@#][\w.]{2,50}[\s,;·|/]*(?:(?:x|twitter|instagram"
    r"|facebook)\s?[:：]?\s?)?){1,8}",
    re.IGNORECASE,
)

_field = (
    r"from|sent|to|cc|bcc|subject|date|reply-to|de|envoyé|à|objet|date d[’']envoi|répondre à|para|enviado|enviado el"
    r"|fecha|asunto|от|от кого|кому|копия|отправлено|дата|тема|من|إلى|تاريخ|التاريخ|الموضوع|أرسل|أُرسلت|发件人"
    r"|收件人|抄送|发送时间|发送日期"
    r"|日期|时间|主题"
)
FIELD = re.compile(rf"(?P<name>{_field})\s?[:：]\s?(?P<value>\S.*|\Z)", re.IGNORECASE)
FORWARDED = re.compile(
    r"[-_–—=*>\s]{2,30}(?:(?:original|forwarded|begin forwarded) message|message (?:original|d[’']origine|transféré)"
    r"|mensaje (?:original|reenviado)|исходное сообщение|пересыла\w+ сообщение|الرسالة الأصلية|رسالة معاد توجيهها"
    r"|原始邮件|转发的邮件|转发邮件)?[-_–—=*:：\s]{0,30}\Z|begin forwarded message:\Z",
    re.IGNORECASE,
)
SENT = {"sent", "date", "envoyé", "date d'envoi", "enviado", "enviado el", "fecha", "отправлено", "дата", "تاريخ",
        "التاريخ", "أرسل", "أُرسلت", "发送时间", "发送日期", "日期", "时间"}  # fmt: skip
GREETING = re.compile(
    r"(?:dear|hello|hi|good (?:morning|afternoon|day)|greetings|bonjour|bonsoir|chère?s|cher|madame|mesdames"
    r"|estimad[oa]s?|queridos|hola|buen(?:os)? d[ií]as?|buenas tardes|apreciad[oa]s"
    r"|добрый (?:день|вечер)|доброе утро|здравствуйте|уважаем\w+|коллеги"
    r"|تحية|السلام عليكم|السادة|الزملاء|الأعزاء|各位|尊敬的|您好|亲爱的|敬启者)(?!\w)"
    r"|^.{0,8}(?:老师|朋友)们?[好：:！!]",
    re.IGNORECASE,
)
REQUEST = re.compile(
    r"please find|find (?:below|attached)|(?:below|attached) (?:is|please)|happy to"
    r"|merci de (?:bien vouloir )?(?:diffuser|publier)"
    r"|veuillez trouver|vous trouverez|ci-(?:dessous|joint)|nous vous (?:adressons|transmettons|prions)"
    r"|(?:les|le) (?:compartimos|enviamos|remitimos|adjuntamos|hacemos llegar)|adjunt[oa]|solicitamos su difusión"
    r"|направля(?:ем|ю)|будем (?:при|благо)\w+|просим (?:вас )?(?:опубликовать|разместить)|во вложении|высыла(?:ем|ю)"
    r"|نرجو (?:من|نشر|التكرم)|يرجى (?:النشر|نشر)|مرفق|نرسل|أدناه|通稿发给|现将|请查收|见附件|欢迎刊用|敬请刊发",
    re.IGNORECASE,
)
PAGE = re.compile(
    r"(?P<rest>.{0,140}?)\s*(?:page|página|pág\.|стр(?:аница|\.)|صفحة|第)\s?\d{1,3}"
    r"(?:\s?(?:/|of|sur|de|из|من|页)\s?(?:共\s?)?\d{0,3}\s?页?)?",
    re.IGNORECASE,
)
# The words above a signature.
CLOSING = re.compile(
    r"(?:best|best regards|kind regards|regards|yours (?:sincerely|faithfully)|sincerely|many thanks|thanks|thank you"
    r"|cordialement|bien à vous|bien cordialement|salutations.{0,30}|avec nos .{0,40}|sincères salutations"
    r"|atentamente|un saludo|saludos|saludos cordiales|cordialmente|muchas gracias|gracias|un abrazo"
    r"|с уважением|с наилучшими пожеланиями|спасибо|مع التقدير|مع (?:خالص )?(?:التحية|الشكر|الاحترام).{0,20}"
    r"|وتفضلوا .{0,40}"
    r"|此致|敬礼|祝好|顺颂商祺|谢谢)[\s,،.!¡！，。]*",
    re.IGNORECASE,
)


def is_aside(text):
    """Whether a line belongs to the page, the mailing or the e-mail around a release."""
    stripped = text.strip(" ¡!")
    if DATE_LABEL.match(stripped) or DATE_IN_FRONT.match(stripped):
        return False  # "Published: 3 May 2024 | Views: 120"
    if len(stripped) <= LONGEST_NOTE and (found := NOTICE.search(stripped)):
        return len(stripped) <= LONGEST or not found.start()
    if not stripped or len(stripped) > LONGEST:
        return False
    if HANDLES.fullmatch(stripped) or COPYRIGHT.match(stripped):
        return True
    pieces = [piece for piece in PIECES.split(stripped) if piece]
    if not pieces:
        return False
    if LINK.fullmatch(stripped) or (len(pieces) > 1 and HOME.fullmatch(pieces[0])):
        return True
    return all(LINK.fullmatch(piece) or HOME.fullmatch(piece) for piece in pieces)


def is_greeting(text):
    """Whether a line above the text only greets those who get it: "Dear all,"."""
    return len(text) <= LONGEST_GREETING and text.endswith(GREETING_END) and bool(GREETING.match(text))


def is_notice(text):
    """Whether a line is of the end of a mailing: who gets it, how to unsubscribe, whose copyright it is."""
    return len(text) <= LONGEST_NOTE and bool(NOTICE.search(text) or COPYRIGHT.match(text))


def is_closing(text):
    """Whether a line ends a letter: "Kind regards,"."""
    return bool(CLOSING.fullmatch(text.strip(" ¡")))


def running_heads(lines):
    """The numbers of the lines that a page of a PDF file has above or below its text, but for the first of a kind."""
    found, seen, again = set(), set(), False
    for number, line in enumerate(lines):
        page = PAGE.fullmatch(line.text) if len(line.text) <= LONGEST else None
        rest = page["rest"].strip() if page else ""
        if page and (not any(map(str.isalpha, rest)) or any(map(str.isdigit, rest)) or rest in seen):
            found.add(number)
            if again:  # the line above has stood in the text before
                found.add(number - 1)
        again = line.text in seen
        seen |= {line.text, rest}
    return found


def menus(lines):
    """The numbers of the lines of lists of links above the text: several items of HTML, all of a few words."""
    groups = {}
    for number, line in enumerate(lines):
        if line.is_item:
            groups.setdefault(line.group, []).append(number)
        elif len(line.text) > LONGEST:
            break
    return {
        number
        for numbers in groups.values()
        for number in numbers
        if len(numbers) >= FEWEST_LINKS and all(len(lines[one].text) <= LONGEST_LINK for one in numbers)
    }


class Letter:
    """The e-mail around a release: `numbers` of its lines above the release, the `day` of its header, and its `place`.

    `is_head(text)` says whether a line is a label that announces a release, or a place and a date.
    """

    def __init__(self, lines, language, is_head):
        self.lines, self.language = lines, language
        self.day = self.place = None
        self.numbers, self.has_header = set(), False
        self._read_header()
        self._read_greeting(is_head)

    def _read_header(self):
        fields = []
        for number, line in enumerate(self.lines[:FIRST_LINES]):
            if FORWARDED.fullmatch(line.text) and any(map(str.isalpha, line.text)):
                self.numbers.add(number)
            elif field := FIELD.match(line.text):
                fields.append((number, field))
        names = {field["name"].lower() for _number, field in fields}
        if len(names) < 3 or not any("@" in field["value"] for _number, field in fields):  # of a list of details
            self.numbers = self.numbers if self.numbers and len(names) > 1 else set()
            fields = fields if self.numbers else []
        for number, field in fields:
            self.numbers.add(number)
            if field["name"].lower().replace("’", "'") in SENT and self.day is None:
                self.day = next((day for day in dates(field["value"], self.language) if day.year and day.day), None)
                self.place = self.lines[number].start, self.lines[number].end
        self.has_header = bool(fields)

    def _read_greeting(self, is_head):
        """What stands between the header and the release: up to its head, or a greeting with a request."""
        first = max(self.numbers, default=-1) + 1
        lines = self.lines[first : first + MOST_BEFORE]
        greeted = any(GREETING.match(line.text) for line in lines[:2])
        if not greeted and not self.has_header:
            return
        last = next((at for at, line in enumerate(lines) if is_head(line.text)), None)
        if last is None:
            is_text = (is_prose(line.text) and not self._is_letter(line.text) for line in lines)
            lines = lines[: next((at for at, found in enumerate(is_text) if found), len(lines))]
            last = next((at + 1 for at in range(len(lines) - 1, -1, -1) if self._is_letter(lines[at].text)), 0)
        self.numbers |= set(range(first, first + last))

    def _is_letter(self, text):
        is_rule = bool(FORWARDED.fullmatch(text))
        return is_rule or bool(GREETING.match(text)) or bool(REQUEST.search(text)) or is_closing(text)

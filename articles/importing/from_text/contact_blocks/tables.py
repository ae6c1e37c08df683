"""Tables of contacts that name their columns: "Name | Organisation | Telephone | E-mail"."""

import re

CELL = re.compile(r"\s*\|\s*|\s*\t+\s*| {3,}")
FEWEST = 3  # columns
_HEADS = {
    "name": r"(?:full )?name|contact(?: person)?|nom|nom et prénom|nombre|nombre y apellidos?|имя"
    r"|ф\.?\s?и\.?\s?о\.?|الاسم|اسم|姓名|联系人",
    "role": r"title|role|position|function|fonction|titre|poste|cargo|puesto|должность|المنصب|الصفة|الوظيفة|职务|职位",
    "office": r"organi[sz]ation|office|unit|department|agency|institution|organisme|bureau|service"
    r"|organización|oficina"
    r"|institución|entidad|организация|офис|отдел|الجهة|المنظمة|المؤسسة|المكتب|机构|单位|部门",
    "data": r"(?:tele)?phones?|tel\.?|mobile|cell|e-?mail(?: address)?|téléphone|tél\.?|courriel|mél|portable"
    r"|teléfono|correo"
    r"(?: electrónico)?|móvil|celular|whatsapp|телефон|тел\.?|моб\.?|эл\.? ?почта|почта|الهاتف|هاتف|الجوال"
    r"|(?:ال)?بريد(?: ال[إا]لكتروني)?|电话|手机|邮箱|电邮|电子邮件",
    "other": r"languages?|city|country|langues?|ville|pays|idiomas?|ciudad|país|языки?|город|страна"
    r"|اللغ[ةا]ت?|المدينة|البلد|语言"
    r"|城市|国家",
}
HEADS = {part: re.compile(words, re.IGNORECASE) for part, words in _HEADS.items()}


def columns_of(text):
    """[part of a contact] if a line is the head of a table of contacts, else None."""
    parts = [_part_of(cell) for cell in cells_of(text)]
    return parts if len(parts) >= FEWEST and "name" in parts and all(parts) else None


def cells_of(text):
    return [cell.strip() for cell in CELL.split(text.strip(" |\t"))]


def is_head(text):
    """Whether a text says what stands beside it, such as "Name"."""
    return any(HEADS[part].fullmatch(text) for part in ("name", "role", "data"))


def _part_of(cell):
    return next((part for part, rule in HEADS.items() if rule.fullmatch(cell)), "")

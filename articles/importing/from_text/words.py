"""The words by which press releases in six languages name their parts: labels, contact blocks, notes, ends."""

import re

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")

# Labels above a headline, in small letters, by kind of article (`articles.kinds`).
_LABELS = {
    "news": "news|news alert"
    "|news item|news in brief|news update|news story|actualité|actualités|nouvelles|noticia"
    "|noticias"
    "|actualidad|خبر|خبر صحفي|أخبار"
    "|الأخبار|новость|новости|新闻|消息|快讯|动态|新闻动态|要闻",
    "press-release": "press release|релиз|بلاغ إعلامي|بلاغ إخباري|для немедленного распространения"
    "|press note|press notice|bulletin|note de presse|note aux correspondants|boletín|boletín informativo"
    "|comunicado oficial|بيان إعلامي|بلاغ|сообщение для прессы|информационное сообщение|официальное сообщение|新闻通稿"
    "|media release|news release|for immediate release|press releases"
    "|communiqué de presse|communiqué|pour diffusion immédiate|comunicado de prensa|comunicado|nota de prensa"
    "|press information|press communiqué|news bulletin|information presse|information à la presse|gacetilla de prensa"
    "|gacetilla|parte de prensa|información de prensa|información para la prensa|нота прессе|информация для прессы"
    "|информация для сми|пресс-бюллетень|пресс-сообщение|نشرة صحفية|بيان للصحافة|通稿|媒体通稿|媒体新闻稿|媒体稿"
    "|boletín de prensa|para publicación inmediata|para difusión inmediata|بيان صحفي|بيان صحافي|بلاغ صحفي"
    "|للنشر الفوري"
    "|пресс-релиз|пресс релиз|для немедленной публикации|新闻稿|新闻公报|新聞稿|即时发布|立即发布",
    "statement": "statement"
    "|تصريح صحفي|تصريح صحافي|تصريح إعلامي|заявление для прессы|заявление для сми|declaración pública"
    "|媒体声明|公开声明|press statement|media statement|joint statement|déclaration"
    "|déclaration commune"
    "|declaración"
    "|declaración conjunta|بيان|بيان مشترك|تصريح|заявление|совместное заявление|声明|联合声明",
    "briefing-note": "briefing note|press briefing|briefing notes|press briefing note|note d’information"
    "|note de briefing|situation update|situation report|flash update|point de situation|rapport de situation"
    "|informe de situación|reporte de situación|сводка|ситуационный отчёт|تقرير الحالة|تحديث الوضع"
    "|情况通报|情况报告|通报"
    "|point de presse|nota informativa|نشرة إحاطة|إحاطة صحفية|إحاطة|брифинг|справка|информационная записка"
    "|情况简报|简报",
    "speech": "speech|address|remarks|discours|allocution|discurso|خطاب|كلمة|речь|выступление|讲话|致辞|演讲",
    "feature": "feature"
    "|historia|historias|histoire|histoires|история|истории|feature story|story|reportage|dossier"
    "|reportaje|crónica|قصة|تقرير إخباري|репортаж|очерк"
    "|特写|新闻特写|专题|专题报道|故事",
    "media-advisory": "media advisory|press advisory|media alert|media invitation|invitation to the media"
    "|avis aux médias"
    "|media invite|press invitation|press call|media call|photo call|photocall|photo opportunity|save the date"
    "|news advisory|press conference|conférence de presse|invitation à une conférence de presse"
    "|invitation à la conférence de presse|rueda de prensa|conferencia de prensa|invitación a la prensa"
    "|invitación de prensa|invitación a rueda de prensa|приглашение для журналистов|приглашение на пресс-конференцию"
    "|пресс-конференция|аккредитация|دعوة صحفية|دعوة للصحافة|دعوة لوسائل الإعلام|دعوة لتغطية صحفية"
    "|دعوة لتغطية إعلامية"
    "|دعوة لحضور مؤتمر صحفي|مؤتمر صحفي|媒体邀请函|采访邀请函|邀请函|记者会通知|媒体通知|新闻发布会"
    "|invitation presse|invitation aux médias|note aux médias|aviso a los medios"
    "|aviso a medios|aviso de prensa"
    "|aviso a la prensa|convocatoria|convocatoria a medios"
    "|alerte presse|alerte média|alerte médias"
    "|invitation à la presse|تنبيه إعلامي"
    "|пресс-анонс|采访通知|convocatoria de prensa"
    "|invitación a los medios"
    "|دعوة إعلامية|تنويه إعلامي|دعوة للإعلام|дайджест для сми|анонс|анонс для сми|приглашение для сми|媒体通告"
    "|媒体邀请|采访邀请",
}  # fmt: skip
LABELS = {label: kind for kind, labels in _LABELS.items() for label in labels.split("|")}
AT_ONCE = set(
    "for immediate release|pour diffusion immédiate|para publicación inmediata|para difusión inmediata|للنشر الفوري"
    "|для немедленной публикации|для немедленного распространения|即时发布|立即发布".split("|")
)  # such a label says when, not what kind: prefer another label on the line

# A line that begins the contact block. What follows it in the line may be the first contact already.
CONTACT = re.compile(
    r"(?P<intro>(?:(?:for )?(?:more|further|additional|any further) (?:information|details)|for (?:media"
    r"|press) (?:enquiries|inquiries"
    r"|queries|requests|interviews)|for (?:enquiries|inquiries|interviews)|(?:media|press|news)[- ](?:contacts?"
    r"|enquiries|inquiries"
    r"|queries|office contacts?)|contacts? for (?:the )?(?:media|press|journalists|editors)"
    r"|to arrange (?:an )?interviews?"
    r"|pour (?:(?:de )?plus(?: amples)?|davantage) (?:d[’' ]?)?(?:informations?|infos|renseignements|de détails)"
    r"|pour (?:tou(?:te|t|s"
    r"|tes)) (?:informations?|questions?"
    r"|renseignements?|demandes?)(?: complémentaires?| supplémentaires?| de presse| d[’']interview)*"
    r"|(?:renseignements|informations)"
    r"|contacts? (?:presse|médias?|pour la presse)|relations (?:presse|avec les médias)|pour en savoir plus"
    r"|(?:para (?:más|mayor|mayores|obtener más|cualquier) (?:información|informaciones|detalles|consulta)"
    r"|contactos? (?:de|para)"
    r" (?:la )?(?:prensa|medios|los medios|comunicación)|más información|atención a (?:los )?medios|para entrevistas"
    r"|consultas de (?:la )?prensa)"
    r"|(?:за|для)(?: получения)? (?:дополнительной|более подробной|подробной|дополнительных|подробностей|дальнейшей)"
    r"(?: [а-яё]{1,14}){0,2}? ?(?:информаци(?:ей|и)|сведений|сведениями|(?<=подробностей))|(?:дополнительная информация"
    r"|контакты?"
    r"|контактное лицо|контактные лица|контактная информация)"
    r"(?: для (?:сми|прессы|журналистов))?|для (?:сми|прессы|журналистов)|по вопросам сми"
    r"|справки(?: по (?:телефону|тел\.?|адресу))?"
    r"|(?:لمزيد|للمزيد|لمزيدٍ) من (?:المعلومات|التفاصيل)|للحصول على (?:مزيد من )?(?:المعلومات|التفاصيل)"
    r"|لمزيد من التفاصيل|للاستفسار(?:ات)?(?: ال\S{2,12})?"
    r"|للتواصل(?: الإعلامي)?|للاتصال|جهات? الاتصال(?: (?:الإعلامية|الإعلامي|للإعلام|الصحفية|الصحفي))?"
    r"|الاتصال الإعلامي"
    r"|للصحفيين|للصحافة"
    r"|(?:欲|如欲|如需|若需|想|要)?(?:了解|获取|查询|垂询)?(?:更多|详细|进一步)(?:的)?(?:信息|资料|详情|资讯"
    r"|消息)|(?:如需|欲|如欲|若需)?采访|(?:媒体|传媒|新闻界)(?:联系人?|联络人?|垂询|查询|咨询)"
    r"|新闻(?:联系人?|联络人?)|联系(?:人|方式)|联络人)|(?:persona|personas|datos) de contacto|personnes? à contacter"
    r"|para (?:solicitudes|peticiones|entrevistas)(?: de| con la)? (?:prensa|medios|entrevista)"
    r"|(?:press|media|investor|research|scientific|general|public|technical|policy)(?: (?:and|&) \w{3,12})? contacts?"
    r"|contacts? (?:cherche\w{2,4}|scientifiques?|techniques?|institutionnels?|científic[oa]s?|institucional)"
    r"|(?:prensa|presse|press|media|médias|пресса|媒体)(?=\s?[:：])"
    r"|контакты? \w{3,20}|contactos?|(?:your|votre|vos|su|sus|ваш|ваши) (?:contacts?|contactos?|контакты?)"
    r"|(?:дополнительные )?вопросы|за комментариями|запросы (?:сми|прессы|журналистов)|demandes? (?:de )?presse"
    r"|(?:press|media) requests"
    r"|contacts?)(?![a-zà-ÿа-яё\u0621-\u064a])",
    re.IGNORECASE,
)
# The rest of such a sentence, up to the first contact.
CONTACT_REST = re.compile(
    r"[\s,:،，：.–—-]{0,9}(?:(?:please|kindly|you (?:can|may)|merci de|veuillez|prière de|s[’']adresser|adressez-vous"
    r"|vous pouvez"
    r"|por favor|puede|póngase en|pueden|favor de|المرجو|просьба|пожалуйста|просим|вы можете|можно|يرجى|نرجو|يُرجى"
    r"|الرجاء"
    r"|请|可|敬请)"
    r"[\s,:،]{0,3})?(?:(?:visit|زيارة) \S{3,200}\s{0,3}(?:(?:or|أو)\s{0,3})?)?"
    r"(?:(?:please )?(?:contact(?![a-zà-ÿ])|call(?![a-zà-ÿ])|write to"
    r"|get in touch with|reach)"
    r"|contacter|contactez|joindre|écrire à|appeler|contactar(?: con| a)?|contacte(?: con)?|comunicarse con"
    r"|escriba(?:nos)? a|escribir a|llame al?|écrivez à|пишите(?: на)?"
    r"|póngase en contacto con"
    r"|contacto con|dirigirse a|diríjase a|обращайтесь(?: к| в| по)?|обращаться(?: к| в| по)?|связаться с"
    r"|свяжитесь с|(?:ال)?اتصال ?(?:ب|على)?"
    r"|التواصل مع|مراسلة|الاتصال ب|(?:发送?(?:电子)?邮件|致信|写信)(?:至|到|给)?|联系|联络|致电|垂询"
    r"|à)?(?:\s{0,2}(?:us|at|on|with|nous"
    r"|avec|con|مع)(?=[\s:]))?[\s:：،,]{0,9}",
    re.IGNORECASE,
)

NOTES = re.compile(
    r"(?:notes? (?:to|for) (?:the )?editors?|notes? to journalists|editors?[’'] notes?|background(?: information"
    r"| note)?"
    r"|notes? aux? (?:rédact(?:ions|eurs)|journalistes)|à l[’']attention des rédactions|contexte"
    r"|informations? de fond"
    r"|notas? (?:a|para) (?:los )?(?:editores|redactores|periodistas|la redacción)|antecedentes"
    r"|ملاحظ(?:ة|ات) (?:لل?محررين|للمحرر|إلى المحررين)|معلومات أساسية|خلفية"
    r"|примечани[ея] для (?:редакторов|редакций|редакции)|к сведению редакци[ий]|справочная информация|编者(?:注|按)"
    r"|编辑(?:注意|备注)|背景(?:资料|信息)?|致编辑)"
    r"\s{0,3}[:：]?\s{0,3}",
    re.IGNORECASE,
)
ABOUT = re.compile(
    r"(?:about (?:the )?\S|à propos (?:de|du|des|d[’'])|qui sommes-nous|acerca del? \S|sobre (?:la |el |los "
    r"|las )?[A-ZÁÉÍÓÚÑ]"
    r"|quiénes somos|о(?:б|бо)? (?:нас|[А-ЯЁ]\S{0,40}[А-ЯЁа-яё])|(?:نبذة )?(?:عن|حول) (?:ال)?\S|关于\S|關於\S)",
    re.IGNORECASE,
)
ABOUT_LENGTH = 90  # characters of such a heading at most
ENDS = re.compile(
    r"[-–—*#•~=_\s]{0,12}(?:ends?|fin|fin du communiqué|конец|انتهى|النهاية|完|结束|全文完"
    r"|30)?[-–—*#•~=_\s.（）()【】]{0,12}\Z",
    re.IGNORECASE,
)
EMBARGO = re.compile(
    r"(?<!\w)(?:(?:strictly )?embargo(?:ed)?|not for (?:publication|release|broadcast)|sous embargo|bajo embargo"
    r"|embargado|эмбарго|не (?:для публикации|публиковать)|hold for release|ne pas (?:publier|diffuser)"
    r"|no (?:publicar|difundir) (?:antes|hasta)|لا (?:يُ?نشر|للنشر) (?:قبل|إلا)|ممنوع النشر|للنشر بعد"
    r"|حظر النشر|محظور النشر|لا ينشر قبل)|禁止发布|禁发|解禁|请勿.{0,14}前(?:发布|刊发|报道)",
    re.IGNORECASE,
)
REFERENCE = re.compile(
    r"(?:(?:our |your )?ref(?:erence|érence|erencia|\.)?(?: no\.?)?|n/?réf\.?|no\.?|n\.?[º°]|№|исх\.?(?: №)?|рег\. №"
    r"|(?:الرقم )?المرجعي?"
    r"|الرقم|رقم|(?:编|文)?号|编号|文号|第)"
    r"\s{0,2}[:：]?\s{0,2}(?:№\s?)?(?=[^\s]{0,30}\d)[\w./()-]{1,30}\s{0,2}(?:号|期)?\Z",
    re.IGNORECASE,
)
# A number or a date that stands in the line of a label: "Press release No. 12/2024", "PR 2024-05".
LABEL_NUMBER = re.compile(
    r"[\s,:：|–—〔\[（(-]{0,4}(?:(?:no|n\.?[ºo°]|n[uú]m|№|رقم|第|#)?\.?\s{0,2}(?=[\w./-]{0,23}\d)[\w./-]{1,24}"
    r"\s?[号期〕\])）]{0,3}(?:\s?第\d{1,5}[号期])?)?\Z",
    re.IGNORECASE,
)

# Words that only units have in their names, and words that only functions of persons have.
UNIT = re.compile(
    r"(?<!\w)(?:office|unit|secretariat|team|desk|department|division|service|centre|center|newsroom|section|bureau"
    r"|équipe|secrétariat"
    r"|cellule|unité|département|direction de la communication|pôle|oficina|equipo|unidad|secretaría|departamento"
    r"|gabinete|servicio|centro|dirección|coordinación|área|jefatura|subdirección|gerencia|direction|directorate"
    r"|sala de prensa|отдел|служба|секретариат|пресс-служба|управление|бюро|центр|пресс-центр|департамент|редакция"
    r"|(?:ال)?مكتب|(?:ال)?وحدة"
    r"|(?:ال)?قسم|(?:ال)?أمانة|(?:ال)?فريق|(?:ال)?إدارة|(?:ال)?مركز|(?:ال)?دائرة|(?:ال)?مصلحة|(?:ال)?شعبة"
    r"|(?:ال)?مديرية)(?!\w)|[处部科组室局]\Z|(?:办公室"
    r"|秘书处|中心|团队|办事处"
    r"|新闻处|编辑部|总部)\Z",
    re.IGNORECASE,
)
# First words of names of organisations (in Chinese: last words).
ORGANISATION = re.compile(
    r"(?:the )?(?:(?:federal |national |royal )?(?:ministry|government|department|republic|university"
    r"|institute|embassy"
    r"|commission|council|agency)(?! \w+s )|united nations|office of)(?!\w)|(?:le |la |l[’'])?(?:ministère"
    r"|gouvernement|république"
    r"|université|institut|ambassade|commission|conseil|agence|fédération|nations unies|croix-rouge)(?!\w)"
    r"|(?:el |la )?(?:ministerio|gobierno|república|universidad|instituto|embajada|comisión|consejo|agencia"
    r"|secretaría"
    r"|naciones unidas|cruz roja)(?!\w)|(?:министерство|правительство|республика|университет|институт|посольство"
    r"|комиссия|совет"
    r"|агентство|федерация|организация)(?!\w)"
    r"|(?:وزارة|حكومة|جمهورية|المملكة|جامعة|معهد|سفارة|هيئة|مجلس|وكالة|منظمة"
    r"|الأمم المتحدة)"
    r"(?!\w)|[\u4e00-\u9fff]{2,20}(?:部|署|局|大学|研究院|研究所|委员会|基金会|联盟|组织|协会|红十字会|办公厅)\Z",
    re.IGNORECASE,
)
# Words of names of organisations that could be names of persons: "Salt Road Trust".
COMPANY = re.compile(
    r"(?<!\w)(?:trust|funds?|foundation|federation|council|network|association|society|agency|alliance|institute"
    r"|university|ministry|committee|organi[sz]ation|programme|program|group|union|international|bank|food|relief|aid|league|guild|coalition"
    r"|co-?operative|consortium|collective|authority|museum|library|hospital|theatre|college|club|ligue|coopérative"
    r"|collectif|coalition|musée|bibliothèque|hôpital|théâtre|liga|cooperativa|colectivo|coalición|consorcio|museo"
    r"|biblioteca|teatro|sindicato|лига|кооператив|коалиция|музей|библиотека|больница|театр|профсоюз|клуб"
    r"|fondation|fonds|fédération|conseil|réseau|association|société|agence|institut|université|ministère|comité"
    r"|organisation|programme|groupe|fundación|fondo|federación|consejo|red|asociación|sociedad|agencia|instituto"
    r"|universidad|ministerio|comité|organización|programa|grupo|unión|фонд\w{0,2}|федерация|совет|сеть|ассоциация"
    r"|общество|агентство|институт|университет|министерство|комитет|организация|программа|группа|союз)(?!\w)",
    re.IGNORECASE,
)
OFFICE = re.compile(
    r"(?<!\w)(?:office|offices|bureau|delegation|délégation|mission|headquarters|siège|oficina|delegación|sede|офис"
    r"|бюро|представительство|штаб-квартира"
    r"|отделение|(?:ال)?مكتب|(?:ال)?مقر|بعثة)(?!\w)|(?:办事处|办公室|总部|代表处)",
    re.IGNORECASE,
)
ROLE = re.compile(
    r"(?<!\w)(?:officer|spokes(?:person|man|woman)|head|director|manager|vice-?minister|vice-president|reader|fellow"
    r"|lecturer|scientist|co-author|author|curator|founder|captain|commander|ombudsman|chancellor|rector|dean"
    r"|coordinator|adviser|advisor|chief|editor"
    r"|assistant|specialist|secretary|president"
    r"|chair(?:man|woman|person)?|lead|minister|professor|researcher|associate|consultant|representative"
    r"|commissioner|envoy|ambassador|deputy|executive|mayor"
    r"|engineer|nurse|teacher|controller|governor|senator|councillor|superintendent|analyst|lawyer|economist|surgeon|treasurer|inspector|administrator|registrar"
    r"|agente?|rédact(?:eur|rice)|trésori(?:er|ère)|animat(?:eur|rice)|ingénieure?|économiste|juriste|avocate?"
    r"|abogad[oa]|delegad[oa]|economista|ingenier[oa]|bióloga?|enfermer[oa]|юрист\w*|методист\w*|боцман\w*|капитан\w*"
    r"|аналитик\w*|бухгалтер\w*|механик\w*|мастер\w*|заведующ\w+|аким\w*"
    r"|attachée?|vice-présidente?|cofondat(?:eur|rice)|fondat(?:eur|rice)|maîtresse|chercheu(?:r|se)|gouverneure?"
    r"|préfète?|commissaire|médiat(?:eur|rice)|rect(?:eur|rice)|membre|chargée? d\w{0,2}|responsable|porte-parole"
    r"|direct(?:eur|rice)|chef(?:fe)?|coordinat(?:eur|rice)"
    r"|conseill(?:er|ère)|secrétaire|présidente?"
    r"|ministre|maire|professeure?|déléguée?|représentante?|assistante|jef[ea]|titular|brigadista|viceministr[oa]"
    r"|vicepresident[ea]"
    r"|subsecretari[oa]|rectora?|decan[oa]|investigadora?|fundadora?|gobernadora?|comisari[oa]|defensora?|maestr[oa]"
    r"|portavoz|vocer[oa]|concejal[a]?|ediles?|syndic|municipale?|adjointe?|encargad[oa]|director[a]?"
    r"|coordinador[a]?|asesora?|oficial|secretari[oa]"
    r"|presidenta?e?|ministr[oa]|alcalde(?:sa)?|profesora?|gerente|representante|técnic[oa]"
    r"|пресс-секретар[ья]|руководител[ья]\w*|начальни[кц]\w*|менеджер\w*|специалист\w*|директор\w*|координатор\w*"
    r"|глав[аы]|председател\w+|заместител\w+"
    r"|представител\w+|сотрудни\w+|советни\w+|министр\w*|помощни\w+|секретар\w+|президент\w*|профессор\w*"
    r"|редактор\w*|врач\w*|эксперт\w*|куратор\w*|эколог\w*|волонт[её]р\w*|учител\w+|тренер\w*|художни\w+"
    r"|режисс[её]р\w*|основател\w+|участни\w+|автор\w*|инженер\w*"
    r"|(?:ال)?مسؤول\w*|مسؤولة|(?:ال)?متحدث\w*|(?:ال)?ناطق\w*|(?:ال)?مدير\w*|(?:ال)?رئيس\w*|(?:ال)?منسق\w*"
    r"|(?:ال)?مستشار\w*|(?:ال)?مساعد\w*"
    r"|(?:ال)?وزير\w*|أمين[ةا]? (?:ال)?(?:عام|سر)\w*|(?:ال)?ممثل\w*|(?:ال)?خبير\w*|(?:ال)?نائب\w*"
    r"|(?:ال)?موظف\w*|ضابط|مكلفة?|أخصائية?|مشرفة?|طالبة?|قبطان)(?!\w)"
    r"|(?:主任|发言人|新闻官|经理|负责人|专员|总干事|秘书长|部长|局长|主席|总裁|教授|顾问|代表|协调员|官员|研究员"
    r"|专家|处长|主管|会长|院长|市长|校长|医生|工程师)\Z",
    re.IGNORECASE,
)
# Words of these scripts say nothing by capitals, so a role is known by its first word.
AT_SIGN = r"\s?(?:@|[(\[]\s?(?:at|arobase|arroba|собака|@)\s?[)\]])\s?"
DOT = r"(?:\.|\s?[(\[]\s?(?:dot|point|punto|точка)\s?[)\]]\s?)"
EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{AT_SIGN}[\w-]{{1,63}}(?:{DOT}[\w-]{{1,63}}){{1,8}}", re.IGNORECASE)
DATA_LABEL = re.compile(
    r"(?<!\w)(?:e-?mails?|mails?|courriels?|mél|correos?(?: electrónicos?)?|correo-e|эл(?:ектронная|\.)? ?(?:почта"
    r"|адрес)|(?:ال)?بريد(?: ال[إا]لكتروني)?"
    r"|tel(?:ephone|efon|\.)?s?|tfno|tlfn?o?|ph|fono|téléphones?|tél\.?|teléfonos?|phones?|mobiles?|cell?|portables?"
    r"|móvil(?:es)?"
    r"|celular(?:es)?|whatsapp|тел(?:ефоны?|\.)?|моб(?:ильный|\.)?"
    r"|(?:ال)?هاتف|(?:ال)?جوال|(?:ال)?محمول|واتساب|fax|télécopie|факс|(?:ال)?فاكس|tw?itter|web(?:site)?"
    r"|site(?: web)?|sitio(?: web)?|сайт|(?:ال)?موقع)\s{0,2}[.:：]\s{0,2}"
    r"|(?<!\w)(?:(?:after|out of|office) hours|weekends?|switchboard|standard|centralita|conmutador|mob"
    r"|приёмная|дежурный)\s{0,2}[:：]\s{0,2}"
    r"|(?<!\w)[tfmep](?:[:：]|\.?(?=\s?[+\d(]))\s{0,2}"
    r"|(?:电子邮件|电子邮箱|电邮|邮箱|邮件|电话/微信|电话|微信|手机|传真|網址|网址|网站|座机"
    r"|联系电话)\s{0,2}[:：]?\s{0,2}"
    r"|(?<!\w)(?:e-?mail|courriel|correo|telephone|tel|téléphone|tél|teléfono|phone|mobile|móvil|тел|телефон|هاتف"
    r"|بريد إلكتروني)(?!\w)\s{0,2}",
    re.IGNORECASE,
)
FAX_LABEL = re.compile(r"(?<!\w)(?:F[.:]?\s?\Z|fax|télécopie|факс|(?:ال)?فاكس)(?!\w)|传真", re.IGNORECASE)

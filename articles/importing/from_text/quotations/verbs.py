"""The verbs, pronouns and titles by which texts in six languages say whose words they quote."""

import re

_VERBS = {
    "en": "said|says|added|adds|noted|notes|stated|states|explained|explains|told|warned|warns|commented|comments"
    "|continued|concluded"
    "|stressed|stresses|recalled|remarked|declared|observed|emphasi[sz]ed|insisted|pointed out|according to|argued"
    "|announced|cautioned|cautions|urged|urges|reported|reports|admitted|admits|agreed|agrees|replied"
    "|confirmed|confirms|reflected|reflects|wrote|writes|shared|asked|asks|recounted|recounts|testified|pleaded"
    "|welcomed|acknowledged|reminded|reiterated|underlined|underscored|highlighted|appealed|summed up|claimed|claims"
    "|tells|says|hopes|hoped|believes|believed|promised|promises|laughed|laughs|recalls|argues|joked|jokes|quipped"
    "|lamented|laments|grumbles|grumbled|sighs|sighed|enthuses|enthused|remarks|observes|sums up|confides|confided"
    "|responded|responds|predicted|predicts|vowed|wondered|puts it|put it|complained|insists|muses|mused",
    "fr": "fait (?:valoir|remarquer|observer|savoir)"
    "|a[- ]t[- ]elle (?:déclaré|ajouté|expliqué|indiqué|souligné|précisé|conclu|poursuivi|affirmé|rappelé|dit"
    "|estimé)"
    "|a[- ]t[- ]il (?:déclaré|ajouté|expliqué|indiqué|souligné|précisé|conclu|poursuivi|affirmé|rappelé|dit|estimé)"
    "|(?:a|ont) (?:également |aussi |encore )?(?:déclaré|ajouté|expliqué|indiqué|souligné|précisé|conclu|poursuivi"
    "|affirmé|rappelé|dit|estimé"
    "|commenté|insisté|témoigné|raconté|confié)|déclare|explique|souligne|ajoute|précise|indique|conclut|affirme"
    "|rappelle|estime|raconte"
    "|témoigne|confie|commente|insiste|poursuit|dit|se souvient|se réjouit|prévient|note|observe|constate|résume"
    "|assure|avertit|alerte|admet|reconnaît|insiste|plaide|lance|répond|renchérit|analyse|détaille|regrette|déplore"
    "|salue|s[’']inquiète|s[’']alarme|s[’']exclame|s[’']indigne|se félicite|se désole|soupire|sourit|martèle|promet"
    "|espère|écrit|relève|signale|juge|prévient|complète|nuance|annonce|rapporte|rapportent|expliquent|estiment"
    "|a[- ]t[- ](?:elle|il) (?:averti|alerté|insisté|commenté|confié|reconnu|promis|répondu|lancé|salué"
    "|regretté|noté)"
    "|(?:a|ont) (?:averti|alerté|reconnu|promis|répondu|lancé|salué|regretté|noté|écrit|annoncé|assuré|plaidé|observé"
    "|résumé|prévenu|rappelé|appelé|martelé)|disent|affirment|déclarent|ajoutent|précisent|soulignent|rappellent"
    "|avertissent|dénoncent|concluent|s[’']amuse|d[’']après|selon|plaisante|ironise|glisse|lâche|tranche"
    "|reprend|défend"
    "|demande|s[’']interroge|se rappelle|évoque|disait|expliquait|justifie|a répliqué|réplique",
    "es": "dijo|dice|afirmó|afirma|declaró|declara|señaló|señala|explicó|explica|añadió|añade|indicó|indica"
    "|manifestó|destacó|destaca"
    "|subrayó|subraya|agregó|agrega|comentó|comenta|aseguró|asegura|concluyó|recordó|advirtió|expresó|sostuvo"
    "|dijeron|afirmaron|declararon|señalaron|explicaron|añadieron|recordaron"
    "|relató|relata|contó|cuenta|advierte|alertó|alerta|insistió|insiste|reconoció|reconoce|lamentó|lamenta|celebró"
    "|celebra|apuntó|apunta|precisó|precisa|detalló|detalla|resaltó|resalta|enfatizó|enfatiza|remarcó|sentenció"
    "|puntualizó|refirió|mencionó|anunció|anuncia|informó|informa|reiteró|reitera|valoró|valora|opinó|opina|pidió"
    "|recalcó|recalca|expuso|argumentó|admitió|respondió|responde|concluye|recuerda|sostiene|manifiesta|expresa"
    "|agradeció|confesó|confiesa|prometió|adelanta|adelantó|dicen|afirman|declaran|señalan|explican|añaden|indican"
    "|recuerdan|advierten"
    "|denuncian|sostienen|insisten|subrayan|destacan|piden|aseguran|coinciden|concluyen|lamentan|advirtieron"
    "|denunciaron|pidieron|aseguraron|insistieron|destacaron|subrayaron|indicaron|de acuerdo con|según"
    "|preguntó|pregunta"
    "|bromeó|bromea|ironizó|zanjó|resumió|resume|remató|apostilló|matizó|respondió|replicó|exclamó|reflexionó"
    "|confirmó"
    "|confirma|defendió|defiende|criticó|alegó|narró|narra|compartió|avisó|ríe|se ríe|ha dicho|ha señalado"
    "|ha explicado"
    "|sintetizó|sintetiza|acotó|acota|coincidió|coincide|deslizó|ironiza|rememoró|rememora|evocó|evoca|aclaró|aclara"
    "|ha afirmado|ha declarado|ha destacado|ha añadido|ha asegurado|ha subrayado",
    "ru": "сказал[аи]?|заявил[аи]?|отметил[аи]?|подчеркнул[аи]?|добавил[аи]?|сообщил[аи]?|пояснила?|рассказала?"
    "|объяснила?|указала?"
    "|напомнила?"
    "|рассказал|пояснил|объяснил|указал|напомнил|предупредил|призвал[аи]?|признал[аи]?|признал(?:ся|ась|ись)|уточнил[аи]?|поделил(?:ся|ась)"
    "|вспоминает|вспоминал[аи]?|резюмировал[аи]?|подытожил[аи]?|прокомментировал[аи]?|написал[аи]?|констатировал[аи]?"
    "|поблагодарил[аи]?|пообещал[аи]?|выразил[аи]?|ответил[аи]?|уверен[аы]?|убежден[аы]?|убеждён|полагает|уточняет"
    "|признаёт|признается|признаётся|делится|объясняет|предупреждает|призывает|заявляет|сообщает|указывает|цитирует"
    "|напоминает|надеется|пишет|по мнению|по оценке|со слов"
    "|говорят|отмечают|подчёркивают|напоминают|предупреждают|считают|считает|говорит|отмечает|подчёркивает"
    "|шутит|пошутил[аи]?|смеётся|смеется|обещает|обещал[аи]?|спросил[аи]?|спрашивает|заметил[аи]?|замечает|вздыхает"
    "|улыбается|уверяет|утверждает|настаивает|рассуждает|комментирует|продолжил[аи]?|продолжает|заключил[аи]?"
    "|обратил(?:ся|ась)"
    "|ворчит|соглашается|согласил(?:ся|ась)|парирует|недоумевает|восклицает|кивает|любил[аи]? повторять|повторял[аи]?"
    "|возразил[аи]?|воскликнул[аи]?|радуется|сетует|вспомнил[аи]?|констатирует|подытоживает|резюмирует|заверил[аи]?"
    "|подчеркивает|поясняет|добавляет|рассказывает|предупредила?|по словам",
    "ar": "[وف]?(?:قالت?|صرّ?حت?|أضافت?|أكّ?دت?|أوضحت?|ذكرت?|أشارت?|شدّ?دت?|تابعت?|علّ?قت?|لفتت?|اعتبرت?|أعلنت?|يقول"
    "|تقول|بيّ?نت?|نبّ?هت?|حذّ?رت?|أفادت?|نوّ?هت?|أعربت?|عبّ?رت?|روت?|وصفت?|دعت?|طالبت?|ختمت?|اختتمت?|استطردت?|كشفت?"
    "|رأت?|يضيف|تضيف|يؤكد|تؤكد|يوضح|توضح|يروي|تروي|يحكي|تحكي|حكت?|تتابع|يتابع|تشرح|يشرح|شرحت?|(?:مؤكد|مضيف|مشير|موضح|قائل|مشدد|لافت"
    "|مبين|معتبر|محذر)ة?[ًا]{0,2}"
    "|تساءلت?|يتساءل|سألت?|أجابت?|ردّ?ت?|أبرزت?|أردفت?|واصلت?|لخّ?صت?|زادت?|تحدثت?|يعلّ?ق|تعلّ?ق"
    "|على حد قوله|على حد قولها|بحسب|حسب|وفقا? ل|وفقاً ل)",
    "zh": "打趣(?:说|道)?|调侃(?:说|道)?"
    "|笑称|笑着说|笑说|直言|表示|指出|强调|说道|补充道|补充说|解释说|解释道|介绍说|介绍道|介绍|认为|说|称"
    "|坦言|告诉(?:记者|我们|本报)|写道|谈到|透露|呼吁|补充|回忆说|回忆道|感叹道|感叹|警告说|警告|评价说|评价道|强调说|指出说|反问|问道|笑道|叹道|答道|回答|坦承|说明|重申|感慨|形容"
    "|提到|讲述|承诺|宣布|回应说|回应|写道|解释|提醒|总结道",
}  # fmt: skip
_beginning = {"zh": ""}
_end = {"zh": "(?:道)?", "fr": r"(?:(?:-t)?-(?:elle|il)s?)?(?![\w-])"}
VERBS = {
    language: re.compile(
        _beginning.get(language, r"(?<![\w-])") + f"(?:{verbs})" + _end.get(language, r"(?![\w-])"), re.IGNORECASE
    )
    for language, verbs in _VERBS.items()
}
# "according to", whose name follows in any case.
AFTER = re.compile(
    r"according to|selon|d[’']après|según|de acuerdo con|по словам|по мнению|со слов|و?(?:بحسب|حسب|وفقا? ل|وفقاً ل)",
    re.IGNORECASE,
)
PRONOUNS = {
    "en": "he|she|they|it|who", "fr": "il|elle|ils|elles|on|qui", "es": "él|ella|ellos|ellas|quien|quienes",
    "ru": "он|она|они|который|которая",
    "ar": "هو|هي|معاليه|معاليها|سعادته|سعادتها|فضيلته|سيادته|سيادتها", "zh": "她|他|他们|她们|其",
}  # fmt: skip
PRONOUN = {
    language: re.compile(rf"(?:{words})(?!\w)" if language != "zh" else rf"(?:{words})", re.IGNORECASE)
    for language, words in PRONOUNS.items()
}
# What follows a name behind a comma and is no function.
NO_ROLE = re.compile(
    r"\d|(?:who|which|whose|where|on|in|at|adding|as|during|speaking|after|before|when|while|to|with|and|but"
    r"|following"
    r"|by|for|qui|lors|dont|en|à|au"
    r"|dans|devant|pendant|avant|après|mais|et|ajoutant|durante|quien|que|tras|ante|al|con|pero|y|который|которая|в"
    r"|на|во|после|перед|но|и"
    r"|الذي|التي|في|خلال|على|بعد|قبل|إن|أن|و)(?!\w)|(?:在|于|今天|昨天)",
    re.IGNORECASE,
)
HONORIFIC = re.compile(
    r"(?:(?:Drs?|Profs?|Professor|Professeure?|Profesora?|Doctora?|Docteure?|Professora?|Judge|Justice|Father|Sister"
    r"|Mrs?|Ms|Mx|Cllr|Councillor|Capt|Captain|Col|Gen|Sen|Rep|Gov|Amb|Archbishop|Bishop|Imam|Sheikh|Sir|Dame"
    r"|Lord|Lady|M|MM|Mmes?|Mlle|Me|Pr|D|Sra?|Srta|Mtr[ao]|Arq|Dip|Abg|[Dd]on|[Dd]oña|Dra|Ing|Lic|Rev|Hon"
    r"|H\.E|S\.E|Biól|Biol|Psic|Antrop|Enf|Shri|Smt|Sri|Comrade|Alhaj[ia]?|Hajia|Engr|Barr|Fr|Pastor|Dato|Datuk|professeure?|docteure?|doctora?|profesora?|Madame|Monsieur|Señora?|Maître|Père|Sœur|Г-н|Г-жа"
    r"|г-н|г-жа|д-р|проф|доктор|профессор|господин"
    r"|госпожа)\.?\s+)+"
)
# Behind these, a full stop does not end a sentence: "la Dra. Ana Li".
NO_END = "".join(
    rf"(?<!\b{title})"
    for title in (
        "Sra Dra Ing Lic Arq Dip Abg Sen Gov Gen Rev Hon Rep Srta Mtra Mtro Prof Cllr Capt Smt Engr Barr Biól Biol Psic"
        " Antrop Enf проф"
    ).split()
)
# Offices that stand before a name within it: "Deputy Director General Laura Thompson".
GENERAL = re.compile(r"(?<!\w)(?:general|générale?|генеральный)(?!\w)", re.IGNORECASE)

# The commonest Chinese family names: a name without a title in front is one that begins with one of these.
SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金贾韦夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔温施齐梅伍安"
    "尤侯曲佟祁涂甘詹阮柯柴骆柳倪耿裴鲍霍聂岳蓝申祝殷游翁匡晏娄樊辛鲁章苗凌焦虞窦褚楚缪冷郁盛简闵靳屈瞿翟喻冼麦欧荀牟鞠葛茹费桑戚茅庞纪舒季贝臧狄卞"
)  # fmt: skip
CHINESE_TITLE = re.compile(
    r"(?:护士长|博士生|硕士生|研究生|主任医师|总干事|秘书长|副秘书长|主任|副主任|发言人|负责人|新闻官|经理|项目经理|专员|部长|局长|主席|副主席|总裁"
    r"|教授|博士|顾问|代表|协调员|官员|研究员|专家|处长|主管|会长|院长|市长|校长|医生"
    r"|工程师|渔民|农民|农户|居民|志愿者|教师|护士|村民|组长|科长|站长|所长|理事长|秘书(?!处)|首席科学家|科学家|总监|队长|小姐"
    r"|发起人|创始人|创办人|组织者|志愿者|船长|牧民|学生|家长|司机|老师|理事|店主|社工"
    r"|耆老|长老|村长|镇长|县长|区长|州长|总理|总统|大使|主编|总编|首席[\u4e00-\u9fff]{2}官|执行官|董事长|法官|律师|警长|议员|书记|护士长|电工|司机"
    r"|护林员|船医|厨师|歌手|作家|记者|画家|导演|馆长|先生|女士)"
)
CHINESE_CIRCUMSTANCE = re.compile(
    r"(?:对(?:记者|媒体|本报|本社|我们)|在|于|今天|今日|昨天|昨日|近日|当天|对此|进一步|还|则|也|随后|并|向|就|同时|另|周[一二三四五六日])"
)

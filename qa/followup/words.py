"""The words that follow-ups are made of, in three languages: changes when people use another one."""

import re

from vectorstore.text import fold


def _listed(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in text.split())


# What links a follow-up to what was said, before anything is asked; longer ones first.
LINKS = tuple(
    sorted(
        (
            tuple(fold(link).split())
            for link in "and|but|so|then|also|ok|okay|et|mais|alors|puis|donc|و|ثم|لكن|ولكن|طيب|حسنا".split(
                "|"
            )
        ),
        key=len,
    )
)
ABOUT = tuple(
    tuple(fold(link).split())
    for link in (
        "and what about|what about|how about|what of|as for|same for|qu en est il de|qu en est il du|"
        "qu en est il des|qu en est il pour|qu en est il d|quid de|quid du|quid des|quid d|et pour|quant a|"
        "a propos de|ماذا عن|ما عن|بالنسبة إلى|بخصوص"
    ).split("|")
)
MORE_OPENERS = tuple(
    tuple(fold(opener).split())
    for opener in (
        "est ce que|est ce qu|what|which|how|how long|how often|que|qu|qu est ce que|qu est ce qui|quoi|quel|"
        "quelle|quels|quelles|"
        "lequel|lesquels|laquelle|lesquelles|comment|d ou|a quelle|a quel|avec quel|avec quelle|"
        "contre qui|contre quoi|pour qui|against whom|in what city|"
        "in what country|ماذا|ما|ما هو|ما هي|كيف|أي|أية|على ماذا|عن ماذا|بماذا|فيم|عم|إلى أين|من أين|"
        "إلى متى|كم مرة"
    ).split("|")
)
FILLERS = _listed(
    "that this it those these then was were is are did do does has have had been be happen happened happening "
    "occur occurred take took taking place exactly the a of in at on for so please one ones else again not not s "
    "ca cela ce c etait est sont ete eu lieu s est passe passee produit produite exactement precisement la en de "
    "d t a autre autres encore donc deja "
    "ذلك هذا هذه تلك كان كانت حدث حدثت جرى جرت تم وقع وقعت حصل حصل يكون بالضبط بالتحديد تحديدا أيضا غير غيره "
    "عددهم عددها عدده أيضا"
)
REQUESTS = _listed(
    "tell me more details detail give about it that please continue go on plus de details dis m en donne moi "
    "encore continue المزيد أكثر تفاصيل زدني أخبرني عن ذلك من"
)
DEMANDS = _listed("more details continue plus encore المزيد أكثر تفاصيل زدني")
COURTESIES = _listed(
    "thanks thank you great good perfect merci super parfait bien yes no oui non شكرا جيد ممتاز نعم لا"
)
COUNTED = _listed("بلغ بلغت عدد كان كانت de d")

HE = _listed("he she him il elle lui")
THEY = _listed("they them ils elles eux")
IT = _listed("it")
WHICH = _listed("which quel quels quelle quelles")
WHAT = _listed("what que qu quoi ماذا ما quel quelle")
POSSESSIVES = _listed("his her its their son sa ses leur leurs")
DEMONSTRATIVES = _listed(
    "this that these those ce cet cette ces cela ca celui celle ceux celles ذلك تلك هذا هذه هذين هؤلاء"
)
SOMEBODY = ("person", "subject")
# What comes after something spoken of: "the next one".
NEXT = _listed(
    "next following prochain prochaine prochains prochaines suivant suivante المقبل المقبلة القادم القادمة التالي "
    "التالية"
)
THERE = _listed("there هناك هنالك")
BE = _listed("is are was were be been هل كان كانت ليس كم")
BE_OR_HAVE = _listed("est sont etait etaient a ont avait sera serait fut")
AFTER_THERE = _listed("in on at with during في مع خلال")
IMPERSONAL = _listed("true possible likely clear certain known passe produit vrai possible faut")
BEFORE_THAT = _listed(
    "at in on of about after before during for from to with by was is were did does than and"
)
ATTACHED = _listed(
    "عنه عنها عنهم منه منها منهم معه معها معهم له لها لهم به بها بهم فيه فيها إليه إليها إليهم عليه عليها عليهم "
    "بينهم بينهما عنده لديه خلاله خلالها بعده بعدها قبله قبلها حوله حولها بشأنه بشأنها عمره اسمه اسمها منصبه دوره "
    "دورها "
    "سببه سببها أسبابه أسبابها هدفه هدفها مكانه مكانها موعده موعدها عدده عددها عددهم ثمنه سعره نائبه رئيسه رئيسها "
    "وزيره نتائجه نتائجها نتيجته تفاصيله تفاصيلها محله محلها محلهم خلفه خلفها هو هي هم هما"
)
STANDING_ALONE = _listed("هو هي هم هما")
NOW = _listed("now today currently maintenant actuellement الآن اليوم حاليا")
# What stands for a thing of the same kind: "the one in Agadir".
ONES = _listed("one ones celui celle ceux celles")
RELATIVES = _listed("الذي التي الذين اللذان اللذين اللتان اللواتي")
SUFFIXES = ("هما", "هم", "ها", "ه")
OWNED = re.compile(r"(?!ال).{3,40}(?:ت|ؤ|ئ)(?:ه|ها|هم|هما)")
# Any noun alone with a question word: «من محاميه؟».
OWNED_ALONE = re.compile(r"(?!ال).{3,40}(?:ه|ها|هم|هما)")
VERBS = _listed(
    "التقى التقت يلتقي اجتمع استقبل استقبلت يستقبل زار زارت يزور قابل قابلت قال قالت صرح أعلن أعلنت ناقش بحث سافر "
    "ذهب وصل غادر ولد عين عينت رافق كلف دشن افتتح وقع شارك فعل حضر تحدث تباحث توفي مات قتل أصيب انتخب فاز بدأ "
    "بدأت انتهى انتهت تحدثوا ناقشوا بحثوا اجتمعوا التقوا زاروا قالوا تأجل تأجلت ألغي ألغيت عاد ترأس "
    "أقيم أقيمت نظم نظمت استقال استقالت اعتقل اعتقلت أوقف أوقفت أدين أدينت غرق غرقت انهار انهارت سقط سقطت اندلع "
    "اندلعت انفجر تحطم تحطمت فقد هرب سجن نجا دخل دخلت يدخل تدخل حكم حكمت صدر صدرت خلف خلفت ضرب ضربت حصل حصلت "
    "يحصل تحصل سيحصل ستحصل"
)
TAKES_SOMEBODY = _listed("التقى التقت يلتقي استقبل استقبلت يستقبل قابل")
NOUNS_OF_BEFORE = _listed(
    "visit trip meeting talks event incident project ceremony agreement deal match attack accident victims "
    "visite voyage reunion rencontre evenement projet ceremonie accord match attaque victimes entretien "
    "الزيارة اللقاء الاجتماع المباحثات الحدث المشروع الحفل الاتفاق الاتفاقية المباراة الهجوم الحادث الضحايا"
)
PARTICIPLES = _listed(
    "won died lost left began begun spoke spoken took taken made said went gone came told held found sent built "
    "born hurt hit won met happen happened occurred next after mort morts morte mortes recu recue dit vu fait "
    "venu venue elu elue perdu remis mis pris ouvert ouverte ensuite apres ne nee"
)
PREPOSITIONS = {
    **dict.fromkeys(_listed("in at inside within near a au aux en dans في داخل قرب"), "in"),
    **dict.fromkeys(_listed("with avec مع"), "with"),
    **dict.fromkeys(_listed("to towards vers إلى نحو"), "to"),
    **dict.fromkeys(_listed("from depuis"), "from"),
    **dict.fromkeys(_listed("by par"), "by"),
    **dict.fromkeys(_listed("about on sur concernant عن حول بشأن"), "about"),
    **dict.fromkeys(_listed("selon apres according per حسب بحسب وفق وفقا نقلا"), "source"),
    **dict.fromkeys(_listed("for pour chez against contre between entre ضد بين"), "other"),
}
ARTICLES = _listed("the le la les l a an un une")
DEFINITE = _listed("the le la les l")
JOINERS = _listed("of de du des d")
OPEN = _listed(
    "since before after until till during over throughout depuis avant apres pendant jusqu منذ بعد قبل خلال حتى"
)
TIMES = _listed("يوم شهر سنة عام day month year jour mois")
IN = {"en": "in", "fr": "en", "ar": "في"}
ON = {"en": "on", "fr": "le", "ar": "يوم"}
STEPS = {
    **dict.fromkeys(("the year before", "the previous year", "l annee d avant", "l annee precedente"), -1),
    **dict.fromkeys(("السنه التي قبلها", "العام الذي قبله", "السنه السابقه", "العام السابق"), -1),
    **dict.fromkeys(("the year after", "the following year", "l annee d apres", "l annee suivante"), 1),
    **dict.fromkeys(("السنه التي بعدها", "العام الذي بعده", "السنه التاليه", "العام التالي"), 1),
}
INFLECTED = re.compile("(?:[^e]ed|ée?s?)$")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
BEGINS_WITH_WAW = _listed(
    "وزير وزيرة وزارة واشنطن وكالة وكيل والي وفد وضع وصول وثيقة ولد وجدة ورزازات ولاية ولي وباء وقت وفيات وفاة وليد "
    "وسيم وائل وفاء وداد وهبي وحيد وهيب"
)
CITIES = _listed(
    "rabat الرباط casablanca البيضاء الدار marrakech marrakesh مراكش tangier tanger طنجة fes fez فاس agadir أكادير "
    "kenitra القنيطرة meknes مكناس oujda وجدة tetouan تطوان laayoune العيون dakhla الداخلة hoceima الحسيمة taroudant "
    "تارودانت haouz الحوز ouarzazate ورزازات alger algiers tunis cairo caire القاهرة gaza غزة beirut beyrouth بيروت "
    "damascus damas دمشق baghdad بغداد tehran teheran طهران istanbul ankara أنقرة riyadh riyad الرياض doha الدوحة "
    "dhabi أبوظبي ظبي dubai دبي madrid مدريد barcelona barcelone برشلونة lisbon lisbonne لشبونة paris باريس berlin "
    "برلين rome روما brussels bruxelles بروكسل london londres لندن geneva geneve جنيف vienna vienne فيينا moscow "
    "moscou موسكو washington واشنطن york beijing pekin بكين tokyo طوكيو glasgow"
)
BESIDE_A_PLACE = _listed(
    "abu abou ابو new nouvelle united south north sud nord royaume kingdom the le la les l al"
)

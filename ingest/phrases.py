"""What the lines of a page's furniture say, in Arabic, French and English: the word lists, and nothing else.

Phrases are parted by ``|`` and matched against folded lines (``labels``), so that one spelling here stands for
every hamza, accent and case.
"""

RELATED, COMMENTS, SHARE, FORM = "related", "comments", "share", "form"
COOKIES, FOOTER, ADVERT, UPDATED = "cookies", "footer", "advert", "update time"
PAYWALL = "paywall"
TAGS, MENU, CAPTION, COUNTS, NEWSLETTER = "tags", "menu", "caption", "counts", "newsletter"

# A line that starts like this, whatever follows.
STARTS: dict[str, str] = {
    RELATED: """
        ذات صلة|مقالات ذات صلة|مواضيع ذات صلة|أخبار ذات صلة|مقالات مشابهة|مواضيع مشابهة
        مواضيع متعلقة|أخبار متعلقة|قد يهمك|ربما يهمك|قد يعجبك|ربما يعجبك|يمكنك أيضا قراءة|اقرأ أيضا
        إقرأ أيضا|اقرأ كذلك|اقرأ المزيد|إقرأ المزيد|اقرأ/ي أيضا|طالع أيضا|شاهد أيضا|تابع أيضا
        انظر أيضا|للمزيد من|لقراءة المزيد|أحدث المقالات|أحدث الأخبار|آخر الأخبار|آخر المقالات
        آخر المستجدات|الأكثر قراءة|الأكثر مشاهدة|الأكثر تداولا|الأكثر تعليقا|المزيد من الأخبار
        المزيد حول|أخبار أخرى|مقالات أخرى|مواضيع أخرى|من نفس القسم|في نفس الموضوع|المقال السابق
        المقال التالي|الخبر السابق|الخبر التالي|الموضوع السابق|الموضوع التالي|اخترنا لكم|اخترنا لك
        نرشح لك|مختارات|à lire aussi|lire aussi|à lire également|lire également|voir aussi
        lire la suite|à voir aussi|sur le même sujet|sur le même thème|dans la même rubrique
        articles similaires|articles liés|articles connexes|articles récents|articles associés
        vous aimerez aussi|vous pourriez aussi aimer|cela peut vous intéresser
        ces articles peuvent vous intéresser|les plus lus|les plus lues|les plus populaires
        derniers articles|dernières actualités|dernières nouvelles|les dernières infos
        plus d'articles|recommandé pour vous|nos recommandations|article précédent|article suivant
        notre sélection|read also|also read|read more|read next|see also|related articles
        related stories|related news|related posts|related topics|related content|related coverage
        more on this story|more on this topic|more from|more stories|more news|you may also like
        more:|related:|watch:|read:|voir aussi|شاهد أيضا
        related article|what to read next|more like this|more to explore|sponsored stories
        موضوعات متعلقة|موضوعات ذات صلة|مقالات قد|أخبار قد تهمك|مواضيع قد تهمك|قد يثير اهتمامك|قد يعجبكم
        قد يهمكم|تصفح أيضا|مقالات مقترحة|لا يفوتك|الأكثر تفاعلا|الأكثر شيوعا|à découvrir aussi
        ça peut vous intéresser|pour aller plus loin|contenus sponsorisés|nos autres articles
        you might also like|you may be interested|recommended for you|recommended stories
        recommended reading|latest news|latest articles|latest stories|most read|most popular
        most viewed|trending now|don't miss|up next|previous article|next article|previous post
        next post|continue reading|editor's picks|top stories|in other news|popular posts
    """,
    COMMENTS: """
        اترك رد|اترك ردا|اترك ردك|اترك تعليق|اترك تعليقا|اترك تعليقك|أضف تعليق|أضف تعليقا|أضف تعليقك
        أضف رد|إضافة تعليق|اكتب تعليق|اكتب تعليقا|اكتب تعليقك|شارك برأيك|شاركنا برأيك|شاركنا رأيك
        أحدث التعليقات|صندوق التعليقات|المزيد من التعليقات|الآراء الواردة في التعليقات|réagissez à|réagir à
        load more comments|sort by newest|votre pseudo
        تعليقات الزوار|تعليقات القراء|إلغاء الرد|كن أول من يعلق|شروط التعليق|شروط النشر
        عنوان التعليق|عدد التعليقات|التعليقات مغلقة|سجل الدخول للتعليق|laisser un commentaire
        laissez un commentaire|laisser une réponse|ajouter un commentaire|poster un commentaire
        publier un commentaire|écrire un commentaire|annuler la réponse|soyez le premier à commenter
        votre commentaire|commenter cet article|les commentaires sont fermés
        connectez-vous pour commenter|leave a reply|leave a comment|leave your comment
        post a comment|add a comment|write a comment|join the conversation|join the discussion
        cancel reply|be the first to comment|view comments|show comments|view all comments
        comments are closed|comments are off|sign in to comment|log in to comment
    """,
    FORM: """
        احفظ اسمي|security code|characters left|enregistrer mon nom|save my name|رمز الأمان
        رمز التحقق|أوافق على شروط|notify me of|prévenez-moi de
    """,
    SHARE: """
        شارك المقال|شارك الخبر|شارك هذا|شارك على|شارك عبر|شارك الموضوع|مشاركة المقال|مشاركة عبر
        partagez-le|vous avez aimé cet article|did you enjoy this|thanks for reading|هل أعجبك المقال
        تابعنا على|تابعونا على|انشر على|نسخ الرابط|أرسل إلى صديق|partager sur|partager cet article
        partagez cet article|partager l'article|suivez-nous|retrouvez-nous sur|copier le lien
        envoyer par email|envoyer à un ami|share this|share on|share the article|share via|follow us
        copy link|click to share|email this|print this|find us on
    """,
    NEWSLETTER: """
        اشترك في النشرة|اشترك في نشرتنا|النشرة البريدية|اشترك في القائمة البريدية|انضم إلى قناتنا
        لمتابعة أهم|لمتابعة آخر|لمتابعة أحدث|تابعوا قناتنا|تابعونا على جوجل نيوز|اشترك الآن
        follow us on google news|join our|suivez-nous sur google
        اشترك في قناتنا|inscrivez-vous à|abonnez-vous à|abonnez-vous et|abonnez-vous pour
        abonnez-vous dès|recevez notre newsletter|recevez chaque
        newsletter|la newsletter|notre newsletter|our newsletter|the newsletter
        subscribe to our|sign up for our|sign up to our|get our newsletter
        get the newsletter|join our newsletter|get the latest news delivered
    """,
    FOOTER: """
        جميع الحقوق محفوظة|كل الحقوق محفوظة|الحقوق محفوظة|حقوق النشر محفوظة|جميع حقوق
        maintained and developed|tous droits réservés|all rights reserved|powered by|designed by
        developed by|developpe par|réalisé par|mentions légales|conditions générales
        conditions d'utilisation|politique de confidentialité|politique de cookies|privacy policy
        terms of use|terms of service|terms and conditions|terms & conditions|سياسة الخصوصية
        شروط الاستخدام|اتفاقية الاستخدام|سياسة الاستخدام|زر الذهاب إلى الأعلى|العودة إلى الأعلى
        تصميم وتطوير|تطوير وتصميم|برمجة وتصميم|تصميم وبرمجة|retour en haut|haut de page|back to top
        scroll to top|go to top|directeur de publication|directeur de la publication|رقم الإيداع
        تصدر عن شركة
    """,
    UPDATED: """
        this story has been updated|this article has been updated|this article was updated
        آخر تحديث|تاريخ التحديث|تم التحديث|حدث في|last update|last modified|updated|mis à jour
        mise à jour le|dernière mise à jour|dernière modification|modifié le|actualisé le
    """,
    TAGS: """
        الوسوم|كلمات دلالية|الكلمات المفتاحية|كلمات مفتاحية|الكلمات الدلالية|mots-clés|mots clés
        étiquettes|filed under|posted in|classé dans|tagged with
    """,
    MENU: """
        تخط إلى|تخطى إلى|انتقل إلى المحتوى|الانتقال إلى المحتوى|skip to|aller au contenu
        aller au menu|passer au contenu|vous êtes ici|you are here|أنت هنا|ابحث في|نتائج البحث
        rechercher sur
    """,
    CAPTION: """
        صورة:|الصورة:|تصوير:|مصدر الصورة|photo:|photo :|photo by|photos:|image:|image source
        image caption|crédit|crédits|credit:|credits:|photograph:|légende|image credit|photo credit
        source image|© afp|©afp|© reuters|© ap |© getty|صورة أرشيفية|صورة من الأرشيف|(photo|(صورة
    """,
}

# A short line that says this and nothing else, digits and punctuation aside.
WHOLE: dict[str, str] = {
    RELATED: """
        المزيد|التالي|السابق|إقرأ|اقرأ|إضاءات|related|recommended|trending|popular|more|next
        previous|suivant|précédent|à lire|à la une|lire plus|en savoir plus|learn more|see more
        view all|voir tout|عرض الكل|قراءة المزيد
    """,
    COMMENTS: """
        التعليقات|تعليقات|تعليق|تعليقا|commentaires|commentaire|comments|comment|no comments|réagir
        ردود|رد|reply|répondre|aucun commentaire|لا توجد تعليقات|لا تعليقات|ارسل التعليق|نشر التعليق
        post comment|envoyer
    """,
    FORM: """
        الاسم|الإسم|البريد الإلكتروني|البريد الألكتروني|الموقع|الموقع الإلكتروني|إلزامي|nom|e-mail
        email|adresse e-mail|site web|name|website|email address|envoyer|submit|إرسال|captcha
        nom obligatoire|votre nom|your name|your email|رمز الحماية|اشتراك|اشترك|password
        mot de passe|username|كلمة المرور|اسم المستخدم|remember me|تذكرني
    """,
    SHARE: """
        شارك|شاركها|شاركه|مشاركة|انشر|طباعة|أرسل|partager|partagez|imprimer|share|print|tweet|like
        save|حفظ|j'aime|partages|shares|تابعنا|تابعونا|listen|استمع|écouter
    """,
    ADVERT: """
        إعلان|إعلانات|اعلان|مساحة إعلانية|advertisement|advertising|advertisements|publicité|annonce
        annonces|sponsored|sponsorisé|spot_img|ad|ads|article continues below
        story continues below advertisement|ad feedback|story continues below this ad|contenu sponsorisé
        la suite après cette publicité|la suite après la publicité
    """,
    FOOTER: """
        إغلاق|أغلق|close|fermer|من نحن|اتصل بنا|اتصلوا بنا|للإعلان|للإعلان معنا|هيئة التحرير
        فريق العمل|about|about us|contact|contact us|contactez-nous|qui sommes-nous|advertise
        advertise with us|sitemap|plan du site|rss|خريطة الموقع|اتصال|rédaction|la rédaction|privacy
        terms|cookies|confidentialité|careers
    """,
    TAGS: """
        tags|وسوم|tag|mots-clés|topics|keywords
    """,
    MENU: """
        القائمة|الرئيسية|الصفحة الرئيسية|accueil|home|homepage|menu|search|rechercher|recherche|بحث
        ابحث|تسجيل الدخول|تسجيل دخول|دخول|log in|login|sign in|sign up|register|connexion
        se connecter|s'inscrire|s'abonner|subscribe|abonnez-vous|my account|mon compte|حسابي|logout
        je m'inscris|je m'abonne|en direct|live|مباشر|عاجل|تسجيل|toggle navigation|navigation|العربية|français|english
        rubriques|sections|أقسام
    """,
}

# Sentences of forms and notices: wherever they stand in a line, they are no article.
SENTENCES: dict[str, str] = {
    FORM: """
        لن يتم نشر عنوان بريدك الإلكتروني|لن يتم نشر بريدك الإلكتروني|لن ينشر بريدك الإلكتروني
        الحقول الإلزامية مشار إليها بـ|your email address will not be published
        your email will not be published|required fields are marked
        votre adresse e-mail ne sera pas publiée|votre adresse email ne sera pas publiée
        votre adresse de messagerie ne sera pas publiée|les champs obligatoires sont indiqués avec
        عدم الإساءة للكاتب|save my name, email, and website|enregistrer mon nom, mon e-mail
        اوافق على شروط|characters left|i agree to the terms|j'accepte les conditions
    """,
    COOKIES: """
        we use cookies|uses cookies|use cookies to|our use of cookies|accept all cookies
        accept cookies|manage cookies|cookie settings|cookie policy
        store and/or access information on a device|we and our partners|nous utilisons des cookies
        utilise des cookies|accepter les cookies|l'utilisation de cookies|l'utilisation des cookies
        paramétrer les cookies|nos partenaires utilisons|nous et nos partenaires|déposer des cookies
        gérer mes cookies|tout accepter|نستخدم ملفات تعريف الارتباط|يستخدم ملفات تعريف الارتباط
        يستخدم هذا الموقع ملفات|استخدام ملفات تعريف الارتباط|نستخدم الكوكيز|سياسة ملفات تعريف
        نحن وشركاؤنا|قبول ملفات تعريف الارتباط|إعدادات ملفات تعريف الارتباط|privacy preference
        your privacy choices
    """,
    FOOTER: """
        جميع الحقوق محفوظة|كل الحقوق محفوظة|tous droits réservés|all rights reserved
        independent press standards organisation|purchase licensing rights|our comments to be a lively
        reproduction interdite|reproduction totale ou partielle|غير مسؤول عن النص|لا يعبر بالضرورة عن رأي
        لا تعبر بالضرورة عن رأي|n'engagent que leur auteur|n'engage que son auteur
        do not necessarily reflect the views|not responsible for the content of external
        maintained and developed by|protected by recaptcha
        ce site utilise akismet|this site uses akismet
    """,
    PAYWALL: """
        de cet article à lire|réservé aux abonnés|réservée aux abonnés|déjà abonné|lecture restreinte
        n'autorise pas la lecture|to subscribers only|subscribe now for|for unlimited access
        this content is for subscribers|for subscribers only|already a subscriber
        subscribe to read|subscribe to continue|to continue reading|للمشتركين فقط|اشترك لقراءة
        اشترك لمواصلة القراءة|هل أنت مشترك
    """,
    ADVERT: """
        spot_img|لأسباب تتعلق بالإعلانات|désactiver votre bloqueur|disable your ad blocker
    """,
    NEWSLETTER: """
        our newsletter|notre newsletter|nos newsletters|نشرتنا البريدية
        sign up here|reader-supported publication|consider becoming a free or paid
        subscribe to our newsletter|sign up for our newsletter|inscrivez-vous à notre newsletter
        abonnez-vous à notre newsletter|اشترك في نشرتنا|تابعونا على واتساب|تابعوا آخر الأخبار
        join our whatsapp channel|rejoignez notre chaîne|follow our channel|download our app
        téléchargez notre application|حمل تطبيق
    """,
}

# The words of a share bar.
NETWORKS = """
    facebook|twitter|x|whatsapp|telegram|linkedin|pinterest|messenger|instagram|youtube|tiktok
    reddit|tumblr|viber|email|e-mail|mail|print|imprimer|share|partager|tweet|snapchat|threads
    bluesky|mastodon|vkontakte|flipboard|copy|link|url|skype|line|xing|pocket|odnoklassniki|google
    gmail|pin|it|on|via|sur|par|by|على|عبر|فيسبوك|تويتر|واتساب|واتس اب|تيليغرام|تلغرام|تيلقرام
    تيليجرام|لينكدإن|لينكد|انستغرام|إنستغرام|انستقرام|يوتيوب|تيك توك|ماسنجر|بينتيريست|شارك|شاركها
    écouter|lire plus tard|newsletter|sauvegarder|commenter|listen|save|comment|استمع|حفظ
    مشاركة|طباعة|إيميل|ايميل|بريد|نسخ|الرابط|البريد الإلكتروني|سناب شات|فايبر|بنترست|اكس|إكس
"""

MONTHS = """
    يناير|فبراير|مارس|أبريل|إبريل|مايو|ماي|يونيو|يونيه|يوليو|يوليوز|يوليه|أغسطس|غشت|سبتمبر|شتنبر
    أكتوبر|نوفمبر|نونبر|ديسمبر|دجنبر|كانون|الثاني|الأول|شباط|آذار|نيسان|أيار|حزيران|تموز|آب|أيلول
    تشرين|جانفي|فيفري|أفريل|جوان|جويلية|أوت|janvier|février|mars|avril|mai|juin|juillet|août
    septembre|octobre|novembre|décembre|janv|févr|avr|juil|sept|oct|nov|déc|january|february|march
    april|may|june|july|august|september|october|november|december|jan|feb|apr|jun|jul|aug|sep|dec
"""

HIJRI_MONTHS = """
    محرم|صفر|ربيع|جمادى|رجب|شعبان|رمضان|شوال|القعدة|الحجة|muharram|mouharram|safar|rabi|jumada|rajab
    shaban|shaaban|chaabane|ramadan|shawwal|chaoual
"""

# What else stands in a line that holds only a day, an hour or an age.
DATE_WORDS = """
    الآخر|الأولى|الآخرة|ذو|ذي|هـ|ه|م|ص|مساء|صباحا
    مساءا|الاثنين|الإثنين|الثلاثاء|الأربعاء|الخميس|الجمعة|السبت|الأحد|منذ|ساعة|ساعات|دقيقة|دقائق|يوم
    أيام|يومين|أسبوع|أسابيع|شهر|أشهر|الساعة|بتوقيت|غرينتش|في|على|اليوم|أمس|نشر|نشرت|تاريخ|بتاريخ
    النشر|ساعتين|قبل|سنة|سنوات|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu
    ven|sam|dim|le|à|h|il|y|a|heures|heure|jours|jour|minutes|min|publié|er|du|semaines|mois|ans|an
    hier|posté|فاتح|ah|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues|wed|thu|thur
    thurs|fri|sat|sun|am|pm|p|at|on|gmt|utc|cet|est|edt|bst|et|published|posted|date|ago|hours|hour
    days|day|minute|weeks|week|months|month|years|year|st|nd|rd|th|of|yesterday|today|t|z
"""

# What is counted beside an article: readers, minutes, comments.
COUNTED = """
    مشاهدة|مشاهدات|قراءة|دقيقة|دقائق|دقيقتان|تعليق|تعليقات|زيارة|min read|minute read|minutes read
    mins read|views|view|vues|vue|lectures|min de lecture|minutes de lecture|comments|comment
    commentaires|commentaire|shares|partages|likes|reads|mn de lecture|من القراءة|للقراءة
    دقائق للقراءة|قراءة دقيقة
"""

# How a byline begins.
AUTHORS = """
    by|par|بقلم|كتب|كتبت|كتبه|كتبته|تحرير|إعداد|المصدر|source|author|auteur|auteure|written by|reporting by|الكاتب
    متابعة|مراسل|تقرير|ترجمة|écrit par|rédigé par|article rédigé par|propos recueillis par|story by|words by
"""

# What stands before the day of publication, and before the day of an update.
PUBLISHED = "publish|posted|publié|posté|paru|mis en ligne|نشر|بتاريخ"
UPDATES = (
    "republish|republié|أعيد نشر|إعادة نشر|update|mis à jour|mise à jour"
    "|modifié|modified|actualisé|تحديث|آخر تعديل|تعديل|حدث في"
)

# By which an article's notes name it.
ITSELF = """
    this article|this story|this report was|cet article|cette enquête|هذا المقال|هذه المقالة|هذا التحقيق
"""

# By which a note corrects its article: what it says is news.
CORRECTS = (
    r"^[^\w]{0,3}(?:correction|corrected|clarification|rectificatif|erratum|rectification"
    r"|تصحيح|تصويب|استدراك) ?[:：–—-]"
    r"|(?:earlier|previous|first|initial|original) version|version (?:précédente|antérieure|initiale)"
    r"|(?:première|précédente) version|(?:نسخة|صيغة) (?:سابقة|أولى|سابقه|اولى)"
)

# Words by which a notice speaks to its reader.
ADDRESS = (
    "you|your|we|our|us|nous|vous|nos|notre|vos|votre|نحن|نستخدم|شركاؤنا|موافق|موافقتك|بياناتك|يمكنك|فإنك"
)


def split(block: str) -> list[str]:
    """The phrases of a list."""
    return [phrase for line in block.splitlines() for phrase in line.strip().split("|") if phrase.strip()]

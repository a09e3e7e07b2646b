"""Nouns whose plural has another stem, so that a question's word meets an article's: changes when another should.

Arabic makes most plurals by changing the word within («منزل», «منازل»), which no light stemmer undoes. Only what is
asked is widened; the index holds the words as they stand.
"""

from functools import cache

from vectorstore.stemming import terms

# One noun a row, parted by commas: singular, then plurals; the words of news, in which things are counted.
_ROWS = """
منزل منازل, بيت بيوت, مسكن مساكن, مبنى مبان مباني, عمارة عمائر, برج أبراج, مصنع مصانع, معمل معامل, متجر متاجر, محل محلات
مسجد مساجد, كنيسة كنائس, فندق فنادق, مطعم مطاعم, مقهى مقاهي, مدرسة مدارس, معهد معاهد, مركز مراكز, مكتب مكاتب
متحف متاحف, مسرح مسارح, ملعب ملاعب, مقعد مقاعد, سرير أسرة, غرفة غرف, قسم أقسام, فصل فصول, شقة شقق, حي أحياء
شارع شوارع, طريق طرق, جسر جسور, نفق أنفاق, سد سدود, نهر أنهار, بحيرة بحيرات, جبل جبال, جزيرة جزر, شاطئ شواطئ
مدينة مدن, قرية قرى, إقليم أقاليم, منطقة مناطق, بلد بلدان, ميناء موانئ, مرفأ مرافئ, حد حدود, معبر معابر, موقع مواقع
سفينة سفن, قارب قوارب, مركب مراكب, قطار قطارات, حافلة حافلات, شاحنة شاحنات, صاروخ صواريخ, سلاح أسلحة, قنبلة قنابل
لغم ألغام, رصاصة رصاص, حريق حرائق, حادث حوادث, إعصار أعاصير, خسارة خسائر, ضرر أضرار, شجرة أشجار, رأس رؤوس
شخص أشخاص, رجل رجال, امرأة نساء, طفل أطفال, ولد أولاد, ابن أبناء, شاب شباب شبان, طالب طلاب طلبة, تلميذ تلاميذ
عامل عمال, عاطل عاطلين, موظف موظفين, طبيب أطباء, أستاذ أساتذة, خبير خبراء, عالم علماء, قاض قضاة, تاجر تجار
فلاح فلاحين, صياد صيادين, سائق سائقين, راكب ركاب, سائح سياح, زائر زوار, ساكن سكان, مواطن مواطنين, حاج حجاج
جندي جنود, ضابط ضباط, رهينة رهائن, سجين سجناء, أسير أسرى, قتيل قتلى, جريح جرحى, ضحية ضحايا, شهيد شهداء
مريض مرضى, ناج ناجين, لاعب لاعبين, حكم حكام, فريق فرق, ناد أندية نوادي, هدف أهداف, بطل أبطال, لقب ألقاب, كأس كؤوس
جائزة جوائز, وسام أوسمة, فيلم أفلام, كتاب كتب, رواية روايات, لوحة لوحات, صورة صور, خبر أخبار, رقم أرقام
وزير وزراء, رئيس رؤساء, نائب نواب, سفير سفراء, زعيم زعماء, قائد قادة, عضو أعضاء, حزب أحزاب, صوت أصوات, ناخب ناخبين
مرسوم مراسيم, قانون قوانين, قرار قرارات, حكم أحكام, تهمة تهم, جريمة جرائم, عقد عقود, بند بنود, شرط شروط, سبب أسباب
منصب مناصب, وظيفة وظائف, فرصة فرص, أجر أجور, راتب رواتب, سعر أسعار, ثمن أثمان, رسم رسوم, ضريبة ضرائب, دين ديون
مشروع مشاريع, برنامج برامج, خطة خطط, مبلغ مبالغ, سهم أسهم, سوق أسواق, منتج منتجات, منتوج منتوجات, محصول محاصيل
بئر آبار, خط خطوط, عمود أعمدة, جهاز أجهزة, هاتف هواتف, حاسوب حواسيب, لقاح لقاحات, دواء أدوية, مرض أمراض
فيروس فيروسات, درس دروس, موسم مواسم, حفل حفلات, عرض عروض, فنان فنانين, نجم نجوم, لغة لغات, شعب شعوب, جيش جيوش
أسرة أسر, عائلة عائلات, قبيلة قبائل, نسخة نسخ, دورة دورات, جولة جولات, مرة مرات, وفد وفود, حق حقوق
child children, man men, woman women, foot feet, tooth teeth, mouse mice, wife wives, life lives, knife knives
leaf leaves, loaf loaves, shelf shelves, half halves, thief thieves, wolf wolves, calf calves, goose geese
journal journaux, hôpital hôpitaux, animal animaux, cheval chevaux, tribunal tribunaux, général généraux
travail travaux, canal canaux, signal signaux, local locaux, mal maux, œil yeux, vitrail vitraux
"""


def with_plurals(term: str) -> frozenset[str]:
    """The index term with those of its noun's other number."""
    return _others().get(term, frozenset()) | {term}


@cache
def _others() -> dict[str, frozenset[str]]:
    others: dict[str, frozenset[str]] = {}
    for row in _ROWS.replace("\n", ",").split(","):
        forms = frozenset(terms(row))
        for form in forms:
            others[form] = others.get(form, frozenset()) | forms
    return others

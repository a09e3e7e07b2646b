"""Words of news in three languages, so that a question's word meets an article's: changes when another should.

Arabic makes most plurals by changing the word within («منزل», «منازل»), which no light stemmer undoes. Only what is
asked is widened; the index holds the words as they stand.
"""

from functools import cache

from vectorstore.stemming import terms

# A thing a row: in English, French and Arabic, with plurals that have another stem.
_THINGS = """
house houses maison maisons منزل منازل بيت بيوت
bridge pont جسر جسور قنطرة
school école مدرسة مدارس
hospital hôpital hôpitaux مستشفى
university université جامعة جامعات
factory usine مصنع مصانع معمل معامل
immeuble bâtiment مبنى مبان مباني عمارة
apartment appartement شقة شقق
hotel hôtel فندق فنادق
mosque mosquée مسجد مساجد
church église كنيسة كنائس
museum musée متحف متاحف
stadium stade ملعب ملاعب
ship vessel navire سفينة سفن باخرة
boat bateau embarcation قارب قوارب مركب مراكب
lorry truck camion شاحنة
bus coach autocar حافلة
voiture سيارة
plane aircraft avion طائرة
airport aéroport مطار
port ميناء موانئ مرفأ
road route طريق طرق
dam barrage سد سدود
river rivière fleuve نهر أنهار واد أودية
mountain montagne جبل جبال
island île جزيرة جزر
village قرية
town city ville مدينة مدن
district quartier حي أحياء
region région جهة إقليم أقاليم منطقة مناطق
border frontière حدود
child children enfant طفل أطفال
woman women femme امرأة نساء
student étudiant طالب طلاب طلبة
pupil élève تلميذ تلاميذ
teacher enseignant أستاذ أساتذة معلم
doctor médecin طبيب أطباء
worker ouvrier travailleur عامل عمال
employee salarié employé موظف
farmer agriculteur فلاح مزارع
fisherman fishermen pêcheur صياد بحار بحارة
tourist touriste سائح سياح
passenger passager راكب ركاب
resident inhabitant habitant ساكن سكان
refugee réfugié لاجئ
soldier soldat جندي جنود
prisoner détenu prisonnier سجين سجناء
hostage otage رهينة رهائن
judge juge قاض قضاة
lawyer avocat محامي محام
journalist journaliste صحفي صحافي
writer écrivain romancier كاتب روائي
singer chanteur chanteuse مغني مغنية مطرب
actor acteur ممثل
actress actrice ممثلة
director réalisateur réalisatrice مخرج مخرجة
player joueur لاعب
coach trainer entraîneur مدرب
referee arbitre حكم
goalkeeper gardien حارس
goal هدف أهداف
score scored scorer marqué buteur سجل أحرز هداف
match مباراة مباريات
team équipe فريق فرق منتخب
club نادي أندية
championship championnat بطولة
cup coupe كأس كؤوس
prize award prix جائزة جوائز
festival مهرجان
film movie فيلم أفلام
book livre كتاب كتب
novel roman رواية روايات
concert حفل حفلات
bank banque بنك مصرف
company firm entreprise société شركة
market marché سوق أسواق
loan prêt قرض قروض
debt dette دين ديون
tax impôt taxe ضريبة ضرائب
wage salary salaire أجر أجور راتب رواتب
compensation indemnité indemnisation dédommagement تعويض تعويضات
loss losses perte خسارة خسائر
damage dégâts ضرر أضرار
growth croissance نمو
inflation تضخم
unemployment chômage بطالة
job emploi وظيفة وظائف
investment investissement استثمار
export exportation صادرات تصدير
import importation واردات استيراد
tonne ton tonnes طن أطنان
wheat blé قمح
rain pluie مطر أمطار
flood inondation crue فيضان فيضانات سيول
storm tempête عاصفة عواصف
fire incendie حريق حرائق
drought sécheresse جفاف
heatwave canicule
epidemic outbreak épidémie وباء
disease maladie مرض أمراض
patient مريض مرضى
medicine drug médicament دواء أدوية
case cas حالة حالات
strike grève إضراب
protest demonstration manifestation احتجاج مظاهرة
union syndicat نقابة نقابات
party parti حزب أحزاب
vote voix suffrage صوت أصوات
voter électeur ناخب
deputy lawmaker député نائب نواب
seat siège مقعد مقاعد
ambassador ambassadeur سفير سفراء
law loi قانون قوانين
decree décret مرسوم مراسيم
decision décision قرار قرارات
treaty traité معاهدة
ceasefire truce trêve هدنة
charge accusation تهمة تهم
trial procès محاكمة
court tribunal tribunaux محكمة محاكم
verdict jugement حكم أحكام
appeal appel استئناف استأنف
witness témoin شاهد شهود
bribe bribery pot-de-vin رشوة رشاوى
murder meurtre قتل
weapon arme سلاح أسلحة
rocket missile صاروخ صواريخ
cause reason raison سبب أسباب
depth profondeur عمق
magnitude قوة
build built construit بني بناء شيد
destroy destroyed détruit دمر تدمير
close closed closure fermé fermeture أغلق إغلاق
suspend suspended suspendu suspension علق تعليق
begin began start started commence début بدأ يبدأ انطلق
ended terminé انتهى
paid دفع
sell sold vendu باع بيع
buy bought acheté اشترى شراء
own owns owner propriétaire مالك يملك
finance funded financé تمويل ممول
direct run head dirige dirigeant يدير يرأس
work works travaux أشغال
"""
# Arabic nouns whose plural is another word within, besides.
_PLURALS = """
مسكن مساكن, برج أبراج, متجر متاجر, محل محلات, مطعم مطاعم, مقهى مقاهي, معهد معاهد, مركز مراكز, مكتب مكاتب, مسرح مسارح
غرفة غرف, قسم أقسام, فصل فصول, شارع شوارع, نفق أنفاق, شاطئ شواطئ, بلد بلدان, معبر معابر, موقع مواقع
قنبلة قنابل, لغم ألغام, حادث حوادث, إعصار أعاصير, شجرة أشجار, رأس رؤوس, شخص أشخاص, رجل رجال, ولد أولاد, ابن أبناء
شاب شباب شبان, خبير خبراء, عالم علماء, تاجر تجار, زائر زوار, حاج حجاج, ضابط ضباط, أسير أسرى, قتيل قتلى, جريح جرحى
ضحية ضحايا, شهيد شهداء, بطل أبطال, لقب ألقاب, وسام أوسمة, لوحة لوحات, صورة صور, خبر أخبار, رقم أرقام
وزير وزراء, رئيس رؤساء, زعيم زعماء, قائد قادة, عضو أعضاء, جريمة جرائم, عقد عقود, بند بنود, شرط شروط
منصب مناصب, فرصة فرص, سعر أسعار, ثمن أثمان, رسم رسوم, مشروع مشاريع, برنامج برامج, خطة خطط, مبلغ مبالغ, سهم أسهم
محصول محاصيل, بئر آبار, خط خطوط, جهاز أجهزة, هاتف هواتف, درس دروس, موسم مواسم, عرض عروض, نجم نجوم, شعب شعوب
جيش جيوش, أسرة أسر, قبيلة قبائل, نسخة نسخ, وفد وفود, حق حقوق
foot feet, tooth teeth, mouse mice, wife wives, life lives, knife knives, leaf leaves, half halves, thief thieves
journal journaux, animal animaux, cheval chevaux, général généraux, canal canaux, signal signaux, œil yeux
"""


def in_any_words(term: str) -> frozenset[str]:
    """The index term with those of the same thing in the other languages and in the other number."""
    return _others().get(term, frozenset()) | {term}


@cache
def _others() -> dict[str, frozenset[str]]:
    others: dict[str, frozenset[str]] = {}
    for row in (*_THINGS.strip().splitlines(), *_PLURALS.replace("\n", ",").split(",")):
        forms = frozenset(terms(row))
        for form in forms:
            others[form] = others.get(form, frozenset()) | forms
    return others

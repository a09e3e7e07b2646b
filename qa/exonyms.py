"""What nations, their people and cities are called in three languages, where the names don't sound alike: changes
when another one should be known.

``vectorstore.places`` knows the countries' own names; here are the adjectives and cities that no table has.
"""

from functools import cache

from vectorstore.places import Place
from vectorstore.stemming import without_clitics
from vectorstore.text import fold, is_rtl, terms, words

# One place a row, all its names and adjectives; what is inflected regularly stands once.
_ROWS = """
corsica corsican corse كورسيكا كورسيكي
antwerp anvers antwerpen أنفرس أنتويرب
savoy savoie سافوا
sicily sicile صقلية
brittany breton bretonne
slovenia slovenian slovénie slovène سلوفينيا
peru peruvian pérou péruvien بيرو
uganda ugandan ouganda ougandais أوغندا أوغندي
tanzania tanzanian tanzanie tanzanien تنزانيا
zambia zambian zambie zambien زامبيا
bangladesh bangladeshi بنغلادش بنغلاديش
madagascar malagasy malgache مدغشقر
morocco moroccan maroc marocain marocaine المغرب مغربي مغربية
algeria algerian algérie algérien algérienne الجزائر جزائري جزائرية
egypt egyptian égypte égyptien égyptienne مصر مصري مصرية
tunisia tunisian tunisie tunisien tunisienne تونس تونسي تونسية
mauritania mauritanian mauritanie mauritanien موريتانيا موريتاني موريتانية
lebanon lebanese liban libanais libanaise لبنان لبناني لبنانية
syria syrian syrie syrien syrienne سوريا سورية سوري
jordan jordanian jordanie jordanien jordanienne الأردن أردني أردنية
palestine palestinian palestinien palestinienne فلسطين فلسطيني فلسطينية
israel israeli israël israélien israélienne إسرائيل إسرائيلي إسرائيلية
iraq iraqi irak irakien irakienne العراق عراقي عراقية
saudi saoudite saoudien saoudienne arabia arabie السعودية سعودي
emirates emirati émirats émirati émirien الإمارات إماراتي إماراتية uae
qatar qatari qatarien qatarienne قطر قطري قطرية
yemen yemeni yémen yéménite اليمن يمني يمنية
libya libyan libye libyen libyenne ليبيا ليبي ليبية
sudan sudanese soudan soudanais soudanaise السودان سوداني سودانية
turkey turkish türkiye turquie turc turque تركيا تركي تركية
iran iranian iranien iranienne إيران إيراني إيرانية
france french français française فرنسا فرنسي فرنسية
spain spanish espagne espagnol espagnole إسبانيا إسباني إسبانية أسبانيا
portugal portuguese portugais portugaise البرتغال برتغالي برتغالية
germany german allemagne allemand allemande ألمانيا ألماني ألمانية
italy italian italie italien italienne إيطاليا إيطالي إيطالية
belgium belgian belgique belge بلجيكا بلجيكي بلجيكية
netherlands dutch néerlandais néerlandaise هولندا هولندي هولندية
switzerland swiss suisse سويسرا سويسري سويسرية
austria austrian autriche autrichien النمسا نمساوي نمساوية
greece greek grèce grec grecque اليونان يوناني يونانية
hungary hungarian hongrie hongrois hongroise المجر مجري هنغاريا
poland polish pologne polonais polonaise بولندا بولندي بولندية
sweden swedish suède suédois suédoise السويد سويدي سويدية
norway norwegian norvège norvégien النرويج نرويجي نرويجية
russia russian russie russe روسيا روسي روسية
ukraine ukrainian ukrainien ukrainienne أوكرانيا أوكراني أوكرانية
britain british bretagne britannique بريطانيا بريطاني بريطانية uk
england english angleterre anglais anglaise إنجلترا إنجليزي إنجليزية
america american amérique américain américaine أمريكا أمريكي أمريكية أميركا أميركي أميركية
china chinese chine chinois chinoise الصين صيني صينية
india indian inde indien indienne الهند هندي هندية
japan japanese japon japonais japonaise اليابان ياباني يابانية
korea korean corée coréen coréenne كوريا كوري كورية
brazil brazilian brésil brésilien البرازيل برازيلي برازيلية
senegal senegalese sénégal sénégalais السنغال سنغالي سنغالية
kenya kenyan kényan kényane كينيا كيني كينية
nigeria nigerian nigérian nigériane نيجيريا نيجيري نيجيرية
ethiopia ethiopian éthiopie éthiopien إثيوبيا إثيوبي إثيوبية
somalia somali somalien somalienne الصومال صومالي صومالية
mali malian malien malienne
ghana ghanaian ghanéen ghanéenne غانا غاني غانية
cameroon cameroonian cameroun camerounais الكاميرون كاميروني كاميرونية
canada canadian canadien canadienne كندا كندي كندية
mexico mexican mexique mexicain mexicaine المكسيك مكسيكي مكسيكية
argentina argentine argentinian argentin الأرجنتين أرجنتيني أرجنتينية
colombia colombian colombie colombien كولومبيا كولومبي كولومبية
chile chilean chili chilien تشيلي تشيلية
venezuela venezuelan vénézuélien فنزويلا فنزويلي فنزويلية
cuba cuban cubain cubaine كوبا كوبي كوبية
australia australian australie australien أستراليا أسترالي أسترالية
pakistan pakistani pakistanais pakistanaise باكستان باكستاني باكستانية
afghanistan afghan afghane أفغانستان أفغاني أفغانية
indonesia indonesian indonésie indonésien إندونيسيا إندونيسي إندونيسية
malaysia malaysian malaisie malaisien ماليزيا ماليزي ماليزية
vietnam vietnamese vietnamien vietnamienne فيتنام فيتنامي فيتنامية
thailand thai thaïlande thaïlandais تايلاند تايلاندي تايلاندية
denmark danish danemark danois danoise الدنمارك دنماركي دنماركية
finland finnish finlande finlandais finlandaise فنلندا فنلندي فنلندية
ireland irish irlande irlandais irlandaise إيرلندا أيرلندا إيرلندي أيرلندي
scotland scottish écosse écossais écossaise اسكتلندا اسكتلندي اسكتلندية
romania romanian roumanie roumain roumaine رومانيا
croatia croatian croatie croate كرواتيا كرواتي كرواتية
serbia serbian serbie serbe صربيا صربي صربية
kuwait kuwaiti koweït koweïtien الكويت كويتي كويتية
oman omani omanais omanaise عماني عمانية
bahrain bahraini bahreïn bahreïni البحرين بحريني بحرينية
ivory ivoire ivoirien ivoirienne كوت ديفوار إيفواري إيفوارية العاج
africa african afrique africain africaine إفريقيا أفريقيا إفريقي إفريقية أفريقي أفريقية
europe european européen européenne أوروبا أوروبي أوروبية
arab arabic arabe العربي العربية عربي عربية
lyon lyons ليون
luxor louxor الأقصر
casablanca البيضاء
tangier tanger طنجة
fez fès fes فاس
marrakech marrakesh مراكش
dhabi أبوظبي ظبي
cairo caire القاهرة
algiers alger
damascus damas دمشق
jerusalem jérusalem القدس
mecca mecque مكة
alexandria alexandrie الإسكندرية
beirut beyrouth بيروت
london londres لندن
moscow moscou موسكو
brussels bruxelles بروكسل
geneva genève جنيف
vienna vienne فيينا
lisbon lisbonne لشبونة
seville séville إشبيلية
athens athènes أثينا
agadir أكادير أغادير
rabat الرباط
doha الدوحة
riyadh riyad الرياض
baghdad bagdad بغداد
nouakchott نواكشوط
istanbul إسطنبول
madrid مدريد
barcelona barcelone برشلونة
munich münchen ميونيخ ميونخ
cologne köln كولونيا
hamburg hambourg هامبورغ
frankfurt francfort فرانكفورت
milan milano ميلانو
naples napoli نابولي
turin torino تورينو
warsaw varsovie وارسو
prague براغ
budapest بودابست
bucharest bucarest بوخارست
copenhagen copenhague كوبنهاغن
stockholm ستوكهولم
kyiv kiev كييف
beijing pékin
seoul séoul سيول
tokyo طوكيو
tehran téhéran طهران
kabul kaboul كابول
khartoum الخرطوم
paris باريس
rome roma روما
berlin برلين
washington واشنطن
versailles فرساي
marseille marseilles مرسيليا
hague haye لاهاي
rhine rhin الراين
danube الدانوب
atlas الأطلس
unesco اليونسكو
unicef اليونيسف اليونيسيف
opec opep أوبك
nato otan الناتو
fifa فيفا
"""


@cache
def _places() -> dict[str, frozenset[str]]:
    """The row of each index term."""
    known: dict[str, frozenset[str]] = {}
    for row in _ROWS.strip().splitlines():
        # Stemmed with the article and without: the first letters of «ألماني» are taken for one.
        arabic = " ".join(f"ال{word}" for word in row.split() if is_rtl(word))
        of_row = frozenset(terms(f"{row} {arabic}"))
        for term in of_row:
            known[term] = known.get(term, frozenset()) | of_row
    return known


@cache
def _arabic_words() -> frozenset[str]:
    words = (fold(word) for word in _ROWS.split())
    return frozenset(each for word in words if not word.isascii() for each in (word, without_clitics(word)))


def is_arabic_place(word: str) -> bool:
    """Whether an Arabic word is one of these names as it stands; stems alone are shared with too many others."""
    return bool(_arabic_words() & {fold(word), without_clitics(fold(word))})


def place_terms(word: str) -> frozenset[str]:
    """The index terms of all names of the place that ``word`` names; empty where it names none that is known."""
    return frozenset[str]().union(*(_places().get(term, frozenset()) for term in terms(word)))


@cache
def _without_endings() -> frozenset[str]:
    return frozenset(fold(word).rstrip("se") for word in _ROWS.split())


def _may_be_nation(word: str) -> bool:
    """Whether a word in Latin script may name one: with a small letter only as listed, since "dams" has a stem of
    Damascus.
    """
    return not is_rtl(word) and (word[0].isupper() or fold(word).rstrip("se") in _without_endings())


def nations_in(text: str) -> list[Place]:
    """The nations, adjectives of nations and cities that ``text`` names and that are called otherwise elsewhere.

    None counts as a country: "the Spanish police" may be told of where Spain isn't named.
    """
    said = dict.fromkeys(text[span.start : span.end] for span in words(text))
    known = {word: place_terms(word) for word in said if is_arabic_place(word) or _may_be_nation(word)}
    return [
        Place(word, frozenset(frozenset((term,)) for term in of_place), country=False)
        for word, of_place in known.items()
        if of_place
    ]

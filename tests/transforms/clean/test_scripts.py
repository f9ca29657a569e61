"""Texts in languages beyond the seven, and in other scripts: their heads are read as those of the seven are."""

import pytest

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.extract.extract import extract
from copydesk.transforms.records import Payload

RULES = load_rules()
TEXTS = {
    "ja": (
        "最後の灯台守、島を離れる\n"
        "松岡大地\n"
        "2024年3月12日 14時20分\n"
        "北の小島で四十年、灯台を守ってきた佐々木一郎さんが十日、島を離れた。\n"
        "「寂しいけれど、腰がもう無理です」と笑った。\n"
        "島の住民は十二人。食料の寄付をお願いする張り紙が港に残る。\n"
        "来月からは無人になる。\n"
    ),
    "ja2": (
        "最後の灯台守、島を離れる\n"
        "\n"
        "北の小島で四十年、灯台を守ってきた佐々木一郎さんが十日、島を離れた。灯台は来月から無人になる。\n"
        "\n"
        "「寂しいけれど、腰がもう無理です」と笑った。島の住民は十二人。食料の寄付をお願いする張り紙が港に残る。\n"
    ),
    "zh": (
        "最后的灯塔守望者离开小岛\n"
        "记者 王小明\n"
        "2024年3月12日\n"
        "在北方小岛守了四十年灯塔的李大山十日离开了小岛。灯塔从下个月起将无人值守。\n"
        "“有点舍不得，可是腰不行了。”他笑着说。\n"
        "岛上只有十二名居民，港口还贴着募集粮食的告示。\n"
    ),
    "ko": (
        "마지막 등대지기, 섬을 떠나다\n"
        "김민수 기자\n"
        "입력 2024.03.12 14:20\n"
        "북쪽 작은 섬에서 사십 년 동안 등대를 지켜 온 박일호 씨가 십일 섬을 떠났다. 등대는 다음 달부터 무인으로 운영된다.\n"
        "“아쉽지만 허리가 말을 듣지 않는다”고 그는 웃으며 말했다.\n"
        "섬 주민은 열두 명이다. 항구에는 식량 기부를 부탁하는 벽보가 남아 있다.\n"
    ),
    "ar": (
        "آخر حارس للمنارة يغادر الجزيرة\n"
        "كتب: أحمد سالم\n"
        "12 مارس 2024\n"
        "غادر حارس المنارة سامي خليل الجزيرة الصغيرة في الشمال بعد أربعين عاما من العمل فيها يوم العاشر من الشهر.\n"
        'وقال وهو يضحك: "يؤلمني الفراق لكن ظهري لم يعد يحتمل".\n'
        "يعيش في الجزيرة اثنا عشر شخصا، وما زالت في الميناء لافتة تطلب التبرع بالطعام.\n"
    ),
    "hi": (
        "आख़िरी प्रकाशस्तंभ रक्षक ने द्वीप छोड़ा\n"
        "रमेश कुमार\n"
        "12 मार्च 2024\n"
        "उत्तर के छोटे द्वीप पर चालीस साल तक प्रकाशस्तंभ की देखभाल करने वाले मोहन लाल ने दस तारीख को द्वीप छोड़ दिया।\n"
        'उन्होंने हंसते हुए कहा, "दुख तो है, पर कमर अब साथ नहीं देती।"\n'
        "द्वीप पर बारह लोग रहते हैं और बंदरगाह पर अनाज के दान की अपील लगी है।\n"
    ),
    "ru": (
        "Последний смотритель маяка покидает остров\n"
        "Анна Петрова\n"
        "12 марта 2024, 14:20\n"
        "Смотритель маяка Иван Сомов, проработавший на северном острове сорок лет, покинул его десятого марта. Со следующего месяца маяк будет работать без людей.\n"
        "«Жаль, но спина больше не позволяет», — сказал он со смехом.\n"
        "На острове живут двенадцать человек, а в порту висит объявление с просьбой о продуктах.\n"
    ),
    "th": (
        "คนเฝ้าประภาคารคนสุดท้ายอำลาเกาะ\n"
        "12 มีนาคม 2567\n"
        "นายสมชาย ใจดี ซึ่งเฝ้าประภาคารบนเกาะเล็กทางเหนือมาสี่สิบปี ได้ออกจากเกาะเมื่อวันที่สิบ ประภาคารจะไม่มีคนดูแลตั้งแต่เดือนหน้า\n"
        'เขาหัวเราะและบอกว่า "ใจหาย แต่หลังไม่ไหวแล้ว"\n'
        "บนเกาะมีผู้อยู่อาศัยสิบสองคน และที่ท่าเรือยังมีป้ายขอรับบริจาคอาหาร\n"
    ),
    "el": (
        "Ο τελευταίος φαροφύλακας φεύγει από το νησί\n"
        "ΑΝΝΑ ΠΑΠΑ\n"
        "12 Μαρτίου 2024\n"
        "Ο φαροφύλακας Νίκος Δήμου, που φύλαγε τον φάρο στο μικρό νησί του βορρά επί σαράντα χρόνια, έφυγε στις δέκα του μηνός.\n"
        "«Λυπάμαι, αλλά η μέση μου δεν αντέχει άλλο», είπε γελώντας.\n"
        "Στο νησί ζουν δώδεκα άνθρωποι και στο λιμάνι υπάρχει ανακοίνωση που ζητά τρόφιμα.\n"
    ),
    "he": (
        "שומר המגדלור האחרון עוזב את האי\n"
        "דנה לוי\n"
        "12 במרץ 2024\n"
        "שומר המגדלור משה כהן, ששמר על המגדלור באי הקטן שבצפון ארבעים שנה, עזב אותו בעשרה בחודש.\n"
        '"חבל לי, אבל הגב כבר לא מחזיק", אמר וצחק.\n'
        "באי גרים שנים עשר איש, ובנמל תלויה מודעה המבקשת תרומת מזון.\n"
    ),
    "pl": (
        "Ostatni latarnik opuszcza wyspę\n"
        "Autor: Marta Zielińska\n"
        "12 marca 2024, 14:20\n"
        "Latarnik Jan Kos, który przez czterdzieści lat pilnował latarni na małej wyspie na północy, opuścił ją dziesiątego marca.\n"
        "„Żal mi, ale plecy już nie dają rady” - powiedział ze śmiechem.\n"
        "Na wyspie mieszka dwanaście osób, a w porcie wisi ogłoszenie z prośbą o żywność.\n"
    ),
    "sv": (
        "Den siste fyrvaktaren lämnar ön\n"
        "Av Anna Berg\n"
        "Publicerad 12 mars 2024 kl. 14.20\n"
        "Fyrvaktaren Nils Ek, som i fyrtio år skött fyren på den lilla ön i norr, lämnade den den tionde mars.\n"
        "”Det är sorgligt, men ryggen orkar inte mer”, säger han och skrattar.\n"
        "På ön bor tolv personer, och i hamnen sitter en lapp som ber om mat.\n"
    ),
    "no": (
        "Den siste fyrvokteren forlater øya\n"
        "Tekst: Kari Lund\n"
        "Publisert 12.03.2024 14:20\n"
        "Fyrvokter Nils Ek, som i førti år har passet fyret på den lille øya i nord, forlot den den tiende mars.\n"
        "– Det er trist, men ryggen orker ikke mer, sier han og ler.\n"
        "På øya bor tolv mennesker, og på kaia henger en lapp som ber om mat.\n"
    ),
    "da": (
        "Den sidste fyrpasser forlader øen\n"
        "Af Mette Holm\n"
        "12. marts 2024 kl. 14:20\n"
        "Fyrpasser Niels Ek, der i fyrre år har passet fyret på den lille ø mod nord, forlod den den tiende marts.\n"
        "»Det er trist, men ryggen kan ikke mere,« siger han og griner.\n"
        "På øen bor tolv mennesker, og på havnen hænger en seddel, der beder om mad.\n"
    ),
    "fi": (
        "Viimeinen majakanvartija jättää saaren\n"
        "Anna Virtanen\n"
        "12.3.2024 klo 14.20\n"
        "Majakanvartija Niilo Ek, joka hoiti majakkaa pienellä pohjoisella saarella neljäkymmentä vuotta, jätti sen kymmenentenä päivänä.\n"
        "”Ikävä tulee, mutta selkä ei enää kestä”, hän sanoo ja nauraa.\n"
        "Saarella asuu kaksitoista ihmistä, ja satamassa on ilmoitus, jossa pyydetään ruokaa.\n"
    ),
    "cs": (
        "Poslední strážce majáku opouští ostrov\n"
        "Jana Nováková\n"
        "12. března 2024 14:20\n"
        "Strážce majáku Jan Kos, který se čtyřicet let staral o maják na malém severním ostrově, ho desátého března opustil.\n"
        "„Je mi to líto, ale záda už nevydrží,“ řekl se smíchem.\n"
        "Na ostrově žije dvanáct lidí a v přístavu visí výzva ke sbírce potravin.\n"
    ),
    "hu": (
        "Az utolsó világítótorony-őr elhagyja a szigetet\n"
        "Szerző: Kovács Anna\n"
        "2024. március 12. 14:20\n"
        "Kiss János világítótorony-őr, aki negyven évig vigyázta a tornyot az északi kis szigeten, tizedikén elhagyta azt.\n"
        "„Sajnálom, de a hátam már nem bírja” – mondta nevetve.\n"
        "A szigeten tizenketten élnek, és a kikötőben felhívás kér élelmiszert.\n"
    ),
    "ro": (
        "Ultimul paznic al farului părăsește insula\n"
        "de Ana Popescu\n"
        "12 martie 2024, 14:20\n"
        "Paznicul farului Ion Mare, care a îngrijit patruzeci de ani farul de pe mica insulă din nord, a plecat pe zece martie.\n"
        "„Îmi pare rău, dar spatele nu mai ține”, a spus el râzând.\n"
        "Pe insulă trăiesc doisprezece oameni, iar în port atârnă un anunț care cere alimente.\n"
    ),
    "tr": (
        "Son deniz feneri bekçisi adadan ayrılıyor\n"
        "Elif Karaca\n"
        "12 Mart 2024 14:20\n"
        "Kuzeydeki küçük adada kırk yıl boyunca fenere bakan bekçi Ali Kaya, ayın onunda adadan ayrıldı.\n"
        "“Üzgünüm ama belim artık dayanmıyor” dedi gülerek.\n"
        "Adada on iki kişi yaşıyor ve limanda gıda bağışı isteyen bir ilan asılı.\n"
    ),
    "id": (
        "Penjaga mercusuar terakhir meninggalkan pulau\n"
        "Penulis: Siti Rahma\n"
        "Selasa, 12 Maret 2024 14:20 WIB\n"
        "Penjaga mercusuar Budi Santoso, yang empat puluh tahun menjaga mercusuar di pulau kecil di utara, meninggalkan pulau itu pada tanggal sepuluh.\n"
        '"Sedih, tetapi punggung saya sudah tidak kuat," katanya sambil tertawa.\n'
        "Di pulau itu tinggal dua belas orang, dan di pelabuhan tergantung pengumuman yang meminta makanan.\n"
    ),
    "vi": (
        "Người gác hải đăng cuối cùng rời đảo\n"
        "Nguyễn Văn An\n"
        "12/03/2024 14:20\n"
        "Ông Trần Văn Bình, người gác ngọn hải đăng trên hòn đảo nhỏ phía bắc suốt bốn mươi năm, đã rời đảo hôm mùng mười.\n"
        '"Tiếc lắm, nhưng lưng tôi không chịu nổi nữa", ông cười nói.\n'
        "Trên đảo có mười hai người sinh sống, và ở cảng còn treo bảng kêu gọi quyên góp lương thực.\n"
    ),
    "uk": (
        "Останній доглядач маяка залишає острів\n"
        "Олена Коваль\n"
        "12 березня 2024, 14:20\n"
        "Доглядач маяка Іван Сом, який сорок років пильнував маяк на малому північному острові, залишив його десятого березня.\n"
        "«Шкода, але спина вже не витримує», — сказав він зі сміхом.\n"
        "На острові живуть дванадцять людей, а в порту висить оголошення з проханням про їжу.\n"
    ),
    "hr": (
        "Posljednji svjetioničar napušta otok\n"
        "Piše: Ana Horvat\n"
        "12. ožujka 2024. u 14:20\n"
        "Svjetioničar Ivan Kos, koji je četrdeset godina čuvao svjetionik na malom sjevernom otoku, napustio ga je desetog ožujka.\n"
        "„Žao mi je, ali leđa više ne mogu”, rekao je kroz smijeh.\n"
        "Na otoku živi dvanaest ljudi, a u luci visi oglas koji traži hranu.\n"
    ),
    "ca": (
        "L'últim faroner deixa l'illa\n"
        "Marta Puig\n"
        "12 de març de 2024\n"
        "El faroner Joan Mar, que durant quaranta anys va cuidar el far de la petita illa del nord, la va deixar el dia deu.\n"
        "«Em sap greu, però l'esquena ja no aguanta», va dir rient.\n"
        "A l'illa hi viuen dotze persones i al port penja un cartell que demana menjar.\n"
    ),
}
AUTHORS = {
    "pl": "Marta Zielińska",
    "sv": "Anna Berg",
    "no": "Kari Lund",
    "da": "Mette Holm",
    "fi": "Anna Virtanen",
    "cs": "Jana Nováková",
    "hu": "Kovács Anna",
    "ro": "Ana Popescu",
    "tr": "Elif Karaca",
    "id": "Siti Rahma",
    "vi": "Nguyễn Văn An",
    "uk": "Олена Коваль",
    "hr": "Ana Horvat",
    "ca": "Marta Puig",
    "ja": "松岡大地",
    "zh": "王小明",
    "ko": "김민수",
    "ar": "أحمد سالم",
    "hi": "रमेश कुमार",
    "ru": "Анна Петрова",
    "el": "Αννα Παπα",
    "he": "דנה לוי",
}


@pytest.mark.parametrize("language", TEXTS)
def test_head(language: str) -> None:
    """Title, name and time above a story are read in any language, and no line of the story leaves with them."""
    lines = [line for line in TEXTS[language].splitlines() if line]
    cleaned = clean(extract(Payload(TEXTS[language], "text/plain")), rules=RULES)
    names = (AUTHORS[language],) if language in AUTHORS else ()
    assert (cleaned.readings.title, cleaned.readings.authors) == (lines[0], names)
    stands_above = 1 + (language in AUTHORS) + any("2024" in line or "2567" in line for line in lines)
    assert cleaned.body.split("\n\n") == lines[stands_above:]

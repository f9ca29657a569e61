"""Each language is whole: what one can say of a day, all can, and none is read as another."""

import re
from datetime import UTC, datetime
from itertools import combinations

import pytest

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates
from copydesk.transforms.dates.read_date import read_dates
from copydesk.transforms.dates.read_relative import read_relative
from copydesk.transforms.languages.load_language import function_words, languages, load_language

LANGUAGES = languages()
NEEDED = ["P0D", "-P1D", "-P1W", "P1W", "-P1M"]
"""Not tomorrow: in three languages its word is also the morning."""
SENTENCES = {
    "de": ("Die Brücke wurde am Dienstag gesperrt, und gestern regnete es.", ["-W-2", "-P1D"]),
    "fr": ("Le pont a fermé mardi, et hier il a plu.", ["-W-2", "-P1D"]),
    "es": ("El puente cerró el martes y ayer llovió.", ["-W-2", "-P1D"]),
    "it": ("Il ponte è stato chiuso martedì, e ieri pioveva.", ["-W-2", "-P1D"]),
    "pt": ("A ponte fechou na terça-feira e ontem choveu.", ["-W-2", "-P1D"]),
    "nl": ("De brug ging dinsdag dicht, en gisteren regende het.", ["-W-2", "-P1D"]),
    "hi": ("पुल मंगलवार को बंद हुआ और आज खुला।", ["-W-2", "P0D"]),
    "sv": ("Bron stängdes i tisdags och öppnar i morgon.", ["-W-2", "P1D"]),
    "da": ("Broen blev lukket tirsdag, og i går kom regnen.", ["-W-2", "-P1D"]),
    "no": ("Broen ble stengt tirsdag, og i går kom regnet.", ["-W-2", "-P1D"]),
    "fi": ("Silta suljettiin tiistaina ja eilen satoi.", ["-W-2", "-P1D"]),
    "pl": ("Most zamknięto w środę, a w marcu go otwarto.", ["-W-3", "--03"]),
    "cs": ("Most zavřeli ve středu a v březnu otevřeli.", ["-W-3", "--03"]),
    "ro": ("Podul a fost închis marți, iar ieri a plouat trei luni.", ["-W-2", "-P1D"]),
    "hu": ("A hidat kedden zárták le, tegnap esett.", ["-W-2", "-P1D"]),
    "tr": ("Köprü Salı günü kapandı, dün açıldı.", ["-W-2", "-P1D"]),
    "ru": ("Мост закрыли во вторник, а в марте открыли.", ["-W-2", "--03"]),
    "uk": ("Міст закрили у вівторок, а вчора відкрили.", ["-W-2", "-P1D"]),
    "el": ("Η γέφυρα έκλεισε την Τρίτη, την τρίτη φορά, και χθες άνοιξε.", ["-W-2", "-P1D"]),
    "ca": ("El pont es va tancar dimarts i ahir es va obrir.", ["-W-2", "-P1D"]),
    "ar": ("أغلق الجسر يوم الثلاثاء وهطل المطر أمس.", ["-W-2", "-P1D"]),
    "bg": ("Мостът беше затворен във вторник, а вчера валя.", ["-W-2", "-P1D"]),
    "he": ("הגשר נסגר ביום שלישי, אתמול ירד גשם.", ["-W-2", "-P1D"]),
    "hr": ("Most je zatvoren u utorak, a jučer je padala kiša.", ["-W-2", "-P1D"]),
    "id": ("Jembatan ditutup pada Selasa, dan kemarin hujan.", ["-W-2", "-P1D"]),
    "sk": ("Most zatvorili v utorok a včera pršalo.", ["-W-2", "-P1D"]),
    "sl": ("Most so zaprli v torek, včeraj je deževalo.", ["-W-2", "-P1D"]),
    "th": ("เมื่อวานนี้ สะพานปิด วันอังคาร", ["-W-2", "-P1D"]),
    "lt": ("Tiltas uždarytas antradienį, o vakar lijo.", ["-W-2", "-P1D"]),
    "lv": ("Tilts slēgts otrdien, un vakar lija.", ["-W-2", "-P1D"]),
    "et": ("Sild suleti teisipäeval ja eile sadas.", ["-W-2", "-P1D"]),
    "sr": ("Мост је затворен у уторак, а јуче је падала киша.", ["-W-2", "-P1D"]),
    "bn": ("সেতুটি মঙ্গলবার বন্ধ হয়, গতকাল বৃষ্টি হয়েছে।", ["-W-2", "-P1D"]),
    "ms": ("Jambatan ditutup pada Selasa dan semalam hujan.", ["-W-2", "-P1D"]),
    "sw": ("Daraja lilifungwa Jumanne na jana mvua ilinyesha.", ["-W-2", "-P1D"]),
    "ur": ("پل منگل کو بند ہوا اور گزشتہ روز بارش ہوئی۔", ["-W-2", "-P1D"]),
    "ta": ("பாலம் செவ்வாய்க்கிழமை மூடப்பட்டது, நேற்று மழை பெய்தது.", ["-W-2", "-P1D"]),
    "kk": ("Көпір сейсенбі күні жабылды, кеше жаңбыр жауды.", ["-W-2", "-P1D"]),
    "az": ("Körpü çərşənbə axşamı bağlandı, dünən yağış yağdı.", ["-W-2", "-P1D"]),
    "EN_us": ("The bridge closed on Tuesday and opened in March.", ["-W-2", "--03"]),
    "nb-NO": ("Broen ble stengt tirsdag.", ["-W-2"]),
}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_is_whole(code: str) -> None:
    """Twelve months, seven weekdays, today, yesterday and the weeks beside: none of them another."""
    words = load_language(code)
    assert words is not None
    assert sorted(set(words.months.values())) == list(range(1, 13))
    assert sorted(set(words.weekdays.values())) == list(range(1, 8))
    assert set(NEEDED) <= set(words.relative.values())
    forms = [*words.months, *words.weekdays, *words.relative]
    assert len(forms) == len(set(forms))
    assert forms == [form.lower().strip() for form in forms]


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_dates_an_article(code: str) -> None:
    """Every form of a month makes a date, and of `published X | updated Y` on one line X is the day."""
    words = load_language(code)
    assert words is not None
    for name, month in (*words.months.items(), *words.short_months.items()):
        readings = [found.reading for found in read_dates(f"4 {name}. 2024")]
        days = {(one.month, one.day) for reading in readings for one in (reading, reading.swapped) if one}
        assert (month, 4) in days, name
    labels = {kind: _plain(forms) for kind, forms in (("born", words.published), ("changed", words.modified))}
    for month in range(1, 13):
        name = next(form for form, number in words.months.items() if number == month)
        born, changed = f"4 {name} 2024, 09:15", f"6 {name} 2024, 10:15"
        for line in (
            f"{labels['born']} {born} | {labels['changed']} {changed}",
            f"{labels['changed']}: {changed} - {labels['born']}: {born}",
        ):
            source = f'<html lang="{code}"><body><h1>Millmoor: 17 000</h1><p>{line}</p></body></html>'
            found = find_dates(DateInput(html=source, fetched_at=datetime(2026, 1, 1, tzinfo=UTC)))
            assert found.published_on == f"2024-{month:02d}-04", line
            assert found.published_local_at == datetime(2024, month, 4, 9, 15), line  # noqa: DTZ001


def _plain(forms: tuple[str, ...]) -> str:
    """Return a label without what may be added to it: the first form, each group of choices by its first."""
    form = re.sub(r"\(\?:([^|)]*)[^)]*\)\??", r"\1", forms[0]).replace("\\w*", "").replace("\\w+", "ed")
    return re.sub(r"\[(.)[^]]*\]\??|(\w)\?", r"\1", form).strip().capitalize()


@pytest.mark.parametrize(("code", "said"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_read_in_its_language(code: str, said: tuple[str, list[str]]) -> None:
    """Inflected weekdays and months are found, and words that only look alike are not."""
    text, values = said
    assert sorted(found.reading.value for found in read_relative(text, code)) == sorted(values)


def test_each_language_has_a_sentence() -> None:
    """What is held of a language is read in a sentence of its own: a copy of another's file is none."""
    assert {load_language(code) for code in SENTENCES} == {load_language(code) for code in LANGUAGES}


def test_no_language_has_the_function_words_of_another() -> None:
    """Three quarters of a list are no other language's; Danish and Norwegian share more than two thirds."""
    words = {code: set(each.split()) for code, each in function_words().items()}
    for (one, of_one), (other, of_other) in combinations(words.items(), 2):
        assert len(of_one & of_other) < 0.75 * min(len(of_one), len(of_other)), f"{one} is {other}"


@pytest.mark.parametrize("code", ["sq", "ja", "xx", "?", "tlh"])
def test_a_language_that_is_not_known_is_not_read_as_another(code: str) -> None:
    """`Monday` in a text of another language is a name, a song, a quotation."""
    assert list(read_relative("on Monday, yesterday, in March", code)) == []


def test_a_text_of_no_language_is_read_as_english() -> None:
    """Short texts have none that could be told."""
    assert [found.reading.value for found in read_relative("It fell on Monday.", None)] == ["-W-1"]

"""Each language is whole: what one can say of a day, all can, and none is read as another."""

from importlib.resources import files

import pytest

from transforms.dates.load_language import load_language
from transforms.dates.read_relative import read_relative

LANGUAGES = sorted(
    path.name.removesuffix(".toml") for path in (files("transforms.dates") / "languages").iterdir()
)
NEEDED = ["P0D", "-P1D", "-P1W", "P1W", "-P1M"]
"""Not tomorrow: in three languages its word is also the morning."""
SENTENCES = {
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


@pytest.mark.parametrize(("code", "said"), SENTENCES.items(), ids=SENTENCES)
def test_a_sentence_is_read_in_its_language(code: str, said: tuple[str, list[str]]) -> None:
    """Inflected weekdays and months are found, and words that only look alike are not."""
    text, values = said
    assert sorted(found.reading.value for found in read_relative(text, code)) == sorted(values)


@pytest.mark.parametrize("code", ["sk", "ja", "xx", "?", "tlh"])
def test_a_language_that_is_not_known_is_not_read_as_another(code: str) -> None:
    """`Monday` in a text of another language is a name, a song, a quotation."""
    assert list(read_relative("on Monday, yesterday, in March", code)) == []


def test_a_text_of_no_language_is_read_as_english() -> None:
    """Short texts have none that could be told."""
    assert [found.reading.value for found in read_relative("It fell on Monday.", None)] == ["-W-1"]

"""Labels mean what browsers take them for, and no text is read in an encoding that nobody can be sure of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.transforms.charsets.decode import _NAMES, charset_of, decode
from copydesk.transforms.charsets.detect_charset import detect_charset


@pytest.mark.parametrize(
    ("label", "content", "text"),
    [
        ("shift_jis", b"\x87\x40\xfb\xfc", "①髙"),
        ("x-sjis", b"\x87\x40\xfb\xfc", "①髙"),
        ("windows-31j", b"\xed\x95", "﨑"),
        ("EUC-JP", b"\xad\xa1\xfc\xe2\x8e\xb6\xb9\xc1", "①髙ｶ港"),
        ("csISO2022JP", b"\x1b$B9A\x1b(B 1 \x1b(I6\x1b(B", "港 1 ｶ"),
        ("euc-kr", b"\x8cc\xb0\xa1", "똠가"),
        ("ks_c_5601-1987", b"\x8cc", "똠"),
        ("gb2312", b"\xa8\xba\xd6\xd0", "ê中"),
        ("x-gbk", b"\x8fF", "廎"),
        ("big5", b"\xb4\xe4\x87\x40", "港䏰"),
        (" Latin1\n", b"\x93ok\x94 \x80", "“ok” €"),
        ("us-ascii", b"\x92", "’"),
        ("iso-8859-9", b"\xdd\xfe\x80", "İş€"),
        ("tis-620", b"\xa1\xd2\x80", "กา€"),
        ("unicode", b"a\x00", "a"),
        ("x-user-defined", b"a\x80\xff", "a\uf780\uf7ff"),
        ("iso-8859-8-i", b"\xf9", "ש"),
    ],
)
def test_a_label_means_what_browsers_take_it_for(label: str, content: bytes, text: str) -> None:
    """Signs of vendors, syllables of UHC and Windows' own quotation marks survive under the labels of the web."""
    charset = charset_of(label)
    assert charset is not None
    assert decode(content, charset) == text


def test_every_encoding_of_the_standard_decodes() -> None:
    """All 228 labels name one of 40 encodings, and each of these but `replacement` reads ASCII as it stands."""
    assert (len(_NAMES), len(set(_NAMES.values()))) == (228, 40)
    for charset in set(_NAMES.values()) - {"replacement"}:
        plain = "Ferry 12\n".encode({"utf-16le": "utf-16-le", "utf-16be": "utf-16-be"}.get(charset, "ascii"))
        assert decode(plain, charset) == "Ferry 12\n"
    assert charset_of("hz-gb-2312") == "replacement"
    assert charset_of("x-no-such") is None


@given(st.text("港町議会は火曜日、①髙ABC 12\n", max_size=30))
def test_japanese_in_three_encodings_is_one_text(text: str) -> None:
    """What EUC-JP says in two bytes is what Shift_JIS says, cell by cell."""
    plain = text.replace("①", "").replace("髙", "")
    assert decode(plain.encode("euc_jp"), "euc-jp") == plain
    assert decode(plain.encode("iso2022_jp"), "iso-2022-jp") == plain
    assert decode(text.encode("cp932"), "shift_jis") == text


PROSE = {
    "windows-1252": ("cp1252", "Der Hafenrat beschloß am Dienstag, das Fährhaus für „zehn Jahre“ zu erhalten. Über die Kosten wird später entschieden, sagte die Bürgermeisterin."),
    "iso-8859-2": ("iso8859-2", "Rada přístavu v úterý rozhodla, že starý trajekt zůstane v provozu. Žádný jiný přívoz přes řeku není, řekla starostka města, a lidé jej potřebují každý den."),
    "windows-1251": ("cp1251", "Городской совет во вторник решил сохранить старый паромный причал. Паромная компания перевозит около девяноста тысяч человек в год."),
    "koi8-r": ("koi8-r", "Городской совет во вторник решил сохранить старый паромный причал. Паромная компания перевозит около девяноста тысяч человек в год."),
    "shift_jis": ("cp932", "港町議会は火曜日、古いフェリーターミナルを残すことを決めた。①ポンプの交換②屋根の修理が必要だと髙橋町長は述べた。"),
    "euc-jp": ("euc_jp", "港町議会は火曜日、古いフェリーターミナルを残すことを決めた。ポンプの交換と屋根の修理が必要だと町長は述べた。"),
    "iso-2022-jp": ("iso2022_jp", "港町議会は火曜日、古いフェリーターミナルを残すことを決めた。"),
    "gb18030": ("gb18030", "港口市议会星期二决定保留旧渡轮码头。市长说，渡轮公司每年运送约九万人，居民每天都需要它。"),
    "big5": ("big5", "港口市議會週二決定保留舊渡輪碼頭。市長說，渡輪公司每年運送約九萬人，居民每天都需要它。"),
    "euc-kr": ("cp949", "항구 의회는 화요일 오래된 여객선 터미널을 유지하기로 결정했다. 시장은 해마다 구만 명이 배를 탄다고 말했다."),
    "utf-16le": ("utf-16-le", "The harbour council voted on Tuesday to keep the old terminal.\nNinety thousand people cross each year."),
}  # fmt: skip


@pytest.mark.parametrize(("charset", "case"), PROSE.items(), ids=PROSE)
def test_undeclared_prose_is_told_by_its_letters(charset: str, case: tuple[str, str]) -> None:
    """A few sentences are enough to tell the usual encodings of their language."""
    codec, text = case
    found = detect_charset(text.encode(codec))
    assert found is not None
    assert decode(text.encode(codec), found) == text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"caf\xe9", id="too short"),
        pytest.param(bytes(range(128, 256)) * 4, id="every byte there is"),
        pytest.param(
            "Řeka žije".encode("cp1250") + "Řeka žije šťastně".encode("iso8859-2"), id="two encodings"
        ),
    ],
)
def test_where_nobody_can_be_sure_there_is_no_answer(content: bytes) -> None:
    """Text in the wrong encoding is worse than none."""
    assert detect_charset(content) is None

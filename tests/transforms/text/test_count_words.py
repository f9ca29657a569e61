"""How many words a text has, in any script."""

import pytest

from copydesk.transforms.text.count_words import count_words


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Well, it's a well-known U.S. ferry — isn't it?", 8),
        ("“Hello” (world)… • – | ***", 2),
        ("3,4 Mio. Euro", 3),
        ("서울 시의회는 화요일에 표결했다", 4),
        ("नगर परिषद ने मंगलवार को मतदान किया", 7),
        ("پنج‌شنبه شورا رای داد", 4),
        ("促进航天技术更好惠及人民", 6),
        ("市議会は火曜日にフェリーの存続を決めた", 10),
        ("AP 通信 2026", 3),
    ],
)
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    """Signs alone are no words; letters stand for words where no spaces part them."""
    assert count_words(text) == count


def test_thai_is_counted_about_as_its_dictionary_words() -> None:
    """Of a sentence of six words, no more than two are made or lost."""
    assert abs(count_words("สภาเมือง ลงมติ เมื่อ วันอังคาร".replace(" ", "")) - 6) <= 2

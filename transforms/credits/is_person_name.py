"""The one test for the names of people, in the scripts in which news is written."""

import re
from unicodedata import category

from copydesk.transforms.credits.name_office import OFFICE, ORGANISATIONS, name_agency
from copydesk.transforms.dates.date_words import MODIFIED_LABEL, PUBLISHED_LABEL
from copydesk.transforms.rules.fold import fold
from copydesk.transforms.text.words import any_of, words_of

LONGEST_CHARS = 60
MOST_WORDS = 6
_MOST_NAMES = 5
_HAN_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〆]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_IN_NAMES = frozenset("'\u2019\u2018`\u02bb\u02bc.-\u2010\u2011\u00b7\u200c\u200d")
_DOMAIN = re.compile(r"\w\.[a-z]{2,4}\Z")
_PARTICLES = words_of("no_names", "particles")
"""Written small in a name; "in" and "at" stand with places too, and are none here unless a name goes on after them."""
_JOINED = re.compile(
    r"[dl]['\u2019](?=[^\W_])(?-i:[^a-z\u00df-\u00ff])|(?:al-|el-|ul-|de-|ibn-|\u02bb|'t)\w", re.IGNORECASE
)
"""What is written small before a name; of "l'articolo" the rest is small as well."""
ARTICLES = words_of("no_names", "articles")
"""With one more word they are the name of a paper, not of a person."""
GRAMMAR = words_of("no_names", "grammar")
"""Small words of scripts without capitals, which no name holds."""
_NO_NAMES = words_of("no_names", "pages") | ORGANISATIONS | GRAMMAR
"""One of these is enough to know that a string is no name."""
_CHINESE, _KOREAN = (re.compile(any_of("no_names", name)) for name in ("chinese", "korean"))
_DAY_LABEL = re.compile(f"{PUBLISHED_LABEL}|{MODIFIED_LABEL}", re.IGNORECASE)
"""What stands beside a time as names do ("Giriş Tarihi")."""
_HIRAGANA_CHARS = 8
"""A longer string with hiragana in it is a phrase ("ご意見・ご感想はこちら")."""
_CJK_PHRASE = re.compile(r"[\u3400-\u9fff][のをにがはへでと][\u3400-\u9fff]")


def is_person_name(text: str) -> bool:
    """Return whether a string, without office and lead-in, is the name of one person.

    Two to six words with their combining marks, each with a capital where the script has them, or small particles; in
    Chinese, Japanese and Korean the letters of one name. One word alone, a word of pages or houses, an agency: none.
    """
    if not 2 <= len(text) <= LONGEST_CHARS or name_agency(text):
        return False
    if _HAN_KANA.search(text):
        return _is_east_asian(text)
    if _HANGUL.search(text):
        return _is_korean(text)
    return (
        _has_names(text.split()) and _is_nothing_else(fold(text).split()) and not _DAY_LABEL.fullmatch(text)
    )


def _has_names(words: list[str]) -> bool:
    """Whether there are two names or more among words that are all capitalised or particles."""
    if not 2 <= len(words) <= MOST_WORDS or not all(map(_is_word, words)):
        return False
    named = [word for word in words if not (word.islower() and word in _PARTICLES)]
    return (
        1 < len(named) <= _MOST_NAMES
        and words[0] != "of"
        and not OFFICE.fullmatch(words[-1])
        and _is_capitalised(words)
    )


def _is_nothing_else(folded: list[str]) -> bool:
    """Whether no word belongs to pages or houses, and none is all there is."""
    is_paper = len(folded) == 2 and folded[0] in ARTICLES
    return _NO_NAMES.isdisjoint(folded) and len(set(folded)) > 1 and not is_paper


def _is_word(word: str) -> bool:
    """Whether a word is letters, their marks, and the signs that stand within names; an address ("NU.nl") is none."""
    if _DOMAIN.search(word):
        return False
    letters = [sign for sign in word if sign not in _IN_NAMES]
    return bool(letters) and all(category(sign)[0] in "LM" for sign in letters)


def _is_capitalised(words: list[str]) -> bool:
    small = [word for word in words if word[0].islower() and not _JOINED.match(word)]
    return words[-1] not in small and _PARTICLES.issuperset(map(str.casefold, small))


def _is_east_asian(text: str) -> bool:
    bare = re.sub(r"[\s\u30fb\u00b7・=＝]", "", text)
    if _CJK_PHRASE.search(text):
        return False
    if not all(_HAN_KANA.match(sign) for sign in bare) or _CHINESE.search(text):
        return False
    is_foreign = all("\u30a0" <= sign <= "\u30ff" for sign in bare)
    if len(bare) > _HIRAGANA_CHARS and re.search(r"[\u3041-\u309f]", bare):
        return False
    return 2 <= len(bare) <= (18 if is_foreign or bare != text else 5)


def _is_korean(text: str) -> bool:
    bare = "".join(text.split())
    if not all(_HANGUL.match(sign) for sign in bare) or _KOREAN.search(text):
        return False
    return 2 <= len(bare) <= 4 or (bare != text and len(bare) <= 12)

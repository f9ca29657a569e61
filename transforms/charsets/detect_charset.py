"""Tells in which encoding bytes stand that name none, or that nobody can be sure.

chardet ranks the encodings (benchmarks/encodings.py: .99 right, charset-normalizer .72); what it cannot tell
apart is decided by letters that stand where no writing has them, or not at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from copydesk.transforms.charsets.decode import CODECS, charset_of, decode

SAMPLE_BYTES = 64_000
LEAST_BYTES = 40
LEAST_CONFIDENCE = 0.05
SOLID_CONFIDENCE = 0.15
"""Below this an encoding must have no rival."""
NEAR = 0.01
"""Encodings of nearly the same confidence are rivals where their characters differ."""
SURE_GAP = 0.0001

_RANKED = (
    *("utf-16le", "utf-16be", "iso-2022-jp", "shift_jis", "euc-jp", "euc-kr", "gb18030", "big5"),
    *("ibm866", "koi8-r", "koi8-u", "macintosh", "x-mac-cyrillic"),
    *(f"windows-{page}" for page in (874, *range(1250, 1259))),
    *(f"iso-8859-{part}" for part in (*range(2, 9), 10, 13, 14, 15, 16)),
)
_ALSO = {"shift_jis_2004": "shift_jis", "shift_jisx0213": "shift_jis", "cp949": "euc-kr", "big5hkscs": "big5",
         "iso2022_jp_2": "iso-2022-jp", "euc_jis_2004": "euc-jp", "mac-roman": "macintosh", "cp932": "shift_jis",
         "mac-cyrillic": "x-mac-cyrillic",
         "utf-16-le": "utf-16le", "utf-16-be": "utf-16be"}  # fmt: skip
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]")
_MARKUP = re.compile(rb"<(script|style)\b.{0,20000}?</\1|<[^<>]{1,2000}>", re.IGNORECASE | re.DOTALL)
_SHARED_SIGNS = re.compile(rb"[\x00-\x7f\x85\x91-\x97\xa0\xab\xbb]*")
"""Quotes, dashes and the like, which are the same in every code page of Windows."""
_INSIDE_WORD = re.compile(rb"[A-Za-z](?!\x92(?:s|t|d|m|ll|re|ve)\b)[\x80-\xff][a-z]")
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")
_ODD = re.compile(
    "[a-zß-ÿ][À-ÖØ-ÞŠŒŽŸ]|(?<![^\\W\\d_])[À-ÖØ-ÞŠŒŽŸ](?![^\\W\\d_])|[^\\W\\d_][¡-¿ˆ˜‰†‡‹›¤×÷][^\\W\\d_]"
    "|[¤¦§¬¯²³¸¹¼½¾ˆ˜†‡‰](?=[^\\W\\d_])|(?<=[a-zß-ÿ])[²³¸¹¼½¾¤¦]"
)
"""A capital inside or all of a word, a sign inside a word: what another encoding makes of letters."""

_PAUSE = re.compile("[ \n、。，．।။።]")


@dataclass(frozen=True, slots=True)
class _Reading:
    charset: str
    text: str
    confidence: float


def detect_charset(content: bytes) -> str | None:
    """Return the encoding of a text or page that is no UTF-8, under the standard's name, or None where unsure."""
    if _JIS_ESCAPE.search(content):
        return None if _read(content, "iso-2022-jp") is None else "iso-2022-jp"
    if b"\0" not in content and _SHARED_SIGNS.fullmatch(content) and not _INSIDE_WORD.search(content):
        return "windows-1252"
    sample = _MARKUP.sub(b" ", content) if b"\0" not in content else content
    readings = _readings(sample, content) if len(sample.strip()) >= LEAST_BYTES else []
    return _choose(readings) if readings and readings[0].confidence >= LEAST_CONFIDENCE else None


def _choose(readings: list[_Reading]) -> str | None:
    """Return the encoding that stands out, by the detector's confidence or by the letters that it gives."""
    rivals = [each for each in readings if readings[0].confidence - each.confidence <= NEAR]
    if len(rivals) > 1 and rivals[0].confidence < SOLID_CONFIDENCE:
        return None
    oddities = {each.charset: len(_ODD.findall(each.text)) for each in rivals}
    best, *others = sorted(rivals, key=lambda each: (oddities[each.charset], -each.confidence))
    is_odd = oddities[best.charset] > len(best.text) / 100
    is_tied = bool(others) and (
        oddities[others[0].charset] == oddities[best.charset]
        and best.confidence - others[0].confidence < SURE_GAP
    )
    return None if is_odd or is_tied else best.charset


def _readings(sample: bytes, content: bytes) -> list[_Reading]:
    """Return the encodings in which the bytes are text, likeliest first, each reading once."""
    readings: dict[str, _Reading] = {}
    for found in _rank(sample[:SAMPLE_BYTES]):
        name = str(found["encoding"]).lower()
        charset = _ALSO.get(name) or charset_of(name)
        if charset is None or charset == "replacement":
            continue
        text = _read(content, charset)
        if text is not None and not (charset.startswith("utf-16") and _is_breathless(text)):
            readings.setdefault(text, _Reading(charset, text, float(found["confidence"])))
    return list(readings.values())


def _read(content: bytes, charset: str) -> str | None:
    """Return the characters, or None where they are no text."""
    try:
        text = decode(content, charset)
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else text


def _is_breathless(text: str) -> bool:
    """Whether a text has no pauses: any two bytes are a character of UTF-16, but hardly ever a space or a stop."""
    return len(_PAUSE.findall(text)) < len(text) / 200


def _rank(sample: bytes) -> list[Mapping[str, Any]]:
    import chardet  # noqa: PLC0415 - 3 MB of tables, for the one text in a thousand that names no encoding

    return [
        each
        for each in chardet.detect_all(
            sample, ignore_threshold=True, include_encodings=_asked(), compat_names=False
        )
        if each["encoding"]
    ]


@cache
def _asked() -> tuple[str, ...]:
    """Return the encodings under the names that the detector has for them."""
    own = {"gb18030": "gb18030", "iso-2022-jp": "iso-2022-jp-2", "shift_jis": "cp932", "euc-kr": "cp949"}
    return tuple(own.get(name) or CODECS.get(name, name) for name in _RANKED)

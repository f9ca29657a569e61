"""What a label means, by the table of the WHATWG Encoding Standard (section 4.2); and decodes as that standard does.

The codecs of Python are taken that come nearest to it.
"""

import codecs
import re
import tomllib
from collections.abc import Callable
from importlib.resources import files

CODECS = {
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc-kr": "cp949",
    "iso-8859-8-i": "iso8859-8",
    "ibm866": "cp866",
    "macintosh": "mac-roman",
    "windows-874": "cp874",
    "x-mac-cyrillic": "mac-cyrillic",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
"""Codecs that are called otherwise. cp932 has the vendors' signs (①, 髙), cp949 all syllables of Hangul."""

_EUC_UNIT = re.compile(rb"\x8f[\xa1-\xfe]{2}|\x8e[\xa1-\xdf]|[\xa1-\xfe]{2}", re.DOTALL)
_JIS_ESCAPE = re.compile(rb"\x1b(\$@|\$B|\(B|\(J|\(I)")
_LABELS = tomllib.loads(files("copydesk.transforms.charsets").joinpath("labels.toml").read_text("utf-8"))
_NAMES = {label: name for name, labels in _LABELS.items() for label in labels.split()}
_SPACE = "\t\n\f\r "


def decode(content: bytes, charset: str, errors: str = "strict") -> str:
    """Give the characters of bytes in an encoding of the standard (`charset_of` names it).

    Raises UnicodeDecodeError where `errors` is strict, and LookupError for `replacement`, which has none.
    """
    if charset == "replacement":
        raise LookupError("browsers refuse this encoding")
    special = _SPECIAL.get(charset)
    return special(content, errors) if special else content.decode(CODECS.get(charset, charset), errors)


def is_plainly_utf8(content: bytes) -> bool:
    """Return whether bytes are UTF-8 and hold none of the signs of wide or escaping encodings."""
    if b"\0" in content or b"\x1b$" in content:
        return False
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def _decode_euc_jp(content: bytes, errors: str) -> str:
    """Move the rows of JIS X 0208 to Shift_JIS, whose codec has the vendors' signs that euc_jp lacks."""
    parts: list[str] = []
    end = 0
    for found in _EUC_UNIT.finditer(content):
        if found.start() > end:
            parts.append(content[end : found.start()].decode("ascii", errors))
        parts.append(_decode_euc_unit(found[0], errors))
        end = found.end()
    return "".join([*parts, content[end:].decode("ascii", errors)])


def _decode_euc_unit(unit: bytes, errors: str) -> str:
    if len(unit) == 3:
        return unit.decode("euc_jp", errors)
    if unit[0] == 0x8E:
        return unit[1:].decode("cp932", errors)
    row, cell = unit[0] - 0xA1, unit[1] - 0xA1
    lead = row // 2 + (0x81 if row < 62 else 0xC1)
    trail = cell + (0x9F if row % 2 else 0x40 + (cell >= 63))
    return bytes((lead, trail)).decode("cp932", errors)


def _decode_iso_2022_jp(content: bytes, errors: str) -> str:
    """Set the high bits that the escapes stand for: the rest is EUC-JP."""
    first, *pieces = _JIS_ESCAPE.split(content)
    parts = [first.decode("ascii", errors)]
    for escape, piece in zip(pieces[::2], pieces[1::2], strict=True):
        if escape.startswith(b"$"):
            lines = re.split(rb"([\r\n]+)", piece)
            lines[::2] = [bytes(byte | 0x80 for byte in line) for line in lines[::2]]
            parts.append(_decode_euc_jp(b"".join(lines), errors))
        elif escape == b"(I":
            parts.append(bytes(byte | 0x80 for byte in piece).decode("cp932", errors))
        else:
            parts.append(piece.decode("ascii", errors))
    return "".join(parts)


def _decode_user_defined(content: bytes, _errors: str) -> str:
    return "".join(chr(byte if byte < 0x80 else 0xF700 + byte) for byte in content)


_SPECIAL: dict[str, Callable[[bytes, str], str]] = {
    "euc-jp": _decode_euc_jp,
    "iso-2022-jp": _decode_iso_2022_jp,
    "x-user-defined": _decode_user_defined,
}


def charset_of(label: str | None) -> str | None:
    """Return the encoding that browsers read under a label, or None where there is no such label.

    latin-1 and ascii are windows-1252, gb2312 is gbk, ks_c_5601 is euc-kr; `replacement` stands for encodings
    that are refused because they hide markup.
    """
    if not label:
        return None
    plain = label.strip(_SPACE).lower()
    return _NAMES.get(plain) or _NAMES.get(_python_name(plain))


def _python_name(label: str) -> str:
    """Return what Python calls an encoding: pages bear its spellings too, such as latin-1 and utf_8."""
    try:
        return codecs.lookup(label).name
    except (LookupError, ValueError):  # no such encoding; no such word
        return ""

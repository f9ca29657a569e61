"""How often undeclared text is read right, wrong or not at all, beside chardet, charset-normalizer and uchardet.

Texts of the shared corpora are written in the encodings that were usual for their language and read again without a
word about it. Outlets fall into two halves; thresholds were set on the first.

usage: python -m benchmarks.encodings [--errors]
"""

import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import chardet
import charset_normalizer
import py3langid
from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.encoding import detect_encoding

from benchmarks.corpora import half_of, shared
from copydesk.transforms.charsets.decode import charset_of, decode
from copydesk.transforms.charsets.detect_charset import detect_charset

LENGTHS = (200, 1_000, 5_000)
TEXTS_PER_OUTLET, TEXTS_PER_LANGUAGE, WINDOWS = 3, 40, 6
WESTERN = ("cp1252", "iso8859-15", "mac_roman")
CODECS = {
    **dict.fromkeys(("en", "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "nb", "fi", "is"), WESTERN),
    **dict.fromkeys(("af", "sw", "xh", "zu"), WESTERN),
    **dict.fromkeys(("pl", "cs", "hu", "hr", "sl", "sk", "ro"), ("cp1250", "iso8859-2")),
    "ru": ("cp1251", "koi8-r", "iso8859-5", "cp866"),
    "uk": ("cp1251", "koi8-u"),
    "el": ("cp1253", "iso8859-7"),
    "tr": ("cp1254",),
    "he": ("cp1255",),
    "ar": ("cp1256",),
    "fa": ("cp1256",),
    "lt": ("cp1257",),
    "th": ("cp874",),
    "ja": ("cp932", "euc_jp", "iso2022_jp"),
    "zh": ("gb18030", "big5hkscs"),
    "ko": ("cp949",),
}
Case = tuple[str, str, int, bytes, str]


def texts() -> Iterator[tuple[str, str, str]]:
    """Language, outlet and text of every piece of the corpora."""
    for row in json.loads(shared("corpora/seedlike_dev/gold.json").read_text("utf-8")):
        yield row["lang"], row["outlet"], shared(f"corpora/seedlike_dev/{row['file']}").read_text("utf-8")
    for line in shared("corpora/fundus_dev/index.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        text = "\n\n".join(part for section in row["sections"] for part in section["paragraphs"])
        yield py3langid.classify(text)[0], row["publisher"], text
    with gzip.open(shared("corpora/pages_dev/index.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = "\n\n".join(row["gold"])
            yield py3langid.classify(text)[0], row["domain"], text
    for line in shared("corpora/dates_dev/index.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        page = gzip.decompress(shared(f"corpora/dates_dev/{row['file']}").read_bytes())
        text = extract_plain_text(page.decode("utf-8", "replace"), main_content=True)
        yield py3langid.classify(text)[0], urlsplit(row["url"]).hostname or "", text


def chosen() -> list[tuple[str, str, str]]:
    """A few texts of each outlet, and not more of one language than tell something new."""
    outlets: Counter[tuple[str, str]] = Counter()
    languages: Counter[tuple[str, int]] = Counter()
    found = []
    for language, outlet, text in texts():
        outlets[language, outlet] += 1
        half = half_of(outlet)
        if language not in CODECS or len(text) <= 200 or outlets[language, outlet] > TEXTS_PER_OUTLET:
            continue
        languages[language, half] += 1
        if languages[language, half] <= TEXTS_PER_LANGUAGE:
            found.append((language, outlet, text))
    return found


def cases(half: int) -> Iterator[Case]:
    """Language, codec, length, the bytes and what they mean; rare languages give several pieces a text."""
    found = [row for row in chosen() if half_of(row[1]) == half]
    counts = Counter(language for language, _, _ in found)
    for language, _, text in found:
        for length in LENGTHS:
            for window in range(WINDOWS if counts[language] < 10 else 1):
                piece = text[window * length : (window + 1) * length]
                if len(piece) < 0.7 * length:
                    break
                for codec in CODECS[language]:
                    content = piece.encode(codec, "ignore")
                    if codec == "iso2022_jp" or not content.isascii():
                        yield language, codec, length, content, content.decode(codec)


def by_normalizer(content: bytes) -> str | None:
    best = charset_normalizer.from_bytes(content).best()
    return str(best) if best else None


def by_chardet(content: bytes) -> str | None:
    return read(content, chardet.detect(content)["encoding"])


def by_uchardet(content: bytes) -> str | None:
    return read(content, detect_encoding(content))


def by_ours(content: bytes) -> str | None:
    found = detect_charset(content)
    return decode(content, found) if found else None


def read(content: bytes, label: str | None) -> str | None:
    try:
        return decode(content, charset_of(label) or label) if label else None
    except (LookupError, UnicodeDecodeError):
        return None


DETECTORS: dict[str, Callable[[bytes], str | None]] = {
    "copydesk": by_ours,
    "chardet": by_chardet,
    "charset-normalizer": by_normalizer,
    "uchardet": by_uchardet,
}


def main() -> None:
    for half in (0, 1):
        found = list(cases(half))
        print(f"half {half}: {len(found)} texts, languages {len({case[0] for case in found})}")
        print(
            f"{'':20} {'chars':>6} {'right':>7} {'wrong':>7} {'refused':>8}   cells: right wrong refused   ms a text"
        )
        for name, detector in DETECTORS.items():
            measure(name, detector, found)


def measure(name: str, detector: Callable[[bytes], str | None], found: list[Case]) -> None:
    counts: dict[tuple[str, str, int], Counter[str]] = defaultdict(Counter)
    began = time.process_time()
    for language, codec, length, content, text in found:
        out = detector(content)
        what = "refused" if out is None else "right" if out == text else "wrong"
        counts[language, codec, length][what] += 1
        if what != "right" and name == "copydesk" and "--errors" in sys.argv:
            print(f"  {what}: {language} {codec} {length}")
    seconds = time.process_time() - began
    for length in LENGTHS:
        cells = [cell for key, cell in counts.items() if key[2] == length]
        total = sum(cell.total() for cell in cells)
        words = ("right", "wrong", "refused")
        share = [sum(cell[word] for cell in cells) / total for word in words]
        mean = [sum(cell[word] / cell.total() for cell in cells) / len(cells) for word in words]
        print(
            f"{name:20} {length:6} {share[0]:7.3f} {share[1]:7.3f} {share[2]:8.3f}"
            f"          {mean[0]:.3f} {mean[1]:.3f} {mean[2]:.3f}   {1_000 * seconds / len(found):.1f}"
        )


if __name__ == "__main__":
    main()

"""Load the pages of fundus_dev with what hand-written parsers found on them, and score authors, agencies and titles.

Their authors mix people, agencies and houses. Told apart here by a list of agencies and by the words of houses, apart
from what the product knows: a name that is neither and of two words or more (or of a script that writes names without
a space) is a person's; single words and initials are neither wanted nor punished.
"""

import gzip
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass

from benchmarks.corpora import shared

AGENCIES = {
    "afp": "AFP", "agencefrancepresse": "AFP", "dpa": "dpa", "ap": "AP", "associatedpress": "AP",
    "reuters": "Reuters", "sda": "SDA", "keystonesda": "SDA", "ansa": "ANSA", "efe": "EFE",
    "anadoluajansi": "AA", "anadoluagency": "AA", "aa": "AA", "apa": "APA", "pti": "PTI",
    "xinhua": "Xinhua", "yonhap": "Yonhap", "연합뉴스": "Yonhap", "kyodo": "Kyodo", "共同": "Kyodo",
    "共同通信": "Kyodo", "時事通信": "Jiji", "新华社": "Xinhua", "tass": "TASS", "тасс": "TASS",
    "pressassociation": "PA", "pamedia": "PA", "aap": "AAP", "lusa": "Lusa", "anp": "ANP", "belga": "Belga",
    "ntb": "NTB", "tt": "TT", "ritzau": "Ritzau", "čtk": "ČTK", "pap": "PAP", "mti": "MTI",
    "canadianpress": "CP", "bloomberg": "Bloomberg", "upi": "UPI", "ians": "IANS", "ani": "ANI",
    "europapress": "Europa Press", "epd": "epd", "kna": "KNA", "sid": "SID", "iha": "İHA", "dha": "DHA",
    "ukrinform": "Ukrinform", "укрінформ": "Ukrinform", "adnkronos": "Adnkronos", "nan": "NAN",
}  # fmt: skip
HOUSE = re.compile(
    r"redak|redac|editor|staff|team|news\b|online|agenc|press|\.\w{2,3}$|agentur|ajans|desk|times|daily|newspaper"
    r"|デジタル|新聞|web|भास्कर|编辑|記者|기자|correspondent|digital|media",
    re.IGNORECASE,
)
SPACELESS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class NewsPage:
    """A page, and what its publisher's parser found: paragraphs, and what may stand beside them."""

    page_id: str
    publisher: str
    url: str
    title: str
    summary: str
    authors: tuple[str, ...] | None
    gold: tuple[str, ...]
    optional: tuple[str, ...]

    @property
    def content(self) -> bytes:
        """Read the page's bytes."""
        return gzip.decompress(shared(f"corpora/fundus_dev/{self.page_id}").read_bytes())

    @property
    def half(self) -> str:
        """Name the half of the publishers that this one falls into, by a hash of its name."""
        return "ab"[hashlib.md5(self.publisher.encode(), usedforsecurity=False).digest()[0] % 2]

    @property
    def people(self) -> frozenset[str]:
        """Give the authors that are people, each as a key."""
        return frozenset(key(name) for name in self.authors or () if is_person(name, self.publisher))

    @property
    def agencies(self) -> frozenset[str]:
        """Give the agencies among the authors."""
        return frozenset(found for name in self.authors or () for found in agencies_in(name))

    @property
    def unclear(self) -> frozenset[str]:
        """Give single words and initials as keys: nobody can tell whose they are."""
        single = [name for name in self.authors or () if " " not in name and not HOUSE.search(name)]
        return frozenset(key(name) for name in single if not agencies_in(name)) - self.people


def load_fundus() -> list[NewsPage]:
    """Load the index."""
    with shared("corpora/fundus_dev/index.jsonl").open(encoding="utf-8") as rows:
        return [_page(json.loads(row)) for row in rows]


def _page(row: dict) -> NewsPage:
    sections = row["sections"] or []
    paragraphs = tuple(text for section in sections for text in section["paragraphs"])
    headlines = tuple(text for section in sections for text in section["headline"])
    authors = None if row["authors"] is None else tuple(row["authors"])
    optional = (row["title"] or "", *(row["summary"] or ()), *headlines)
    return NewsPage(
        row["file"],
        row["publisher"],
        row["url"],
        row["title"] or "",
        " ".join(row["summary"] or ()),
        authors,
        paragraphs,
        optional,
    )


def key(name: str) -> str:
    """Give the form in which two spellings of a name are one: its words without accents, in any order."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(sorted(re.findall(r"\w+", plain)))


def agencies_in(name: str) -> list[str]:
    """Give the agencies that an author's name is or lists."""
    parts = re.split(r"\s*[,/;&+]\s*|\s+(?:et|and|und|y|e|mit|with)\s+", name.casefold())
    folded = (re.sub(r"^the|[\W_]", "", part.replace("ı", "i")) for part in parts)
    return [AGENCIES[part] for part in folded if part in AGENCIES]


def is_person(name: str, publisher: str) -> bool:
    """Whether an author's name is that of a person."""
    house, folded = publisher.casefold(), re.sub(r"[\W_]", "", name.casefold())
    if agencies_in(name) or HOUSE.search(name) or folded in house or house in folded:
        return False
    return len(name.split()) > 1 or bool(SPACELESS.search(name) and len(name) > 1)

"""Parts a credit into the names that it lists, without lead-in, office, place and address."""

import re
from html import unescape

from copydesk.transforms.credits.is_person_name import OFFICE
from copydesk.transforms.rules.fold import fold

_TAGS = re.compile(r"<[^<>]*>")
_ADDRESS = re.compile(r"\S+@\S*|@\w+|https?://\S+|www\.\S+|\[email\s*protected\]", re.IGNORECASE)
_BRACKET = re.compile(r"[(\[{（【][^()\[\]{}（）【】]*[)\]}）】]")
_LEAD_IN = re.compile(
    r"^\W*(?:(?:(?:written|reported|story|words|article|analysis|opinion|posted|reviewed|report|compiled|edited"
    r"|commentary|explainer|review|interview|essay|column|ein\s\w+|un\s\w+|interview|gastbeitrag|kommentar|analyse)\s+)?"
    r"(?:by|von|par|por|di|door|av|af|przez|od|від|от|oleh|bởi|skrevet\s+av|skriven\s+av|propos\s+recueillis\s+par)\b"
    r"|(?:text|texte|texto|testo|tekst|autor(?:in|es|as|ka|zy|a|i)?|auteure?s?|autore|autori|authors?|escrito\s+por"
    r"|написа[лв]а?|автори?|текст|yazar|yazan|haber|muhabir|penulis|reporter|szerző|írta|napsal[ai]?|kirjoittaja|skribent"
    r"|tác\s+giả|редактор|journalist(?:e|en)?|byline|contributors?)\s*[:\uff1a]"
    r"|(?:文|撰文|作者|記者|记者|撰稿|取材・文|執筆|責編|责编|编辑|來源|来源|글)\s*[:\uff1a／/|｜=＝]"
    r"|(?:本报记者|本報記者|新华社记者|记者|記者|通讯员)\s*(?=[\u3400-\u9fff])"
    r"|(?:with|avec|mit)\b|(?:बाय|बाइ|द्वारा|โดย|مأخوذ|بقلم|كتبت?|מאת)\b)\s*[:\uff1a\s]*",
    re.IGNORECASE,
)
_PICTURES = re.compile(
    r"\W*\b(?:photos?|fotos?|photographs?|pictures?|bild|bilder|images?|video|grafik|graphics?|illustrations?"
    r"|фото|fotograf(?:ie|ia|ía|as?|os?)?|zdj[eę]cia|写真|撮影|圖|사진)\b\s*(?:by|von|par|de|:|\uff1a|/).*",
    re.IGNORECASE,
)
_MATERIAL = re.compile(
    r"\b(?:(?:with|avec|mit|con|com)\s+)?(?:material|informationen|matériel|inputs?|files?|reporting|agenturen|agencies"
    r"|informations?|información|informações)"
    r"\s+(?:von|der|des|from|by|of|de|da)\b",
    re.IGNORECASE,
)
_AND = r"and|und|et|y|e|en|og|och|oraz|i|и|і|та|ve|dan|ja|és|şi|și|a"
_WITH = r"with|avec|mit|con|com|met|med|z|für|for|pour|para|per|via|/"
_BETWEEN = re.compile(
    rf"\s*[;|/&+\u2022\u00b7\n\u3001\u2016\uff0c\uff5c\uff0f\u060c]\s*|\s+(?:{_AND}|{_WITH})\s+(?=\S)"
    rf"|\s*,\s*(?:(?:{_AND})\s+)?|\s+[-\u2013\u2014]\s+"
    r"|\s*(?:通讯员|通訊員|实习生|實習生)\s*",
    re.IGNORECASE,
)
_MID_LEAD_IN = re.compile(r"^\w.*\s(?:by|By|von|Von|par|Par|por|Por|av|af)\s(?=[A-ZÀ-Þ]\S+\s\S*[A-ZÀ-Þ])")
_TRAILING = re.compile(
    r"(?<=\w)\s+(?:social|view|get|follow|see|about|über|more|updated|published|posted|dzisiaj|heute)\b.*",
    re.IGNORECASE,
)
_PLACE = re.compile(r"\s+(?:in|aus|at|from|à|en|em|à|ze|w|from|reports?|reporting|berichtet)\s+.*")
_SURNAME_FIRST = re.compile(r"([^\W\d_][\w'\u2019-]+), ([^\W\d_][\w'\u2019.-]+(?: [^\W\d_]\.?)?)")
_OFFICE_KIND = frozenset(
    """
    staff senior research postdoctoral visiting assistant special political freelance deputy managing
    executive foreign business science health sports sport national local investigative environment education
    crime arts culture transport technology tech economics political-correspondent guest contributing chief
    news digital data breaking general assignment editorial investigations international world diplomatic
    defence security legal consumer religion property media washington london europe asia
    """.split()  # noqa: SIM905
)
_EAST_ASIAN_OFFICE = re.compile(
    r"(?:\s*(?:編集委員|論説委員|客員論説委員|特派員|記者|记者|编辑|編輯|通讯员|さん|氏|기자|특파원|논설위원|선임기자|인턴기자|객원기자|위원|앵커|PD|作家))+$"
)

_HANGUL = re.compile(r"[\uac00-\ud7a3]{2,4}$")
_ALSO_NAMES = frozenset({"av", "di", "door", "od", "par", "por", "von"})
_EDGES = " .,;:-\u2013\u2014|*\u200b\u200e\u200f\"'()/"


def split_credit(text: str) -> list[str]:
    """Return the names of a credit in order: "By Jo Doe, Political Editor, and Al Roe in Rome" has two."""
    bare = _ADDRESS.sub(" ", _BRACKET.sub(" ", _TAGS.sub(" ", unescape(text))))
    bare = _PICTURES.sub("", _MATERIAL.sub(" ", " ".join(bare.split()))).strip()
    bare = _without_lead_in(bare)
    turned = _SURNAME_FIRST.fullmatch(bare)
    if turned:
        return [f"{turned[2]} {turned[1]}"]
    parts = (_bare_name(part.strip(_EDGES)) for part in _BETWEEN.split(bare))
    return [part for part in parts if part]


def _bare_name(part: str) -> str:
    """Cut from a part what stands around its name: "A column by", a place, an office, what a page offers."""
    return _without_office(_PLACE.sub("", _TRAILING.sub("", _MID_LEAD_IN.sub("", part))))


def _without_lead_in(text: str) -> str:
    """Cut "By"; of a name that begins with such a word ("Di Stefano", "Von der Leyen"), nothing."""
    found = _LEAD_IN.match(text)
    if found is None:
        return text
    rest = text[found.end() :].strip(_EDGES)
    is_name_part = fold(found[0]).strip() in _ALSO_NAMES and (" " not in rest or rest[:1].islower())
    return text if not rest or is_name_part else rest


def _without_office(name: str) -> str:
    """Cut an office from before or behind a name."""
    bare = _EAST_ASIAN_OFFICE.sub("", name)
    words = bare.split()
    if bare != name:
        # What stands before a name and its office is the paper: "조선일보 홍길동 기자".
        return words[-1] if words and _HANGUL.match(words[-1]) else bare.strip(_EDGES)
    offices = [place for place, word in enumerate(words) if OFFICE.fullmatch(word.strip("."))]
    if not offices:
        return bare.strip(_EDGES)
    first, last = offices[0], offices[-1]
    while first > 0 and words[first - 1].casefold() in _OFFICE_KIND:
        first -= 1
    return " ".join(words[:first] if first > 1 else words[last + 1 :] if first == 0 else words).strip(_EDGES)

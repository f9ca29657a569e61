"""Knows the world's news agencies by the names under which they are credited.

Enters: one name of a credit. Leaves: the agency, as the credit writes it, without the words around it.
"""

import re
from functools import cache

from copydesk.transforms.rules.fold import fold

_SHORT = frozenset(
    """
    AA AAP ABr AFP AGI AKI ANGOP ANI ANP ANSA EFE AP APA APN APS ATS AZERTAC BELTA BNS BSS BTA CNA CP ČTK CTK
    DHA DPA EPD GNA HINA IANS IHA İHA IRNA ISNA KCNA KNA KUNA LETA LUSA MAP MENA MTI NAN NTB PA PAP PETRA PNA
    PTI QNA REUTERS ROMPRES SANA SAPA SDA SID SPA STA STT TANJUG TAP TASR TASS TT UNB UPI VNA WAM XINHUA
    YONHAP KYODO ТАСС УНІАН УНИАН БТА АМН dpa epd kna sda sid apa afp ats ap efe ansa reuters pti ntb anp
    """.split()  # noqa: SIM905 - a list of names reads best as one
)
"""Written as agencies write themselves: any other spelling of two or three letters is a word."""
_LONG = """
    adnkronos|afp通信|agence belga|agence france presse|agencia brasil|agencia efe|agenzia ansa|agerpres|
    allafrica|anadolu|anadolu agency|anadolu ajansi|ansa it|antara|ap news|ap通信|apa ots|askanews|
    associated press|australian associated press|austria presse agentur|baltic news service|belga|
    bernama|bloomberg|canadian press|demiroren haber ajansi|deutsche presse agentur|dpa afx|dpa infocom|
    estadao conteudo|europa press|evangelischer pressedienst|ghana news agency|ihlas haber ajansi|
    interfax|interfax ukraine|itar tass|jiji press|keystone|keystone ats|keystone sda|korea central news agency|
    kyodo|kyodo news|la presse canadienne|lusa|mediafax|news agency of nigeria|newsis|notimex|pa media|
    polska agencja prasowa|prensa latina|press association|press trust of india|reuters|ria novosti|
    ritzau|ritzaus bureau|sport informations dienst|tanjug|telam|thomson reuters|
    tidningarnas telegrambyra|ukrinform|united news of bangladesh|united press international|
    vietnam news agency|xinhua|yonhap|yonhap news|απε μπε|риа новости|интерфакс|интерфакс украина|укринформ|
    укрінформ|белта|бгнес|танјуг|新华社|新華社|中新社|中新网|中央社|法新社|路透社|美联社|塔斯社|共同社|
    共同|共同通信|共同通信社|時事|時事通信|時事通信社|ロイター|ロイター通信|연합뉴스|뉴시스|뉴스1|로이터|
    교도통신|신화통신|رويترز|فرانس برس|أ ف ب|وام|واس|قنا|وكالة الأنباء السعودية|ایرنا|ایسنا|पीटीआई|भाषा|
    एएनआई|आईएएनएस|רויטרס
"""
_AROUND = frozenset(
    """
    the agencia agence agency agentur agenzia news newswire wire staff writer writers reporter reporters
    correspondent deutschland international france espana com gmbh press service services and bureau desk
    photo images nachrichtenagentur presseagentur bhasha haber ajansi stringer newsroom agencies editor
    """.split()  # noqa: SIM905
)
"""Words that stand beside an agency's name in a credit and say nothing more."""
_BEFORE = frozenset({"the", "agencia", "agence", "agency", "agentur", "agenzia"})
_SIGNS = re.compile(r"[\W_]+")


def name_agency(name: str) -> str | None:
    """Return the agency that a name is; null where it is none.

    >>> name_agency("The Associated Press")
    'Associated Press'
    """
    words = name.strip(" .,:;()[]-").split()
    if len(words) > 1 and _plain(words[0]) in _BEFORE and _plain(" ".join(words)) not in _known():
        words = words[1:]
    for end in range(len(words), 0, -1):
        found = " ".join(words[:end])
        if (found in _SHORT or _plain(found) in _known()) and all(
            _plain(word) in _AROUND for word in words[end:]
        ):
            return found
    return None


@cache
def _known() -> frozenset[str]:
    return frozenset(map(_plain, _LONG.strip().split("|")))


def _plain(name: str) -> str:
    return " ".join(_SIGNS.sub(" ", fold(name).replace("ı", "i")).split())

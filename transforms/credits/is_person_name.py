"""The one test for the names of people, in the scripts in which news is written."""

import re
from unicodedata import category

from copydesk.transforms.credits.name_agency import name_agency
from copydesk.transforms.rules.fold import fold

LONGEST_CHARS = 60
MOST_WORDS = 6
_HAN_KANA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff々〆]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_IN_NAMES = frozenset("'\u2019\u2018`\u02bb\u02bc.-\u2010\u2011\u00b7\u200c\u200d")
_PARTICLES = frozenset(
    """
    a af al ap ash at av bar ben bin bint bte da dal dalla das de degli dei del dela della delle den der des
    di do dos du e el ibn i il in't la las le les li lo los mac mc of op 't san st te ten ter til tot van ver
    vom von y z zu zum zur
    """.split()  # noqa: SIM905
)
"""Written small in a name; "in" and "at" stand with places too, and are none here unless a name goes on after them."""
_JOINED = re.compile(r"(?:[dl]['\u2019]|al-|el-|ul-|de-|ibn-|\u02bb|'t)\w", re.IGNORECASE)
ARTICLES = frozenset({"the", "der", "die", "das", "le", "la", "les", "el", "los", "il", "het"})
"""With one more word they are the name of a paper, not of a person."""
OFFICE = re.compile(
    r"(?:editor(?:s|in)?|reporter(?:s|in)?|correspondent|writer|columnist|contributor|journalist(?:in|e)?|producer|chief|photographer"
    r"|analyst|administrator|webmaster|professor(?:in)?|author|host|anchor|intern|fellow|director|researcher|associate"
    r"|lecturer|scientist|president|ceo|manager"
    r"|\w*(?:redakteur|redaktor|korrespondent|reporter|journalist|chefredakteur|autor|volontär|leiter|chef)(?:in|en)?"
    r"|r[eé]dactrice|r[eé]dacteur|journaliste|redactor[ae]?|corresponsal|rep[oó]rter|periodista|giornalista|inviat[oa]|jornalista"
    r"|verslaggever|redacteur|correspondente?|envoy[eé]e?|ekonom|dziennikarz|redaktor(?:ka)?|novinář(?:ka)?|muhabiri?|editörü?"
    r"|корреспондент|журналист(?:ка)?|редактор|обозреватель|кореспондент|jurnalist|wartawan)",
    re.IGNORECASE,
)
"""What somebody is, as the last or first word of a credit."""
NO_NAME_WORDS = frozenset(
    """
    about abo account administrator admin all alle anmelden anonymous archive article articles artikel audio
    ausloggen author authors autor autora autoren by check close comment comments commenti comentarios contact
    contributor cookie cookies copy daily der-redaktion digital donate drucken einloggen email e-mail facebook
    fact feature folgen follow forum found free gastbeitrag durée dzisiaj filed google guest hallo heute hoy
    hello help home iletisim image images instagram joined kommentare kontakt latest link linkedin live log
    login logout mail member menu messenger merken minutes more multimedia my nachrichten new newsletter next
    notes online opinion our page partager partner pinterest play podcast politics posted posts premium
    previous print privacy profile published read reading reddit register related report rss save search
    sections see share show sign signup site sport sports store stories story subscribe suche support teilen
    telegram the threads tiktok today top topics tweet twitter unknown unread updated updates user video view
    visit watch weather website welcome whatsapp worldwide www x-twitter xing youtube your zum zur
    """.split()  # noqa: SIM905
)
"""Words of pages, one of which is enough to know that a string is no name."""
ORGANISATION_WORDS = frozenset(
    """
    actu advisers advisors agencia agencies agency ajansi association blog board broadcasting bureau center
    centre club committee company consulting council department desk editora editorial editors foundation
    gazette group herald inc institute journal limited llc ltd magazine media ministry network networks news
    newsdesk newspaper newspapers newsroom office organisation organization abc ard bbc cbc cbs cnn itv kbs
    ndr npr nbc nhk nos nrk ntv orf pbs rai rbb rfi rtl rtve srf svt swr tvn wdr yle zdf press productions
    publishing radio redaccion redacao redactie redaction redaktion redaksi redakcja redakce redazione
    reporters review service services society team times tribune tv university unit wire zeitung редакция
    редакція редакцията новости новини агентство
    """.split()  # noqa: SIM905
)
_CJK_NO_NAMES = re.compile(
    r"新聞|新闻|通信|通訊|通讯|編集|編輯|编辑|報道|报道|来源|來源|日報|日报|時報|时报|放送|電視|电视|テレビ|ニュース|デジタル|オンライン|取材|本社"
    r"|支局|部$|局$|社$|網$|网$|記者$|记者$|写真|共同|時事|担当|評論|评论|公司|責編|责编|报$|報$|字号|分享"
)
_HIRAGANA_CHARS = 8
"""A longer string with hiragana in it is a phrase ("ご意見・ご感想はこちら")."""
_CJK_PHRASE = re.compile(r"[\u3400-\u9fff][のをにがはへでと][\u3400-\u9fff]")
GRAMMAR = frozenset(
    """
    من في على إلى عن مع أن التي الذي هذا هذه بعد قبل بين خلال ضد حول का की के में से पर को और ने है हैं नहीं लिए साथ बाद
    של על את עם אל לא בין אחרי لا ما در به از که با برای
    """.split()  # noqa: SIM905
)
"""Small words of scripts without capitals, which no name holds."""
_HANGUL_NO_NAMES = re.compile(
    r"뉴스|신문|일보|방송|편집|연합|통신|미디어|닷컴|기자$|팀$|부$|국$|로그|공유|페이지|바로가기|구독|더보기|댓글"
)


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
    return _has_names(text.split()) and _is_nothing_else(fold(text).split())


def _has_names(words: list[str]) -> bool:
    """Whether there are two names or more among words that are all capitalised or particles."""
    if not 2 <= len(words) <= MOST_WORDS or not all(map(_is_word, words)):
        return False
    named = [word for word in words if not (word.islower() and word in _PARTICLES)]
    return len(named) > 1 and words[0] != "of" and not OFFICE.fullmatch(words[-1]) and _is_capitalised(words)


def _is_nothing_else(folded: list[str]) -> bool:
    """Whether no word belongs to pages or houses, and none is all there is."""
    is_paper = len(folded) == 2 and folded[0] in ARTICLES
    return (
        (NO_NAME_WORDS | ORGANISATION_WORDS | GRAMMAR).isdisjoint(folded)
        and len(set(folded)) > 1
        and not is_paper
    )


def _is_word(word: str) -> bool:
    """Whether a word is letters, their marks, and the signs that stand within names."""
    letters = [sign for sign in word if sign not in _IN_NAMES]
    return bool(letters) and all(category(sign)[0] in "LM" for sign in letters) and word[0] not in "-."


def _is_capitalised(words: list[str]) -> bool:
    if words[-1].casefold() in _PARTICLES and words[-1][0].islower():
        return False
    return sum(len(word) > 1 for word in words) > 0 and all(
        not word[0].islower() or word.casefold() in _PARTICLES or _JOINED.match(word) for word in words
    )


def _is_east_asian(text: str) -> bool:
    bare = re.sub(r"[\s\u30fb\u00b7・=＝]", "", text)
    if _CJK_PHRASE.search(text):
        return False
    if not all(_HAN_KANA.match(sign) for sign in bare) or _CJK_NO_NAMES.search(text):
        return False
    is_foreign = all("\u30a0" <= sign <= "\u30ff" for sign in bare)
    if len(bare) > _HIRAGANA_CHARS and re.search(r"[\u3041-\u309f]", bare):
        return False
    return 2 <= len(bare) <= (18 if is_foreign or bare != text else 5)


def _is_korean(text: str) -> bool:
    bare = "".join(text.split())
    if not all(_HANGUL.match(sign) for sign in bare) or _HANGUL_NO_NAMES.search(text):
        return False
    return 2 <= len(bare) <= 4 or (bare != text and len(bare) <= 12)

"""The words of dates in the languages that news is read in: months, weekdays, labels, zones.

What a language has of its own stands in its file (transforms/languages/). A month name counts only beside a day or a
year, so the languages share one dictionary; a name of two months in two languages has its month in `_FIRST`.
"""

from copydesk.transforms.languages.load_language import languages, load_language

_FIRST = ("pl", "cs")
"""`listopad` is November in more papers than it is October."""
_LANGUAGES = [
    words
    for code in sorted(languages(), key=lambda code: code not in _FIRST)
    if (words := load_language(code)) is not None
]
MONTHS: dict[str, int] = {
    form: number
    for words in reversed(_LANGUAGES)
    for form, number in (*words.months.items(), *words.short_months.items())
}
"""Lower-case month names and short forms, to the number of the month."""
OTHER_MONTHS: dict[str, int] = {
    form: number for words in _LANGUAGES for form, number in words.months.items() if MONTHS[form] != number
}
"""Names of months that are another month's in Croatian."""

PERSIAN_MONTHS = {
    name: number
    for number, name in enumerate(
        [
            "فروردین",
            "اردیبهشت",
            "خرداد",
            "تیر",
            "مرداد",
            "شهریور",
            "مهر",
            "آبان",
            "آذر",
            "دی",
            "بهمن",
            "اسفند",
        ],
        start=1,
    )
}
"""Months of another calendar, which count only beside one of its years."""

ZONES: dict[str, int] = {
    "z": 0, "utc": 0, "gmt": 0, "bst": 60, "wet": 0, "west": 60, "cet": 60, "mez": 60, "cest": 120,
    "mesz": 120, "eet": 120, "eest": 180, "msk": 180, "ist": 330, "jst": 540, "kst": 540, "hkt": 480,
    "sgt": 480, "awst": 480, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240,
    "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "brt": -180, "sast": 120,
    "ut": 0, "met": 60, "mest": 120, "acst": 570, "acdt": 630, "adt": -180, "nst": -210, "ndt": -150, "akst": -540,
    "мск": 180, "akdt": -480, "hst": -600, "wib": 420, "wita": 480, "pkt": 300, "trt": 180, "clt": -240, "pht": 480,
}  # fmt: skip
"""Zone abbreviations as newsrooms use them, in minutes east of UTC."""

_CJK_WEEKDAYS = (
    "星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日"
    " 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월요일 화요일 수요일 목요일 금요일 토요일 일요일"
)
_SHORT_WEEKDAYS = "пн вт ср чт пт сб вс нд"
WEEKDAY_WORDS: frozenset[str] = frozenset(
    word[:end]
    for word in (
        *_CJK_WEEKDAYS.split(),
        *_SHORT_WEEKDAYS.split(),
        *(day for words in _LANGUAGES for day in words.weekdays),
    )
    for end in {*range(2, 5), len(word)}
    if end <= len(word) and word[:end] not in ZONES
)
"""Lower-case names of weekdays and how these are cut short, but for zones: beside a date they say nothing new."""

PUBLISHED_LABEL = "|".join(
    (
        (
            r"발행일?|(?:기사)?(?:입력|등록|작성|게시|승인|송고|보도)(?:일[시자]?|시[간각])?"
            r"|(?:公開|掲載|投稿|作成|配信|発表)\w{0,2}|初出"
            r"|(?:发布|發布|發佈|发表|發表|刊登|上稿)\w{0,2}|提交于|ngày đăng|đăng (?:ngày|lúc)|xuất bản(?: lúc)?"
            r"|(?:تاریخ|زمان) (?:انتشار|درج|ارسال)|(?:منتشر|ارسال|نوشته) شده(?: در)?"
        ),
        *(label for words in _LANGUAGES for label in words.published),
    )
)
"""Words before a date that say: this is when it was published."""

MODIFIED_LABEL = "|".join(
    (
        (
            r"(?:최종 ?)?(?:수정|업데이트)(?:일[시자]?|시[간각])?|(?:最終|最后|最後)?(?:更新|修改)\w{0,2}"
            r"|cập nhật(?: lúc| lần cuối)?"
        ),
        *(label for words in _LANGUAGES for label in words.modified),
    )
)
"""Words before a date that say: this is when it was changed."""

EVENT_LABEL = (
    r"deadline|anmeldeschluss|einsendeschluss|teilnahmeschluss|expires?(?: on)?|valid (?:until|from"
    r"|through)|gültig (?:bis|ab)"
    r"|(?:closing|sell[- ]by|valid|opening) date|best before|entries by|closing(?: on)?"
    r"|(?:printed|printout)(?: on| from| at)?|gedruckt(?: am)?|ausgedruckt(?: am)?|imprimé(?: le)?|impreso(?: el)?"
    r"|stampato(?: il)?|downloaded(?: on)?|saved(?: on)?|archived(?: on)?"
    r"|due(?: date| by)|event date|date of event|veranstaltungs(?:datum|termin)|termin|beginn|starts? on|ends? on"
    r"|born(?: on)?|died(?: on)?|geboren(?: am)?|geb\.|gestorben(?: am)?|joined|member since|registered"
    r"|registriert(?: seit)?"
    r"|mitglied seit|dabei seit|beigetreten|accessed(?: on)?|retrieved(?: on)?|abgerufen(?: am)?"
    r"|zugriff(?: am)?|né le|née le"
    r"|nacido el|nato il|date de l.événement|fecha del evento|valable jusqu.au"
    r"|when|wann|quand|cuándo|quando|wanneer|kiedy|když|när|hvornår|когда"
    r"|(?:takes place|opens?|closes?|begins?) on|closes?"
    r"|(?:apply|register|reply|rsvp|subm(?!itted)\w*|return\w*|vote|enter|book|order|pay|file\w*) by"
    r"|(?:release|theatrical|launch) date|fecha de (?:estreno|lanzamiento)|上映\w{0,2}|kinostart"
    r"|発売日|公演日|開催日|(?:截止|報名|报名)\w{0,4}|締め?切\w?|마감일?|행사일?"
    r"|premier\w{1,3}|eröffnung|ouverture|apertura"
    r"|today is|heute ist|hoy es|oggi è|nous sommes le|сегодня"
    r"|(?:print|paper) edition(?: of)?|edition of|issue of|e-?paper|(?:print)?ausgabe vom"
    r"|édition du|edición del|edizione del"
)
"""Words before a date that say: something else happens or happened then."""

DONE_LABEL = (
    r"(?!submitted)\w{3,}ed on|\w{3,}(?:[^ae]t|en) am|\w{2,}(?:é|ée|és) le|\w{2,}[ai]d[oa] el|\w{2,}[aiu]t[oa] il"
    r"|as of|(?:sendung|kurse|daten) vom|snapshot of|captured|crawled|republished|received|accepted|started|aired"
)
"""What else was done on a date: a verb that is none of publication or change, and the word that leads to a day."""

SPAN_LABEL = (
    r"(?<!online )(?:since|seit|depuis|desde|dal|sinds|sedan|siden|until|till?|bis(?: zum)?|jusqu.au|hasta|até"
    r"|fino al|tot|до)"
)
"""Words right before a date that say: something lasts from it or up to it."""

SHARED_ZONES = frozenset({"cst", "ist", "gst", "ast", "sst", "et", "ct", "mt", "pt", "at"})
"""Letters that zones far apart share, or winter and summer: the source's own zone tells which is meant, or nothing."""

MONTH_FIRST_REGIONS = frozenset({"us", "ph", "fm", "pw", "gu", "pr"})
"""Regions that write 3/14/2016."""

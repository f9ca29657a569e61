"""Dates of lines beside the article's own: what a line says, its date is the date of.

A table a kind. About half of each are the article's, so that nothing is gained by silence.
"""

import re

import pytest
from small_page import HEADLINE, NOW, OWN, TEXT, page, plain

from copydesk.transforms.dates.date_input import DateInput
from copydesk.transforms.dates.find_dates import find_dates

CLOSING = [
    "The bridge reopens on 3 May 2024.", "The council votes 3 May 2024.", "Kick-off: 3 May 2024.",
    "Die Brücke öffnet am 3. Mai 2024.", "Nächste Sitzung: 3. Mai 2024", "Le pont rouvre le 3 mai 2024.",
    "El puente reabre el 3 de mayo de 2024.", "Мост откроют 3 мая 2024.", "橋は2024年5月3日に再開する。",
    "I funerali il 3 maggio 2024.", "De brug gaat open op 3 mei 2024.", "Most otworzą 3 maja 2024.",
]  # fmt: skip
LINES = [
    "Millmoor, 3 May 2024", "By Ann Finch, 3 May 2024", "3 May 2024", "Published on 3 May 2024.",
    "Friday, 3 May 2024, 10:15", "(Millmoor News Agency, 3 May 2024)", "Ann Finch, staff writer | 3.5.2024",
    "am 3. Mai 2024 um 10:15 Uhr", "vendredi 3 mai 2024 à 10h15", "2024年5月3日 10時15分", "Veröffentlicht am 3. Mai 2024",
    "3 May 2024 · 4 min read",
]  # fmt: skip


@pytest.mark.parametrize("line", CLOSING)
def test_a_short_sentence_dates_no_plain_text(line: str) -> None:
    """What a line says more than names, places, times and weekdays, its date is the date of."""
    assert (plain(last=line).published_on, plain(first=line).published_on) == (None, None)


DATELINES = [
    "MILLMOOR, 3 May 2024 (AP) - ", "MILLMOOR, May 3, 2024 (Reuters) -- ", "MILLMOOR (Reuters), 3 May 2024 - ", "[Millmoor, 3 May 2024] ",
    "MILLMOOR (AFP) 3 May 2024 — ", "Millmoor, 3. Mai 2024 (dpa) - ", "Millmoor, 3 may 2024 (EFE).- ", "新华社北京2024年5月3日电 ", "(AP) 3 May 2024\n",
    "MILLMOOR, Wash., May 3, 2024 /PRNewswire/ -- ", "MILLMOOR, N.Y., May 3, 2024 (GLOBE NEWSWIRE) -- ",
]  # fmt: skip
CREDITS = [
    "The pier of Millmoor, 3 May 2024 (AP)", "Millmoor, 3 May 2024 (Reuters/Ann Finch)", "Millmoor (AP) 3 May 2024",
    "Boats lie at the mole of Millmoor, 3 May 2024. (Photo: AFP)", "MILLMOOR, 3 May 2024 (AP Photo) - Boats lie at the mole.",
    "MILLMOOR, 3 May 2024 (AFP) - Boats lie at the mole of the old harbour town. (Photo by Ann Finch / AFP)",
]  # fmt: skip


@pytest.mark.parametrize("lead", DATELINES)
def test_the_agency_of_a_dateline_is_no_credit_of_a_picture(lead: str) -> None:
    """A story follows its brackets, on a page too, or nothing but the date stands beside them."""
    told = f"{lead}{TEXT[0]}"
    assert find_dates(DateInput(text=told, fetched_at=NOW)).published_on == OWN
    assert page("<p>" + told.replace("\n", "</p><p>") + "</p>").published_on == OWN
    if lead.endswith(" ") and "(" in lead:
        told = f"{lead}The windows of the town hall were open to the sea wind."
        assert page(f"<p>{told}</p>").published_on == OWN


@pytest.mark.parametrize("line", CREDITS)
def test_an_agency_elsewhere_is_the_credit_of_a_picture(line: str) -> None:
    """Its date is that of the picture, and bounds the day of writing."""
    found = plain(line)
    assert [item.kind for item in found.candidates] == ["capture", "photo"]
    assert found.published_on is None


TEMPLATES = [
    ("Submitted by admin on Fri, 05/03/2024 - 10:15", "en-US"), ("Submitted by Ann Finch on 3 May 2024", "en"),
    ("Gespeichert von admin am 3. Mai 2024", "de"), ("Datum der Veröffentlichung: 3. Mai 2024", "de"),
    ("Soumis par admin le 3 mai 2024", "fr"), ("Date de mise en ligne : 3 mai 2024", "fr"), ("Enviado por admin el 3 de mayo de 2024", "es"),
    ("Inviato da admin il 3 maggio 2024", "it"), ("Ingediend door admin op 3 mei 2024", "nl"), ("Enviado por admin em 3 de maio de 2024", "pt"),
    ("Dodane przez: 3 maja 2024", "pl"), ("Дата размещения: 3 мая 2024", "ru"), ("Надіслано admin 3 травня 2024", "uk"),
    ("Inskickad av admin den 3 maj 2024", "sv"), ("Indsendt af admin den 3. maj 2024", "da"), ("Sendt inn av admin den 3. mai 2024", "no"),
    ("Lähettänyt admin 3. toukokuuta 2024", "fi"), ("Datum zveřejnění: 3. května 2024", "cs"), ("Dátum zverejnenia: 3. mája 2024", "sk"),
    ("Létrehozás: 2024. május 3.", "hu"), ("Trimis de admin la 3 mai 2024", "ro"), ("Αναρτήθηκε στις 3 Μαΐου 2024", "el"),
    ("Изпратено от admin на 3 май 2024", "bg"), ("Oluşturulma tarihi: 3 Mayıs 2024", "tr"), ("Diposkan pada 3 Mei 2024", "id"),
    ("تم النشر: 3 مايو 2024", "ar"), ("נוצר בתאריך: 3 במאי 2024", "he"), ("प्रकाशन की तारीख: 3 मई 2024", "hi"), ("Datum objave: 3. svibnja 2024.", "hr"),
    ("Datum objave: 3. maja 2024", "sl"), ("Enviat per admin el 3 de maig de 2024", "ca"), ("投稿日：2024年5月3日", "ja"),
    ("发表时间：2024年5月3日", "zh"), ("작성일: 2024년 5월 3일", "ko"), ("تاریخ انتشار: ۱۴ اردیبهشت ۱۴۰۳", "fa"), ("تاریخ: ۱۴ اردیبهشت ۱۴۰۳", "fa"),
    ("配信：2024年5月3日", "ja"), ("初出：2024年5月3日", "ja"), ("입력시간 : 2024.05.03", "ko"), ("작성일자: 2024.05.03", "ko"),
    ("發佈時間：2024-05-03", "zh"), ("上稿時間：2024-05-03", "zh"), ("Ngày đăng: 3/5/2024", "vi"),
]  # fmt: skip
DEADLINES = [
    ("Submit by 3 May 2024", "en"), ("Submissions by 3 May 2024", "en"), ("Date de création : 3 mai 2024", "fr"),
    ("Fecha de creación: 3 de mayo de 2024", "es"), ("Création du parc le 3 mai 2024", "fr"),
    ("截止日期：2024-05-03", "zh"), ("締切：2024年5月3日", "ja"), ("행사일 2024.05.03", "ko"), ("최종수정 2024.05.03", "ko"),
    ("Cập nhật: 3/5/2024", "vi"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "lang"), TEMPLATES)
def test_the_labels_of_common_templates_are_those_of_publication(line: str, lang: str) -> None:
    """As content systems write them in each language; in a text only those that it tells from prose."""
    assert page(f"<p>{line}</p>", lang=lang).published_on == OWN
    if re.search(r"\D[:：]", line):
        assert plain(line, lang=lang).published_on == OWN


@pytest.mark.parametrize(("line", "lang"), DEADLINES)
def test_a_label_like_one_of_publication_dates_nothing(line: str, lang: str) -> None:
    """Where it names a deadline, or when what is told of was made."""
    assert (page(f"<p>{line}</p>", lang=lang).published_on, plain(line, lang=lang).published_on) == (
        None,
        None,
    )


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_its_own_dates_a_plain_text(line: str) -> None:
    """At the beginning as at the end."""
    assert (plain(last=line).published_on, plain(first=line).published_on) == (OWN, OWN)


DONE = [
    ("Translated on 3 May 2024", "en"), ("Captured 3 May 2024 10:15", "en"), ("Snapshot of 3 May 2024", "en"), ("Aired on 3 May 2024", "en"),
    ("Recorded on 3 May 2024", "en"), ("Republished 3 May 2024", "en"), ("Received 3 May 2024", "en"), ("As of 3 May 2024, 10:15 ET", "en"),
    ("Übersetzt am 3. Mai 2024", "de"), ("Sendung vom 3. Mai 2024", "de"), ("Diffusé le 3 mai 2024", "fr"), ("Grabado el 3 de mayo de 2024", "es"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "lang"), DONE)
def test_what_else_was_done_on_a_day_is_no_publication(line: str, lang: str) -> None:
    """A verb of something else leads to its day, on a page and in a text; the birth beside it stands."""
    assert (page(f"<p>{line}</p>", lang=lang).published_on, plain(line, lang=lang).published_on) == (
        None,
        None,
    )
    own = page(f"<p>{line.replace('3', '9', 1)}</p><p>Published 2024-05-03</p>", lang=lang)
    assert own.published_on == OWN


@pytest.mark.parametrize(
    "line",
    ["Ann Finch on 3 May 2024", "Submitted on 3 May 2024", "Ahmed Said, 3 May 2024", "Posted on 3 May 2024"],
)
def test_a_name_or_a_verb_of_publication_before_a_day_leaves_it(line: str) -> None:
    """Names end as verbs do."""
    assert page(f"<p>{line}</p>").published_on == OWN


def test_a_short_post_in_the_text_dates_nothing() -> None:
    """Its author's handle stands before its day."""
    post = "— Ann Finch (@ann) May 3, 2024"
    assert (page(below=f"<p>The pier is gone. {post}</p>").published_on, plain(last=post).published_on) == (
        None,
        None,
    )
    assert page("<p>By Ann Finch (@ann) | May 3, 2024</p>").published_on == OWN


ARTICLE = '{{"@type":"NewsArticle",{0},"datePublished":"{1}"}}'
GRAPHS = {
    "headline, and another's address": (f'"headline":"{HEADLINE}"', '"url":"https://gull.example/b"'),
    "address, and another's": ('"url":"http://gull.example/pier/"', '"url":"https://gull.example/b"'),
    "page of an article": (
        '"mainEntityOfPage":{"@id":"https://gull.example/pier#a"}',
        '"mainEntityOfPage":"https://gull.example/b"',
    ),
}


@pytest.mark.parametrize(("own", "other"), GRAPHS.values(), ids=GRAPHS)
def test_of_several_articles_the_one_of_the_pages_address_or_title_dates_it(own: str, other: str) -> None:
    """In either order; a lone article is the page's, whatever it is called."""
    nodes = [ARTICLE.format(own, OWN), ARTICLE.format(other, "2024-05-09")]
    for order in (nodes, nodes[::-1]):
        head = f'<script type="application/ld+json">{{"@graph":[{",".join(order)}]}}</script>'
        assert page(head=head, url="https://gull.example/pier").published_on == OWN
    lone = f'<script type="application/ld+json">{nodes[0]}</script>'
    assert page(head=lone, url="https://gull.example/quay").published_on == OWN


ROWS = {
    "1714731300000000": "2024-05-03", '"2024-05-03"': "2024-05-03", "20240503101500": "2024-05-03", "1714731300.5": "2024-05-03",
    "45415": None, "2024-05-03/2024-05-05": None, "0000-00-00 00:00:00": None, "now": None, "nan": None, "2024-W18-5": None,
    "datetime.datetime(2024, 5, 3)": None, "24.05.12": None,
}  # fmt: skip


@pytest.mark.parametrize(("raw", "day"), ROWS.items(), ids=ROWS)
def test_what_tables_hold_for_a_date_is_read_or_not(raw: str, day: str | None) -> None:
    """Microseconds and a quoted value are; a number of days, a span and an empty date are none."""
    assert find_dates(DateInput(text="x", carrier_published_at=raw, fetched_at=NOW)).published_on == day


def test_an_archive_of_the_day_is_no_publication() -> None:
    """Whichever archive the address is of."""
    for front in ("https://archive.ph/2024.05.09-101500", "https://web.archive.org/web/20240509101500"):
        assert page(url=f"{front}/https://gull.example/pier").published_on is None
        assert page(url=f"{front}/https://gull.example/2024/05/03/pier").published_on == OWN

"""The report shows what is there, and whatever was scraped stays text."""

import shutil
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from small_articles import FIRST_DAY, NOW, Rows, add_article, made_up_body
from small_warehouse import build_warehouse, small_rows

from copydesk.flows.cli.show import COLOURS
from copydesk.flows.report.visible import HIDDEN, visible
from copydesk.flows.report.write_report import TEMPLATES, write_report
from copydesk.schemas.enums import SpanKind
from copydesk.warehouse.connect import connect_reader
from copydesk.warehouse.read_report import read_report

OWN = "document.body.dataset.owned='yes'"
HOSTILE = (
    f"</title></s><script>{OWN}</script><img src=x onerror=\"{OWN}\">' onmouseover='{OWN}' {{{{ 7 * 7 }}}}"
    " \x1b[31mred\x1b[0m \u202etxt.exe\u202c &amp; ]]>"
)
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


def poison(rows: Rows) -> None:
    """Put hostile text wherever a page could: title, body, spans, names, evidence, reasons, addresses."""
    body = f"{HOSTILE.replace(chr(10), ' ')}\n\n" + made_up_body(13, 40, "hask")
    article_id = add_article(rows, source="hask-herald", day=13, number=40, body=body)
    add_article(rows, source="hask-herald", day=13, number=41, body=body)
    for row in rows["revisions"]:
        if row["article_id"] == article_id:
            row |= {
                "title": HOSTILE,
                "dek": HOSTILE,
                "authors": [HOSTILE],
                "publisher": HOSTILE,
                "licence": HOSTILE,
            }
    for row in rows["articles"]:
        if row["article_id"] == article_id:
            row |= {"canonical_url": f"javascript:{OWN}", "origin": HOSTILE, "site": HOSTILE}
    for row in rows["boilerplate_spans"]:
        row |= {"rule_id": HOSTILE, "evidence": HOSTILE}
    for table, columns in (
        ("date_candidates", ("value", "method", "reason")),
        ("quarantine", ("origin", "detail")),
        ("stories", ("headline",)),
        ("duplicates", ("evidence",)),
    ):
        for row in rows[table]:
            row.update(dict.fromkeys(columns, HOSTILE))


def report_of(folder: Path, rows: Rows) -> Path:
    with connect_reader(build_warehouse(folder / "warehouse", rows)) as con:
        found = read_report(con, since=FIRST_DAY, limit=100)
    return write_report(found, folder / "report", since=FIRST_DAY, now=NOW, warehouse="data on desk-1")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_of(tmp_path_factory.mktemp("plain"), small_rows())


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return report_of(tmp_path_factory.mktemp("poisoned"), small_rows(poison))


def pages_of(page: Path) -> list[Path]:
    return [page, *sorted((page.parent / "articles").iterdir())]


def test_report_shows_every_part(page: Path) -> None:
    """Each part of the report has something to show for a warehouse that has it."""
    tree = html.parse(page).getroot()
    parts = [heading.get("id") for heading in tree.iter("h2")]
    assert parts == [
        "volume", "cleaned", "copies", "stories", "dates", "quarantine", "checks", "runs", "articles",
    ]  # fmt: skip
    assert len(tree.xpath("//*[@class='none']")) == 1  # no check was made yet
    assert tree.xpath("//h3/bdi")[0].text_content() == "The river at Hask"
    assert "fellside-post.example" in tree.xpath("//h2[@id='copies']/following::table[1]")[0].text_content()


def test_every_kind_has_a_colour() -> None:
    """The group of each kind of boilerplate has a colour, in the report and at the prompt."""
    style = (TEMPLATES / "style.css").read_text("utf-8")
    assert all(style.count(f" --{kind.group}: #") == 2 and kind.group in COLOURS for kind in SpanKind)


def test_report_needs_no_network(page: Path) -> None:
    """No page loads anything: no script, no style sheet, no picture, no font from elsewhere."""
    for file in pages_of(page):
        tree = html.parse(file).getroot()
        assert not tree.xpath("//script | //link | //img | //iframe | //object | //embed | //form")
        assert "url(" not in file.read_text("utf-8")
        assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_links_between_pages_hold(page: Path) -> None:
    """Every link from page to page finds its file."""
    links = [
        (file, href.partition("#")[0])
        for file in pages_of(page)
        for href in html.parse(file).getroot().xpath("//a/@href")
        if not href.startswith(("https://", "#"))
    ]
    assert len(links) > len(pages_of(page))
    assert [target for file, target in links if not (file.parent / target).is_file()] == []


def test_article_page_shows_the_text_whole(page: Path) -> None:
    """An article's page shows the extracted text in order: the body plain, what was removed struck through."""
    tree = html.parse(pages_of(page)[1]).getroot()
    text = tree.xpath("//div[@class='text']")[0]
    removed = [node.text_content() for node in text.iter("s")]
    assert len(removed) == 3
    assert removed[-1] == "\nShare this story"
    assert text.text_content().startswith(removed[0])
    assert text.text_content().endswith("".join(removed[1:]))
    assert len(text.xpath(".//u")) == 1


def test_scraped_text_stays_text(poisoned: Path) -> None:
    """No scraped markup becomes an element or an attribute, no address a script, and nothing hides itself."""
    for file in pages_of(poisoned):
        source = file.read_text("utf-8")
        assert not HIDDEN.search(source)
        tree = html.fromstring(source.encode())
        assert not tree.xpath("//script | //img | //@onerror | //@onmouseover")
        assert not [href for href in tree.xpath("//@href") if "javascript" in href]
        assert "49" not in tree.xpath("//title")[0].text_content()
    shown = html.parse(poisoned).getroot().text_content()
    assert visible(HOSTILE) in shown
    assert "⟦U+202E⟧" in shown


@pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (Debian: apt-get install chromium)")
def test_scraped_script_does_not_run_in_a_browser(poisoned: Path, tmp_path: Path) -> None:
    """A browser runs no scraped script, even without the policy that forbids all of them; a real one it would."""
    worst = max(pages_of(poisoned), key=lambda file: file.read_text("utf-8").count("dataset.owned"))
    control = tmp_path / "control.html"
    control.write_text(f"<body><script>{OWN}</script>")
    assert owned(control, tmp_path / "a")
    for name, file in (("index", poisoned), ("article", worst)):
        bare = tmp_path / f"{name}.html"
        bare.write_text(file.read_text("utf-8").replace("http-equiv", "data-was"), "utf-8")
        assert not owned(bare, tmp_path / name)


def owned(file: Path, profile: Path) -> bool:
    command = [str(CHROMIUM), *FLAGS, f"--user-data-dir={profile}", "--dump-dom", file.as_uri()]
    done = subprocess.run(command, capture_output=True, check=True)
    bodies = html.fromstring(done.stdout).xpath("//body/@data-owned")
    return bodies == ["yes"]


def test_empty_period_says_so(tmp_path: Path) -> None:
    """A report over a time in which nothing came in is a page, not an error."""
    with connect_reader(build_warehouse(tmp_path / "warehouse")) as con:
        found = read_report(con, since=datetime(2040, 1, 1, tzinfo=UTC), limit=5)
    page = write_report(found, tmp_path / "report", since=FIRST_DAY, now=NOW, warehouse="data on desk-1")
    assert len(html.parse(page).getroot().xpath("//*[@class='none']")) == 9

"""The rule files and their parser."""

import pickle
import re
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from copydesk.flows.load_rules import load_rules
from copydesk.transforms.clean.clean import clean
from copydesk.transforms.clean.judge_line import find_rule
from copydesk.transforms.clean.lines import split_lines
from copydesk.transforms.records import Extracted
from copydesk.transforms.rules import find_words as find_words_module
from copydesk.transforms.rules.find_words import START, Keys, find_words
from copydesk.transforms.rules.fold import blank_quotations, find_tokens, fold
from copydesk.transforms.rules.keyword_index import KeywordIndex
from copydesk.transforms.rules.match_rule import search_part
from copydesk.transforms.rules.parse_rules import RuleError, parse_rules, try_rules
from copydesk.transforms.rules.records import EDGE, Guard, Rule, Zone
from copydesk.transforms.rules.tried import dump_tried

RULES = load_rules()
PARTS = [form for form in RULES.forms if form.source.startswith(EDGE)][::5]
PART_WORDS = [
    word for form in PARTS for text in (*form.owner.examples, "xif", "Xyour") for word in text.split()
]
COMPILED = [(form, form.pattern, re.compile(form.source)) for form in PARTS]
"""Compiled before the first example of hypothesis, which times each."""
STORY = "The ferry left the harbour an hour late because nobody could find the captain, the company said on Monday."
RULE = """
[[rule]]
id = "own.tide"
kind = "related_link"
patterns = ['''tide tables? today''']
examples = ["Tide table today"]
keeps = ["Tide turned today"]
since = "2026-11-22"
source = "the Tide Post"
"""


def test_each_rule_has_an_example_and_a_counter_example() -> None:
    """A rule shows what it takes and what it must not take; parsing has held it to both."""
    assert [rule.rule_id for rule in RULES.rules if not rule.examples or not rule.keeps] == []


def test_the_package_s_rules_were_tried() -> None:
    """Examples of our own files are not tried at each start: they hold, and tried.json says so of these very files."""
    folder = files("copydesk.transforms.rules")
    texts = [entry.read_text(encoding="utf-8") for entry in folder.iterdir() if entry.name.endswith(".toml")]
    written = folder.joinpath("tried.json").read_text(encoding="utf-8")
    assert dump_tried(try_rules(texts)) == written, "run python -m copydesk.flows.write_tried_rules"


def test_a_file_that_was_not_tried_is_tried() -> None:
    """What is known of one file says nothing of another, nor of the same file after a change."""
    broken = RULE.replace("Tide table today", "Ebb table today")
    assert parse_rules({"own.toml": RULE}, tried=try_rules([RULE])).rules
    with pytest.raises(RuleError, match="does not match its example"):
        parse_rules({"own.toml": broken}, tried=try_rules([RULE]))


TAKEN_BY_THE_MODEL = {"Twitter", "Pocket watch", "Print journalism", "Photo shows the pier"}
"""Its known harm in a story of two paragraphs (docs/benchmarks/line-model.md): to become less."""


def test_keeps_stay_in_a_story() -> None:
    """What a rule must keep stays, in the middle of a story, but for what the line model is known to take: no more."""
    for rule in RULES.rules:
        for kept in rule.keeps:
            cleaned = clean(Extracted(f"{STORY}\n\n{kept}\n\n{STORY}", "plain"), rules=RULES)
            assert (kept in cleaned.body.split("\n\n")) or kept in TAKEN_BY_THE_MODEL, rule.rule_id
            assert {span.rule_id for span in cleaned.spans} <= {"lines.unlike"}, rule.rule_id


def test_seven_languages_have_rules() -> None:
    """Each kind of prompt is known in each language: the same line in seven languages goes."""
    for text in ("Leave a reply", "Kommentar schreiben", "Laisser un commentaire", "Deja un comentario",
                 "Deixe um comentário", "Lascia un commento", "Plaats een reactie"):  # fmt: skip
        assert clean(Extracted(f"{STORY}\n\n{text}", "plain"), rules=RULES).body == STORY


def test_labels_of_the_world_go() -> None:
    """Labels and member prompts beyond the seven languages go, in the midst of a story as well."""
    for text in ("関連記事", "この記事は会員限定です。", "相關新聞", "分享让更多人看到", "닫기", "Реклама", "Zobacz więcej", "Siste nytt",
                 "Dela artikel", "Annonce", "Bu haberi paylaşın", "الأكثر قراءة", "होम", "Berita Terkait", "無断転載を禁じます",
                 "続きを読むには会員登録が必要です", "[관련기사] 항구의 밤배", "무단 전재 및 재배포 금지", "责任编辑：王海", "延伸閱讀：港口結冰",
                 "اقرأ أيضاً: لماذا يتجمد الميناء", "קראו עוד", "Читайте также: Почему замерзает порт",
                 "Підписуйтесь на наш канал у Telegram", "Прочетете още", "Pročitajte i: Zašto se luka ledi", "Čtěte také: Proč přístav zamrzá",
                 "Olvasta már?", "Citește și: De ce îngheață portul", "Διαβάστε επίσης: Γιατί παγώνει", "Haberin devamı için tıklayın",
                 "Juttu jatkuu mainoksen jälkeen", "यह भी पढ़ें: बंदरगाह", "আরও পড়ুন", "மேலும் படிக்க", "Xem thêm: Cảng đóng băng", "อ่านต่อ"):  # fmt: skip
        assert (
            clean(Extracted(f"{STORY}\n\n{text}\n\n{STORY}", "plain"), rules=RULES).body
            == f"{STORY}\n\n{STORY}"
        )


def test_rules_of_many_languages_are_tried_last() -> None:
    """Of rules of one zone those of `other_languages*.toml` come last, whatever their files' place in the alphabet."""
    folder = files("copydesk.transforms.rules")
    told = "".join(
        file.read_text("utf-8") for file in folder.iterdir() if file.name.startswith("other_languages")
    )
    wide = set(re.findall(r'^id = "(.+)"', told, re.MULTILINE))
    for is_any in (True, False):
        rules = [form.owner for form in RULES.forms if isinstance(form.owner, Rule)]
        order = [rule.rule_id in wide for rule in rules if (rule.zone is Zone.ANY) == is_any]
        assert order == sorted(order)


def test_rules_are_sought_where_their_zone_is() -> None:
    """Every line is asked for rules of zone "any", guards and what may cut its end; for others where their zone is."""
    for zone, index in RULES.zones.items():
        sought = {form.rank for form in (*index.lookup.entries, *index.always)}
        wanted = {
            form.rank
            for form in RULES.forms
            if (zone is Zone.ANY and (isinstance(form.owner, Guard) or form.owner.is_glued))
            or (isinstance(form.owner, Rule) and form.owner.zone is zone)
        }
        assert sought == wanted


def test_what_a_rule_takes_anywhere_no_other_takes(tmp_path: Path) -> None:
    """Where somebody else says what a rule of zone "any" would take, the rules of other zones do not take it either."""
    rule = RULE.replace('"related_link"', '"donation"')
    behind = RULE.replace('"own.tide"', '"own.tail"\nzone = "tail"')
    text = f"{STORY}\n\nAbove the pier the poster says:\n\nTide table today"
    for own, rule_ids in ((rule + behind, []), (behind, ["own.tail"])):
        (tmp_path / "own.toml").write_text(own, encoding="utf-8")
        spans = clean(Extracted(text, "plain"), rules=load_rules([tmp_path])).spans
        assert [span.rule_id for span in spans] == rule_ids


@pytest.mark.parametrize("glued", ["", "glued = true\n"])
def test_no_rule_takes_a_line_of_more_words_than_its_own(glued: str, tmp_path: Path) -> None:
    """Also not one that may cut the end of a line, and is therefore found in lines of any length."""
    own = f'{RULE.replace("related_link", "ui_widget")}zone = "tail"\nmatch = "start"\nmax_words = 9\n{glued}'
    (tmp_path / "own.toml").write_text(own, encoding="utf-8")
    rules = load_rules([tmp_path])
    short, long = split_lines(
        "Tide table today, all harbours\nTide table today, all harbours of the coast, all piers, all berths"
    )
    assert find_rule(short, Zone.TAIL, rules) is not None
    assert find_rule(long, Zone.TAIL, rules) is None


def test_own_rule_acts(tmp_path: Path) -> None:
    """A newsroom's own file adds a rule; its id stands on the span."""
    (tmp_path / "own.toml").write_text(RULE, encoding="utf-8")
    text = f"{STORY}\n\nTide table today\n\n{STORY}"
    spans = clean(Extracted(text, "plain"), rules=load_rules([tmp_path])).spans
    assert [span.rule_id for span in spans] == ["own.tide"]
    assert clean(Extracted(text, "plain"), rules=RULES).spans == ()


def test_disabled_rule_does_not_act(tmp_path: Path) -> None:
    """An own file switches one of ours off."""
    (tmp_path / "own.toml").write_text('disable = ["print.stamp"]', encoding="utf-8")
    text = f"{STORY}\n\nPrintable version\n\n{STORY}"
    assert "Printable version" in clean(Extracted(text, "plain"), rules=load_rules([tmp_path])).body
    assert "Printable version" not in clean(Extracted(text, "plain"), rules=RULES).body


def test_version_follows_content() -> None:
    """Another rule, another version; the same files, the same version."""
    assert parse_rules({"a.toml": RULE}).version == parse_rules({"a.toml": RULE}).version
    assert (
        parse_rules({"a.toml": RULE}).version
        != parse_rules({"a.toml": RULE.replace("tables?", "(?:charts?|tables?)")}).version
    )


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (("'''tide tables? today'''", "'''tide (tables today'''"), "unterminated"),
        (('examples = ["Tide table today"]', "examples = []"), "needs an example"),
        (
            ('examples = ["Tide table today"]', 'examples = ["Weather today"]'),
            "does not match its example 'Weather today'",
        ),
        (
            ('keeps = ["Tide turned today"]', 'keeps = ["Tide tables today"]'),
            "must keep: 'Tide tables today'",
        ),
        (('kind = "related_link"', 'kind = "spam"'), "'spam' is not a valid SpanKind"),
        (('source = "the Tide Post"', ""), "missing key source"),
        (('source = "the Tide Post"', 'source = ""\nzones = 1'), "unknown key zones"),
        (('keeps = ["Tide turned today"]', "keeps = 3"), "keeps must be a list of texts, not 3"),
    ],
    ids=lambda value: value[1][:24] if isinstance(value, tuple) else None,
)
def test_errors_name_file_rule_and_fault(change: tuple[str, str], wanted: str) -> None:
    """What is wrong with a rule is said with its file and id."""
    with pytest.raises(RuleError) as raised:
        parse_rules({"own.toml": RULE.replace(*change)})
    assert str(raised.value).startswith("own.toml: own.tide: ")
    assert wanted in str(raised.value)


def test_all_errors_are_told_at_once() -> None:
    """Two faulty files give two lines; a file that is no TOML is named, and so is a rule that is not there."""
    with pytest.raises(RuleError) as raised:
        parse_rules(
            {
                "a.toml": "[[rule",
                "b.toml": RULE.replace("related_link", "spam"),
                "c.toml": 'disable = ["none"]',
            }
        )
    lines = str(raised.value).splitlines()
    assert [line.split(":")[0] for line in lines] == ["a.toml", "b.toml", "disable"]


def test_same_id_twice_is_an_error() -> None:
    """Two rules cannot bear one id."""
    with pytest.raises(RuleError, match="two rules have this id"):
        parse_rules({"a.toml": RULE, "b.toml": RULE})


def test_rule_set_pickles() -> None:
    """A rule set can be sent to a worker and means the same there."""
    copy = pickle.loads(pickle.dumps(RULES))
    text = f"{STORY}\n\nShare Tweet Pin\n\n{STORY}"
    assert clean(Extracted(text, "plain"), rules=copy) == clean(Extracted(text, "plain"), rules=RULES)


@example("\u212b")  # the sign for angstrom, whose small letter is one with a ring
@given(st.text(max_size=60))
def test_fold_keeps_length(text: str) -> None:
    """Folding and blanking change no offset; folding twice changes nothing."""
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded
    assert len(blank_quotations(folded)) == len(text)


PIECES = st.sampled_from(
    ["tide", "tables?", "(?:low|high)", r"\w+", "[ab]", "news*", "(?:x |y )?", r"\d+", " ", " ", "|"]
)


WORDS = ["tide", "table", "tables", "low", "high", "a", "b", "new", "newss", "7", "x", "tides"]


@pytest.mark.parametrize("most", [find_words_module._MOST, 4])
@given(
    pattern=st.lists(PIECES, min_size=1, max_size=7).map("".join),
    text=st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join),
)
def test_words_are_necessary(most: int, pattern: str, text: str) -> None:
    """Where a pattern matches whole words of a text, or begins it, the text is found by the pattern's keys."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find_words_module, "_MOST", most)
        for placed, search in (
            (pattern, rf"(?<!\w)(?:{pattern})(?!\w)"),
            (rf"\A(?:{pattern})", rf"\W*(?:{pattern})(?!\w)"),
        ):
            keys = find_words(placed)
            does_match = re.match(search, text) if placed is not pattern else re.search(search, text)
            assert keys is None or not does_match or is_found(keys, text)


def is_found(keys: Keys, line: str) -> bool:
    """Return whether a line is found by one of the keys, and a word beside it."""
    enough = {key: (key,) for key, beside in keys.items() if not beside}
    besides = {key: ((key, beside),) for key, beside in keys.items() if beside}
    return bool(KeywordIndex(enough, besides).find(line, blank_quotations(line), find_tokens(line)))


@given(st.lists(st.sampled_from([*WORDS, ". ", '"', " '", "' ", "'", " ", " "]), max_size=16).map("".join))
def test_a_line_is_found_by_each_of_its_sentences(line: str) -> None:
    """What stands in a line from a sentence on, with or without its quotations, is found in the whole line."""
    for begin in (0, *(seam.end() for seam in re.finditer(r"\.[\"')\]]*\s+(?=\S)", line))):
        if line.count('"', 0, begin) % 2 == 0:
            for piece in (line[begin:], blank_quotations(line[begin:])):
                words = find_tokens(piece)
                pairs = [" ".join(pair) for pair in pairwise((START, *words))]
                assert all(is_found({key: frozenset()}, line) for key in pairs)


@given(st.lists(st.sampled_from(PART_WORDS), max_size=12).map(" ".join))
def test_the_short_way_finds_the_same(line: str) -> None:
    """Searching for a part by its first letters finds what the whole pattern finds, at the same place."""
    folded = fold(line)
    for form, _, whole in COMPILED:
        soon, slow = search_part(form, folded), whole.search(folded)
        assert (soon and soon.span()) == (slow and slow.span())

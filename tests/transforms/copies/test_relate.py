"""Copies and look-alikes: what merges, what must not, and that the verdict is the pair's alone."""

from dataclasses import asdict, fields
from datetime import date

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plain_measure import plain_measure
from stories import BILLS, BRIDGE, DIVIDEND, GALLERY, LIBRARY, SPEECH, STRIKE, WEATHER

from copydesk.transforms.copies.blocks import mark_blocks
from copydesk.transforms.copies.judge import Verdicts, judge, weights
from copydesk.transforms.copies.measure import FIGURE_GAP, FIGURE_SHIFT, SMALL_GAP, Measures, measure
from copydesk.transforms.copies.relate import KEPT, REJECTED, relate
from copydesk.transforms.copies.signs import SIGNS, Circumstances
from copydesk.transforms.copies.words import BLOCK, words

LONG = f"{STRIKE}\n\n{BRIDGE}\n\n{LIBRARY}"
MARCH = (2.4, 5.61, 5.55, 5.58, 5.64, 38, 5.7, 5.66)
JUNE = (2.6, 5.72, 5.61, 5.7, 5.77, 61, 5.84, 5.7)
FOOT = (
    "Quill is owned by the people who read it and lives on what they give. Whoever wants the reports by mail each morning"
    " may write to the office of the Quill Trust in Harlow Street, with a stamp. Papers of fewer than two thousand copies"
    " reprint them free of charge as long as the name of the agency stands above the text."
)
PIER = "Divers found a bell below the old pier on Monday and think that it was cast before the town had a church."
BEES = "A swarm of bees closed the northern ring road for an hour until a teacher on her way to school took it home."
PIPES = (
    "The burst main below Harlow Street was mended overnight, Eastport Water said, and all homes have pressure again."
    " Ann Quill, its engineer, asked people to let the first bucket run off. Lorries with bottles stay at the Harlow Street"
    " depot until noon, and the school opens an hour late."
)

COPIES = {
    "other case and marks": (STRIKE, STRIKE.upper().replace(",", " –"), "exact"),
    "corrected figure": (
        BILLS.format(*MARCH),
        "(Corrects yield) " + BILLS.format(2.4, 5.62, *MARCH[2:]),
        "near",
    ),
    "dateline and small edits": (
        STRIKE,
        "EASTPORT (Quill) - " + STRIKE.replace("on Tuesday", "Tuesday").replace("percent", "per cent"),
        "near",
    ),
    "first lines only": (LONG, STRIKE, "contains"),
    "flash and story": (STRIKE, " ".join(STRIKE.split()[:27]), "contains"),
    "inside a longer piece": (f"{BRIDGE}\n{STRIKE}\n{LIBRARY}", STRIKE, "contains"),
    "led in by each outlet": (
        f"Taps run once more in the east of town. Ann Quill and her men dug until five.\n\n{PIPES}",
        f"Schools open late today, but there is water to wash in at Eastport, and that is news.\n\n{PIPES}",
        "contains",
    ),
    "with a footer": (STRIKE, STRIKE + "\n\nThe Eastport Courier | Terms | Contact", "near"),
}
LOOK_ALIKES = {
    "auction of another week": (BILLS.format(*MARCH), BILLS.format(*JUNE), "recurring"),
    "dividend of another company": (
        DIVIDEND.format("Harlow Mills Inc", 12, "April 10", "March 20"),
        DIVIDEND.format("Pine Ridge Bancorp", 12, "April 10", "March 20"),
        "recurring",
    ),
    "dividend of another quarter": (
        DIVIDEND.format("Harlow Mills Inc", 12, "April 10", "March 20"),
        DIVIDEND.format("Harlow Mills Inc", 12, "July 10", "June 20"),
        "recurring",
    ),
    "weather of another day": (
        WEATHER.format("sunny", 24, 13, "west", 10, 20, 18, "20.41"),
        WEATHER.format("cloudy", 19, 11, "north", 20, 35, 17, "20.39"),
        "recurring",
    ),
    "same speech quoted": (f"{BRIDGE}\n\n{SPEECH} he said.", f"{LIBRARY}\n\n{SPEECH} he said.", "quotations"),
    "same lines of an agency": (f"{PIER}\n\n{FOOT}", f"{BEES}\n\n{FOOT}", "little_shared"),
    "same gallery": (f"{BRIDGE}\n\n{GALLERY}", f"{LIBRARY}\n\n{GALLERY}", "captions"),
    "a digest and a story": (f"{STRIKE[:130]} {BRIDGE[:120]} {LIBRARY[:110]}", BRIDGE, "little_shared"),
}


def wordings(
    *bodies: str, titles: tuple[str | None, ...] = (), outlet: str | None = None, days: tuple[int, ...] = ()
) -> pa.Table:
    ids = [f"{place:04}" for place in range(len(bodies))]
    return pa.table(
        {
            "article_id": ids,
            "revision_id": ids,
            "title": pa.array(titles or [None] * len(ids), pa.string()),
            "body": bodies,
            "published_on": pa.array([date(2026, 3, day) for day in days] or [None] * len(ids), pa.date32()),
            "outlet": pa.array([outlet] * len(ids), pa.string()),
        }
    )


def pairs(*ends: tuple[int, int]) -> pa.Table:
    columns = zip(*ends, strict=True) if ends else ((), ())
    names = ("article_id_a", "article_id_b")
    return pa.table(
        {
            name: pa.array([f"{end:04}" for end in side], pa.string())
            for name, side in zip(names, columns, strict=True)
        }
    )


def rows_of(measures: Measures) -> list[dict[str, int]]:
    columns = {name: counts.tolist() for name, counts in asdict(measures).items()}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


@pytest.mark.parametrize(("one", "other", "relation"), COPIES.values(), ids=COPIES.keys())
def test_copies(one: str, other: str, relation: str) -> None:
    """The same piece with edits, cuts, a footer or inside another is a copy, from either side."""
    for bodies in ((one, other), (other, one)):
        related = relate(pairs((0, 1)), wordings(*bodies))
        assert related.kept["relation"].to_pylist() == [relation]
        assert related.kept["evidence"][0].as_py()


REPORT = (
    "The grain exchange of Brannock said that wheat closed at {} crowns a tonne, barley at {} and oats at {}. Deliveries came to"
    " {} tonnes, and the contract of 12 months stood at 240. The secretary, Ilse Moor, told Quill that buyers from Ildan and"
    " Karsun had taken most of what was on offer. The next report is due in 7 days, and the hall opens at 9 as usual, with the"
    " floor under the eye of Tomas Arek."
)
WEEK, NEXT = REPORT.format(211, 180, 155, 4100), REPORT.format(214, 183, 151, 3800)


@pytest.mark.parametrize(
    "known", [{"days": (2, 9)}, {"titles": ("Grain exchange: weekly report",) * 2}], ids=["days", "title"]
)
def test_a_report_is_another_one_though_half_of_its_figures_stay(
    known: dict[str, tuple[object, ...]],
) -> None:
    """On two days, or under one title without days, three other figures make a report the next one of its series."""
    related = relate(pairs((0, 1)), wordings(WEEK, NEXT, **known))
    assert related.rejected["reason"].to_pylist() == ["recurring"]


def test_a_report_of_the_same_day_may_be_corrected() -> None:
    """What another outlet has of the same day with some other figures is the same report, updated."""
    assert relate(
        pairs((0, 1)), wordings(WEEK, WEEK.replace("211", "212").replace("180", "181"), days=(2, 2))
    ).kept.num_rows


MEETING = (
    "The {} party chose {} as its candidate for the seat of Lower Hask on Saturday. Members met in the gymnasium of the"
    " school and voted on paper slips. The count took an hour because the lamps went out. The candidate thanked the members"
    " and promised a new road to the coast. The election is in the autumn."
)
LAKE = (
    "The lake above {} stood at 71 percent on Monday, the water board said. Gardeners may fill their cans in the evening. The"
    " board asked car washers to wait for rain. Boats must keep away from the dam. The next report is due in a week."
)
CRASH = (
    "A bus with pupils overturned on the road from Kell to Brell on Friday, killing {} people and hurting {}, police said."
    " The driver told officers that a deer had run into the lane. Helicopters took the worst hurt to Lisk. Parents gathered"
    " at the gate of the school and waited for news. The road stayed closed until the evening."
)
CLOSING = {
    "Thai": "ตลาดหลักทรัพย์ปิดที่ {} จุดในวันนี้ เปลี่ยนแปลง {} เปอร์เซ็นต์จากวันก่อน หุ้นธนาคารนำตลาด ขณะที่หุ้นเดินเรือปรับตัวลดลง"
    " นักลงทุนรอการตัดสินใจของธนาคารกลางเรื่องอัตราดอกเบี้ย ค่าเงินแทบไม่เปลี่ยนแปลง นักวิเคราะห์คาดว่าการซื้อขายจะสงบจนถึงสิ้นไตรมาส",
    "Japanese": "株価指数は{}で取引を終え、前日比の変動は{}パーセントだった。銀行株が相場を主導し、海運株は下落した。市場関係者によると、"
    "投資家は中央銀行の金利決定を待っている。為替はほとんど変わらなかった。アナリストは四半期末まで静かな取引が続くとみている。",
}


def of_outlets(*bodies: str, days: tuple[int, ...]) -> pa.Table:
    told = wordings(*bodies, days=days)
    return told.set_column(told.column_names.index("outlet"), "outlet", pa.array(["Gull", "Heron"]))


@pytest.mark.parametrize("language", CLOSING)
def test_a_report_in_a_script_that_parts_no_words_is_as_long_as_what_it_tells(language: str) -> None:
    """A daily report whose figures all differ is recurring in every script: a syllable or sign is no whole word."""
    told = of_outlets(
        CLOSING[language].format("1312", "0.4"), CLOSING[language].format("1298", "0.9"), days=(6, 7)
    )
    assert relate(pairs((0, 1)), told).rejected["reason"].to_pylist() == ["recurring"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (MEETING.format("Labour", "Jan Hask"), MEETING.format("Liberal", "Ewa Tamm")),
        (LAKE.format("Kell"), LAKE.format("Brell")),
    ],
    ids=["party", "place"],
)
def test_another_name_in_the_same_place_is_another_matter(one: str, other: str) -> None:
    """A brief of the same day with another party or place between the same words is no copy, from either side."""
    for bodies in ((one, other), (other, one)):
        assert relate(pairs((0, 1)), of_outlets(*bodies, days=(2, 2))).rejected["reason"].to_pylist() == [
            "recurring"
        ]


def test_a_raised_toll_is_an_update() -> None:
    """What another outlet has of the same day about the same names, a figure or two raised, is a copy."""
    for days, copies in (((2, 2), 1), ((2, 9), 0)):
        told = of_outlets(CRASH.format("two", 17), CRASH.format("three", 19), days=days)
        assert relate(pairs((0, 1)), told).kept.num_rows == copies


RESPELT = {
    "vowels": ("Karkov", "Karkiv"),
    "doubled": ("Odetta", "Odeta"),
    "accents": ("Skarvoy", "Skarvøy"),
    "transcribed": ("Sergei", "Serhii"),
}
NOT_RESPELT = {
    "country": ("Iran", "Iraq"),
    "longer": ("Austria", "Australia"),
    "two letters": ("Lee", "Lou"),
    "party": ("Labour", "Liberal"),
}
TALKS = (
    "Envoys from {0} met in Hask on Tuesday to settle how grain may leave the harbour before the storms of autumn come. The"
    " mayor told Quill that {0} had been spared in the night, and that the road to {0} was open again for lorries which drive"
    " without lights. The next talks are to be held in {0} on Friday, when the engineers will have looked at the bridge."
    " Farmers on the way to {0} were thanked by both sides. Ilse Moor of the port said that two ships were ready."
)


@pytest.mark.parametrize(
    ("names", "reason"),
    [(names, None) for names in RESPELT.values()] + [(names, "recurring") for names in NOT_RESPELT.values()],
    ids=[*RESPELT, *NOT_RESPELT],
)
def test_a_name_spelt_otherwise_is_the_same_name(names: tuple[str, str], reason: str | None) -> None:
    """The same day's text in another outlet with its own spelling of a name is a copy, with another name it is none."""
    for ends in (names, names[::-1]):
        related = relate(pairs((0, 1)), of_outlets(*map(TALKS.format, ends), days=(2, 2)))
        assert related.rejected["reason"].to_pylist() == ([reason] if reason else [])


def test_reports_of_two_days_are_apart_however_names_are_spelt() -> None:
    """Another spelling of its places joins no report with the next day's."""
    told = of_outlets(WEEK, NEXT.replace("Ildan", "Ildin").replace("Karsun", "Karsyn"), days=(2, 3))
    assert relate(pairs((0, 1)), told).rejected["reason"].to_pylist() == ["recurring"]


PIER = (
    "The council of Tarvik voted on Monday to spend {} million crowns on a new pier. Mayor Edda Rusk said that work would"
    " begin in spring and last {} months. The old pier, built in 1931, was closed after a storm tore away two of its piles."
    " Fishermen had asked for a shelter at its end, which is part of the plan. Karl Osten of the opposition called the sum a"
    " dream in wood."
)


@pytest.mark.parametrize(
    ("sum_told", "months", "day", "copies"),
    [("2.4", 18, 2, 1), ("2.4", 18, 3, 0), ("2.4", 24, 2, 0)],
    ids=["one figure", "the next day", "most figures"],
)
def test_an_outlet_corrects_itself(sum_told: str, months: int, day: int, copies: int) -> None:
    """The same day's text with a figure corrected, in its title too, is the same article; one with most figures new is not."""
    told = wordings(PIER.format("4.2", 18), PIER.format(sum_told, months), days=(2, day))
    for name, values in (
        ("outlet", ["Gull"] * 2),
        ("title", ["4.2 million for it", f"{sum_told} million for it"]),
    ):
        told = told.set_column(told.column_names.index(name), name, pa.array(values))
    assert relate(pairs((0, 1)), told).kept.num_rows == copies


@pytest.mark.parametrize("case", [*LOOK_ALIKES.values(), *COPIES.values()], ids=[*LOOK_ALIKES, *COPIES])
def test_the_verdict_is_the_same_from_either_side(case: tuple[str, str, str]) -> None:
    """Which article's id is the smaller decides nothing: evidence, ratios and numbers are the texts'."""
    told = []
    for bodies in (case[:2], case[1::-1]):
        related = relate(pairs((0, 1)), wordings(*bodies))
        rows = [*related.kept.to_pylist(), *related.rejected.to_pylist()]
        told.append([{name: row[name] for name in row if "_id" not in name} for row in rows])
    assert told[0] == told[1]


@pytest.mark.parametrize(("one", "other", "reason"), LOOK_ALIKES.values(), ids=LOOK_ALIKES.keys())
def test_look_alikes(one: str, other: str, reason: str) -> None:
    """A form filled in anew, shared quotations, captions or snippets make no copy, from either side."""
    for bodies in ((one, other), (other, one)):
        related = relate(pairs((0, 1)), wordings(*bodies))
        assert related.rejected["reason"].to_pylist() == [reason]


UNPARTED = {
    "Thai": (
        "ชาวเมืองริมแม่น้ำเปิดสะพานไม้แห่งใหม่เมื่อเช้าวันอังคารหลังจากซ่อมแซมมานานเก้าสัปดาห์นายกเทศมนตรีกล่าวว่าสะพานเดิมพังลงในพายุเมื่อปีที่แล้วและเด็กนักเรียนต้องข้ามฟากด้วยเรือทุกวัน",
        "สมาคมผู้เลี้ยงผึ้งรายงานว่าน้ำผึ้งปีนี้มีน้อยกว่าที่คาดเพราะฝนตกหนักตลอดฤดูร้อนร้านค้าในตลาดจึงขึ้นราคาขวดละสิบบาทแต่ลูกค้าประจำยังคงมาซื้อเหมือนเดิม",
    ),
    "Lao": (
        "ຊາວເມືອງຮິມແມ່ນ້ຳເປີດຂົວໄມ້ແຫ່ງໃໝ່ໃນເຊົ້າວັນອັງຄານຫຼັງຈາກສ້ອມແປງມາດົນເກົ້າອາທິດເຈົ້າເມືອງກ່າວວ່າຂົວເກົ່າພັງລົງໃນພາຍຸປີກາຍແລະນັກຮຽນຕ້ອງຂ້າມຟາກດ້ວຍເຮືອທຸກມື້",
        "ສະມາຄົມຜູ້ລ້ຽງເຜິ້ງລາຍງານວ່ານ້ຳເຜິ້ງປີນີ້ມີໜ້ອຍກວ່າທີ່ຄາດເພາະຝົນຕົກໜັກຕະຫຼອດລະດູຮ້ອນຮ້ານຄ້າໃນຕະຫຼາດຈຶ່ງຂຶ້ນລາຄາແຕ່ລູກຄ້າປະຈຳຍັງມາຊື້ຄືເກົ່າ",
    ),
    "Khmer": (
        "អ្នកក្រុងតាមមាត់ទន្លេបានបើកស្ពានឈើថ្មីនៅព្រឹកថ្ងៃអង្គារបន្ទាប់ពីជួសជុលអស់ប្រាំបួនសប្តាហ៍អភិបាលក្រុងបាននិយាយថាស្ពានចាស់បានបាក់ក្នុងព្យុះកាលពីឆ្នាំមុន",
        "សមាគមអ្នកចិញ្ចឹមឃ្មុំរាយការណ៍ថាទឹកឃ្មុំឆ្នាំនេះមានតិចជាងការរំពឹងទុកដោយសារភ្លៀងធ្លាក់ខ្លាំងពេញរដូវក្តៅហាងក្នុងផ្សារបានឡើងថ្លៃប៉ុន្តែអតិថិជននៅតែទិញ",
    ),
    "Burmese": (
        "မြစ်ကမ်းမြို့သားများသည်အင်္ဂါနေ့နံနက်တွင်သစ်သားတံတားအသစ်ကိုဖွင့်လှစ်ခဲ့သည်ကိုးပတ်ကြာပြင်ဆင်ပြီးနောက်မြို့တော်ဝန်ကတံတားဟောင်းသည်ယမန်နှစ်မုန်တိုင်းတွင်ပြိုကျခဲ့သည်ဟုဆိုသည်",
        "ပျားမွေးသူများအသင်းကယခုနှစ်ပျားရည်မျှော်မှန်းထားသည်ထက်နည်းကြောင်းအစီရင်ခံသည်နွေရာသီတစ်လျှောက်မိုးသည်းထန်စွာရွာသောကြောင့်ဈေးဆိုင်များကဈေးတင်ခဲ့သည်",
    ),
}


@pytest.mark.parametrize("language", UNPARTED)
def test_scripts_that_part_no_words(language: str) -> None:
    """A text without spaces is a copy of itself with another lead and of its part, and no copy of another text."""
    text, other = UNPARTED[language]
    half = text[: len(text) * 2 // 3]
    related = relate(pairs((0, 1), (0, 2), (0, 3)), wordings(text, f"{other[:15]} {text}", half, other))
    assert related.kept["article_id_b"].to_pylist() == ["0001", "0002"]


def test_a_yearly_series_is_no_copy() -> None:
    """Titles that differ in their number alone are two of a series, however alike the texts; equal words are not."""
    titles = ("2024: the year in pictures", "2025: The Year in Pictures")
    assert relate(pairs((0, 1)), wordings(STRIKE, STRIKE + " Photos.", titles=titles)).kept.num_rows == 0
    assert relate(pairs((0, 1)), wordings(STRIKE, STRIKE, titles=titles)).kept.num_rows == 1


TEXTS_OF_200_WORDS = (
    dict.fromkeys((field.name for field in fields(Measures)), 0)
    | dict.fromkeys(("shingles_a", "shingles_b", "narrated_a", "narrated_b"), 200)
    | dict.fromkeys(("words_short", "words_long", "narrated_words"), 200)
    | dict.fromkeys(("figures", "figures_held", "names", "names_held"), 20)
)


def carried(words: int, **others: int) -> dict[str, int]:
    """Measures of two texts of 200 words, of which so many are carried over, half of them in one passage."""
    shared = ("shared", "narrated_shared", "followed", "narrated_followed")
    return TEXTS_OF_200_WORDS | dict.fromkeys(shared, words) | {"longest_run": words // 2} | others


def judged(measures: dict[str, int], *, is_one_outlet: bool = False, days: int = 0) -> Verdicts:
    told = {name: np.array([count]) for name, count in measures.items()}
    flag = np.array([False])
    known = Circumstances(flag, flag, flag, np.array([is_one_outlet]), np.array([days]))
    return judge(Measures(**told), known, weights())


def verdict(measures: dict[str, int], *, is_one_outlet: bool = False, days: int = 0) -> str:
    return str(judged(measures, is_one_outlet=is_one_outlet, days=days).relation_or_reason[0])


PAIRS = st.fixed_dictionaries(
    {
        name: st.integers(0, 200)
        for name in (
            "longest_run",
            "shared",
            "narrated_shared",
            "narrated_followed",
            "names_held",
            "same_figures",
            "other_figures",
        )
    }
)


@given(PAIRS, st.integers(0, 200), st.integers(0, 60), st.booleans())
def test_what_tells_a_copy_never_makes_less_of_it(
    given: dict[str, int],
    more: int,
    days: int,
    is_one_outlet: bool,  # noqa: FBT001 drawn
) -> None:
    """More carried or held, less filled in anew, nearer in time, another outlet: none of it weighs against a copy."""
    pair = TEXTS_OF_200_WORDS | {"names": 200} | given
    changed = pair | {name: min(count + more, 200) for name, count in given.items()}
    balance = judged(pair, is_one_outlet=is_one_outlet, days=days).balance[0] - 1e-9  # sums round
    for name in given:
        better = {name: max(pair[name] - more, 0)} if name == "other_figures" else {name: changed[name]}
        assert judged(pair | better, is_one_outlet=is_one_outlet, days=days).balance[0] >= balance
    assert judged(pair, is_one_outlet=is_one_outlet, days=max(days - more, 0)).balance[0] >= balance
    assert judged(pair, days=days).balance[0] >= balance


@pytest.mark.parametrize(
    ("less", "more"),
    [
        pytest.param(carried(40), carried(110), id="more carried over"),
        pytest.param(carried(80, narrated_shared=10), carried(80), id="and told, not quoted"),
        pytest.param(carried(110, narrated_followed=20), carried(110), id="and followed in order"),
        pytest.param(carried(70, names_held=0), carried(70), id="with the names of the article"),
        pytest.param(
            carried(70, words_short=80, narrated_words=80, figures_held=1),
            carried(70, words_short=80, narrated_words=80),
            id="with the figures of the brief",
        ),
        pytest.param(
            carried(90, names=0, names_held=0, figures_held=1),
            carried(90, names=0, names_held=0),
            id="with the figures of a script without capitals",
        ),
    ],
)
def test_a_little_more_makes_a_copy(less: dict[str, int], more: dict[str, int]) -> None:
    """Each sign can tip a pair between copy and look-alike."""
    assert verdict(less) == "little_shared"
    assert verdict(more) in {"near", "contains"}


@pytest.mark.parametrize(
    ("copied", "filled_in"),
    [
        pytest.param((9, 1, 0, 0), (1, 9, 0, 0), id="figures"),
        pytest.param((0, 0, 9, 1), (0, 0, 1, 9), id="names"),
    ],
)
def test_other_figures_and_names_make_a_form(copied: tuple[int, ...], filled_in: tuple[int, ...]) -> None:
    """The same words around other figures or names are a form filled in anew; one changed is a correction."""
    names = ("same_figures", "other_figures", "same_names", "other_names")
    told = [verdict(carried(180, **dict(zip(names, row, strict=True)))) for row in (copied, filled_in)]
    assert told == ["near", "recurring"]


def test_an_outlet_may_reuse_its_own_more_freely() -> None:
    """What makes a copy elsewhere or in time is background of the same outlet weeks later; the whole text never is."""
    part = carried(120)
    assert [verdict(part, days=days) for days in (0, 7)] == ["contains", "contains"]
    assert [verdict(part, is_one_outlet=True, days=days) for days in (0, 15)] == ["contains", "background"]
    assert verdict(carried(195), is_one_outlet=True, days=300) == "near"


def test_no_dates_are_no_agreement() -> None:
    """A pair without dates counts for less than one of the same day, and for more than one weeks apart."""
    same_day, undated, later = (float(judged(carried(100), days=days).balance[0]) for days in (0, -1, 20))
    assert same_day > undated > later


def test_weights_are_those_that_were_learned() -> None:
    """No sign weighs against a copy, and each weighs something."""
    assert all(getattr(weights(), name) > 0 for name in SIGNS)


@pytest.mark.parametrize(
    ("between", "is_gallery"), [pytest.param(100, True, id="near"), pytest.param(140, False, id="far")]
)
def test_between_two_captions_that_are_near_stands_their_gallery(between: int, *, is_gallery: bool) -> None:
    """What stands between two captions up to 130 words apart is not narrated; farther apart it is the article."""
    prose = " ".join(["the boat lay at the quay"] * 30).split()[:between]
    text = f"Photo by Edda. Hide caption. {' '.join(prose)}. Photo by Edda. Hide caption. {' '.join(prose)}."
    flags = mark_blocks(words(pa.array([text]))).flags
    assert bool(flags[30] & BLOCK) is is_gallery


@pytest.mark.parametrize(("names", "is_list"), [(20, False), (21, True)])
def test_many_names_in_a_row_are_a_list(names: int, *, is_list: bool) -> None:
    """Of 30 words in a row 21 with capitals or figures are a list of fixtures or names, 20 may be prose."""
    row = ["Marsh"] * names + ["and"] * (30 - names)
    text = f"{STRIKE} as told in {' '.join(row)} {STRIKE.lower()}"
    flags = mark_blocks(words(pa.array([text]))).flags
    assert bool((flags & BLOCK).any()) is is_list


def test_weeks_later_an_outlet_reuses_background() -> None:
    """Within an outlet, a part carried over after more than 14 days is background; in time or elsewhere a copy."""
    bodies = (STRIKE, f"{STRIKE} {LIBRARY} {BRIDGE}")
    assert relate(pairs((0, 1)), wordings(*bodies, outlet="Courier", days=(1, 20))).rejected[
        "reason"
    ].to_pylist() == ["background"]
    assert relate(pairs((0, 1)), wordings(*bodies, outlet="Courier", days=(1, 2))).kept.num_rows == 1
    assert relate(pairs((0, 1)), wordings(*bodies, days=(1, 20))).kept.num_rows == 1


def test_container_and_numbers_are_named() -> None:
    """A contains edge names the longer article, and lists the numbers that both give."""
    row = relate(pairs((0, 1)), wordings(LONG, STRIKE)).kept.to_pylist()[0]
    assert row["container_article_id"] == "0000"
    assert row["shared_numbers"] == ["612", "148", "3.5", "2", "40"]
    assert row["differing_numbers"] == []


def test_every_pair_gets_one_verdict() -> None:
    """Pairs in are edges kept plus pairs rejected; none in, none out."""
    texts = wordings(STRIKE, BRIDGE, LONG, STRIKE)
    related = relate(pairs((0, 1), (0, 2), (0, 3), (1, 2)), texts)
    assert related.kept.num_rows + related.rejected.num_rows == 4
    empty = relate(pairs(), texts)
    assert (empty.kept.schema, empty.rejected.schema) == (KEPT, REJECTED)
    assert empty.kept.num_rows == empty.rejected.num_rows == 0


def test_unknown_article_is_an_error() -> None:
    """A pair whose text is missing is refused, not passed over."""
    with pytest.raises(ValueError, match="not among the wordings"):
        relate(pairs((0, 7)), wordings(STRIKE))


PHRASES = (
    "Mayor Orloff said on 12 March that",
    "Mayor Orlov said on 12 March that",
    "Mayor Orlof said on 14 March that",
    "“we will not go, not now and not ever,” she said.",
    "12 of 40 boats",
    "Photo by Edda. Hide caption",
    "in May the yield rose to 5.61 percent from",
    "a b c d e",
    "a b",
    "\n",
)
PASSAGES = st.lists(st.sampled_from(PHRASES), max_size=14).map(" ".join)


@settings(deadline=None)
@given(PASSAGES, PASSAGES, st.sampled_from([1, 1 << 17]))
@example("a b", "a b a b a b", 1)
@example("", "a", 1)
@example(PHRASES[0] + " " + PHRASES[0], PHRASES[0] + " \n " + PHRASES[0], 1)
def test_pairs_are_measured_as_word_by_word(one: str, other: str, portion: int) -> None:
    """Many pairs at once, in portions of whatever size, give what reading each pair word by word gives."""
    texts = [one, other, STRIKE, one]
    batch = mark_blocks(words(pa.array(texts)))
    ends = np.array([(0, 1), (1, 0), (2, 0), (0, 3)])
    measured = [
        row
        for rows in (ends if portion == 1 else [ends])
        for row in rows_of(measure(batch, rows.reshape(-1, 2)))
    ]
    assert measured == [plain_measure(batch, a, b) for a, b in ends.tolist()]


@pytest.mark.parametrize("size", [0, 1, SMALL_GAP, SMALL_GAP + 1, FIGURE_GAP, FIGURE_GAP + 1])
@pytest.mark.parametrize("more", [0, FIGURE_SHIFT, FIGURE_SHIFT + 1])
def test_gaps_are_measured_as_word_by_word(size: int, more: int) -> None:
    """What stands between shared stretches counts up to the very word that the thresholds name."""
    shared = ["the mayor of the town said so", "and then they all went home"]
    one, other = (
        " ".join(
            [shared[0], *(f"{letter}{k}" if k % 2 else f"{k}{ord(letter)}" for k in range(count)), shared[1]]
        )
        for letter, count in (("P", size), ("Q", size + more))
    )
    batch = mark_blocks(words(pa.array([one, other])))
    assert rows_of(measure(batch, np.array([(0, 1)]))) == [plain_measure(batch, 0, 1)]


@pytest.mark.parametrize("case", [*COPIES.values(), *LOOK_ALIKES.values()])
def test_real_pairs_are_measured_as_word_by_word(case: tuple[str, str, str]) -> None:
    """Copies and look-alikes measure as reading them word by word does."""
    batch = mark_blocks(words(pa.array(case[:2])))
    assert rows_of(measure(batch, np.array([(0, 1)]))) == [plain_measure(batch, 0, 1)]

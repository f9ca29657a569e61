"""Copies and look-alikes: what merges, what must not, and that the verdict is the pair's alone."""

import pyarrow as pa
import pytest
from pairs_of_texts import COPIES, LONG, LOOK_ALIKES, pairs, wordings
from stories import BRIDGE, LIBRARY, STRIKE

from copydesk.transforms.copies.relate import KEPT, REJECTED, relate


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

"""Texts of scripts without spaces find their story."""

import pytest
from reports import stories

from copydesk.transforms.stories.read_features import part_words

EVENTS = {
    "ja": (
        "防衛省は2日、ヴェシュ渓谷で起きた地震で多数の住民が死亡したと発表した。カルスンでは家屋が倒壊し、イルダンから救助隊が派遣された。",
        "ヴェシュ渓谷の地震で死者が増えた。カルスンで家屋が倒壊し、知事は毛布を求め、イルダンの救助隊が捜索を続けている。",
        "オストレル市議会は、古い港の壁を修理することを決めた。工事は約八か月かかる見込みで、商店主らは観光シーズン前の着工を望んでいる。",
    ),
    "zh": (
        "周二凌晨，维什谷地发生地震，造成多人死亡。震中位于卡尔松镇附近，州长宣布全州哀悼，伊尔丹救援队已赶赴现场搜救被困居民。",
        "维什谷地地震的死亡人数继续上升。卡尔松镇多处房屋倒塌，州长呼吁提供帐篷和毛毯，伊尔丹救援队在废墟中搜救。",
        "奥斯特尔市议会决定修复旧港口的防波墙，工程预计持续约八个月。码头商户希望在旅游旺季到来之前开工。",
    ),
    "th": (
        "สภาเมืองลงมติให้ซ่อมแซมกำแพงท่าเรือเก่า วิศวกรแจ้งว่างานจะใช้เวลาประมาณแปดเดือน เจ้าของร้านค้าริมท่าเรือหวังว่าจะเริ่มก่อนฤดูท่องเที่ยว",
        "กำแพงท่าเรือเก่าจะได้รับการซ่อมแซม วิศวกรคาดว่างานซ่อมแซมจะใช้เวลาแปดเดือน เจ้าของร้านค้าริมท่าเรือหวังว่าจะเริ่มก่อนฤดูท่องเที่ยว",
        "ตำรวจจับกุมชายสองคนหลังจากพบเงินสดจำนวนมากในรถยนต์ที่จอดอยู่หลังตลาด ผู้ต้องสงสัยปฏิเสธทุกข้อกล่าวหา",
    ),
}


@pytest.mark.parametrize(("language", "bodies"), EVENTS.items(), ids=EVENTS)
def test_two_reports_of_one_event_meet(language: str, bodies: tuple[str, ...]) -> None:
    """Two reports in other words are a story, and a report of something else is none of it."""
    found = stories([(None, body) for body in bodies], language, [0] * len(bodies))
    assert found == [[0, 1], [2]]


def test_other_texts_stay_as_they_are() -> None:
    """A text with spaces is not touched, whatever its letters."""
    for text in ("Fire in Tilbrook", "Étude à Zürich", "Пожар в порту", "حريق في الميناء", "항구 벽 수리"):
        assert part_words(text) == text

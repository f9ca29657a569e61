"""Tell whether a date is that of a dateline: `Millmoor, 3 May 2024 (AP) - The pier ...`."""

import re

_BEFORE = re.compile(
    r"^\W{0,2}(?:[^\d.!?:;\n]{2,45}[,(/|–—-]\s?(?:den |le |el |il |em )?|[\u4e00-\u9fff]{2,12})$"
)
_AFTER = re.compile(r"^\s*(?:\([^)\n]{2,30}\)\s*)?(?:[-–—:/)\]]|电|電)")
_AGENCY = r"\((?![^)\n]*(?:photo|foto|file|image|bild))[^)\n/:|]{2,30}\)"
_AGENCY_BEFORE = re.compile(rf"\s*{_AGENCY}(?=\W*$)", re.IGNORECASE)
_AGENCY_AFTER = re.compile(rf"^\s*{_AGENCY}\.?", re.IGNORECASE)
_STORY_CHARS = 40


def is_dateline(before: str, after: str) -> bool:
    """Tell whether what stands on a line around its date is a place and a dash."""
    return bool(_BEFORE.match(before.lstrip()) and _AFTER.match(after))


def without_agency(before: str, after: str) -> tuple[str, str]:
    """Return what stands around a date without the agency in brackets, where a story follows or nothing stands.

    There it is who sent the story; elsewhere such brackets are a picture's credit, and stay.
    """
    led, rest = _AGENCY_BEFORE.sub(",", before), _AGENCY_AFTER.sub("", after)
    is_lone = not led.strip(" ,") and not rest.strip()
    is_story = len(rest) >= _STORY_CHARS and is_dateline(led, rest)
    return (led, rest) if is_lone or is_story else (before, after)

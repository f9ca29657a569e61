"""Find the dates and times that head entries of a timeline, a diary or a list of events: none is of publication."""

from collections import defaultdict
from collections.abc import Sequence

from copydesk.transforms.clean.lines import Line
from copydesk.transforms.clean.read_byline import read_byline
from copydesk.transforms.clean.read_timestamp import form_of_timestamp, is_timestamp

_LONGEST = 60
_LEAST_WORDS = 3
"""What an entry tells is a sentence, or as long as one."""


def find_date_headings(lines: Sequence[Line]) -> frozenset[int]:
    """Return which lines are dates, or times, two or more that each head a text; those beside a byline do not count."""
    by_form: dict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines[:-1]):
        if len(line.text) <= _LONGEST and (form := form_of_timestamp(line.fold)) and _tells(lines[index + 1]):
            by_form[form].append(index)
    alone = [[index for index in same if not _is_beside_byline(lines, index)] for same in by_form.values()]
    return frozenset(index for same in alone if len(same) > 1 for index in same)


def _tells(line: Line) -> bool:
    is_entry = line.is_closed or line.count >= _LEAST_WORDS
    return is_entry and not is_timestamp(line.fold)


def _is_beside_byline(lines: Sequence[Line], index: int) -> bool:
    beside = (lines[at] for at in (index - 1, index + 1) if 0 <= at < len(lines))
    return any(read_byline(line.text) is not None for line in beside)

"""What the readers of pages, addresses, carriers and prose hand to the choice: a reading and where it stood."""

from dataclasses import dataclass

from copydesk.schemas.enums import DateKind
from copydesk.transforms.dates.reading import Reading


@dataclass(frozen=True, slots=True)
class Evidence:
    """One date with what it is said to be the date of.

    `family` groups sources that copy from each other (a site writes JSON-LD and meta tags from one field), so that
    agreement inside a family is not taken for confirmation. `weight` is how far the source alone can be
    trusted to state the publication day, in [0, 1]; 0 never votes. `rejection` is set where the reader
    already knows why this is no publication date, `doubt` where it merely weighs less.
    """

    reading: Reading
    kind: DateKind
    method: str
    family: str
    weight: float
    quote: str
    start_char: int | None = None
    rejection: str = ""
    doubt: str = ""

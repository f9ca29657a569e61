"""Whether a line behind the story opens with the name of somebody who is not in it: an author's portrait does."""

import re
from collections.abc import Iterable

from transforms.clean.lines import Line
from transforms.rules.fold import fold

_WORD = r"[A-ZÀ-ÞŁŚŠŽ][\w'’.-]*"
_PARTICLE = r"(?:de|del|della|di|da|dos|do|du|van|von|der|den|ter|ten|la|le|el|al|bin|ibn|zu|af) "
_NAME = re.compile(rf"[^\w\"'“”„«]*({_WORD}(?: (?:{_PARTICLE}){{0,2}}{_WORD}){{1,3}})[ ,]")
_NO_NAMES = frozenset(
    """
    a an all and but by he her his in it its my no on one our she so some that the their there these they this those
    two we what when while with you as at der die das den ein eine er sie es wir ihr im in mit le la les un une il elle
    sein seine ihre mein meine unser unsere dieser diese dieses son sa ses leur leurs mon ma mes notre nos sus nuestro
    nuestra seu sua suo zijn haar ons onze dit ils nous ce cette el los las una su esta este o os as um uma lo gli i de
    het een hij zij
    """.split()  # noqa: SIM905
)


def opens_with_stranger(line: Line, story: Iterable[Line]) -> bool:
    """Return whether `line` opens with two or more words of a name, the last of which the story does not hold."""
    found = _NAME.match(line.text)
    if found is None:
        return False
    first, *_, last = fold(found[1]).split(" ")
    surname = last.rstrip(".").removesuffix("'s")
    return first not in _NO_NAMES and not any(surname in part.words for part in story)

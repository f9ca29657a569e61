"""What stands in and around the names of those who are quoted, and what is never a name."""

PREPOSITIONS = frozenset(
    """
    of for from to with by in at on about against under over between including like than per via
    von für mit bei aus zu auf gegen vom beim im am du des pour avec par chez dans del para con por
    della dello dei degli di da dal su sul sulla sur do dos das com em sobre van voor met bij uit op
    """.split()  # noqa: SIM905
)
"""A name behind one of them is not who speaks: "a spokesman for X said"."""

PARTICLES = frozenset("de del della di da do dos van von bin al el le du la".split())  # noqa: SIM905
"""Written small within a name."""

BEHIND_PARTICLES = frozenset({"der", "den", "ter", "la", "las", "los"})
"""So are these behind one of the others: "van der Berg"."""

ARTICLES = frozenset("the a an der des dem den la le el il lo o".split())  # noqa: SIM905
GENITIVES = frozenset({"der", "des"})

AND = frozenset({"and", "und", "et", "y", "e", "en", "&", "or"})

NO_NAMES = PREPOSITIONS | frozenset(
    """
    the a an this that these those it its he she they we i you his her their our my but and as when
    while one another
    others other some many most both after before yesterday today later then meanwhile however
    still earlier also instead
    yet so if though although because since critics officials police sources even only not now here
    there what who how why
    where despite during among amid without within until unlike whether through throughout asked
    former according yes no well
    monday tuesday wednesday thursday friday saturday sunday
    der die das dem den des einem einen einer eines
    ein eine er sie es wir ich aber und als auch doch dann heute gestern
    le la les un une il elle ils elles nous je mais et puis ce cette
    el los las una él ella ellos y pero ayer hoy lo gli i uno lei lui loro ma oggi ieri
    o os as um uma ele ela eles mas e ontem hoje de het een hij zij ze we ik maar en toen
    """.split()  # noqa: SIM905
)
"""Capitalised at the head of a sentence they are still no part of a name."""

_TITLES = frozenset(
    """
    mme sen. sens. rep. reps. gov. govs. dr. mr. mrs. ms. prof. gen. lt. col. sgt. capt. rev. hon.
    president vice senator senators
    representative governor congressman congresswoman secretary undersecretary speaker leader
    majority minority judge justice
    attorney general mayor professor chair chairman chairwoman director prime premier chancellor
    king queen pope house senate
    white press former republican republicans democrat democrats democratic chief executive officer
    ceo spokesman spokeswoman
    spokesperson captain sheriff sir lord dame prince princess state u.s. us gop whip assistant
    deputy reserve commissioner
    administrator adviser advisor strategist analyst correspondent coach minister frau herr
    """.split()  # noqa: SIM905
)
_OFFICES = tuple(
    """
    sprecher minister präsident bürgermeister direktor leiter sekretär kanzler kapitän
    forscher experte trainer meteorologe politologe gründer beauftragte kommissar geschäftsführer anwalt virologe
    forscherin expertin trainerin anwältin
    sprecherin ministerin präsidentin meisterin direktorin leiterin sekretärin kanzlerin
    """.split()  # noqa: SIM905
)
"""How German words for an office end."""


def is_title(word: str) -> bool:
    """Return whether a word is one of a title or office: what stands before the last of them is no part of a name."""
    small = word.lower()
    return small in _TITLES or small.endswith(_OFFICES)

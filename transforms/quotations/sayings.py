"""What seven languages say of speech: the verbs, the words that name a source, and those that are never a name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sayings:
    """Words around quotations in one language.

    `both` stand before a name or after one, `after` only after one ("X told"); `between` stand
    between name and verb;
    `pronouns` take up who spoke last.
    """

    both: frozenset[str]
    after: frozenset[str]
    sources: tuple[tuple[str, ...], ...]
    between: frozenset[str]
    pronouns: frozenset[str]

    def stand_in(self, clause: str) -> bool:
        """Whether a verb, or a word that names a source, stands in a clause; most have none."""
        words = clause.replace(",", " ").replace(":", " ").replace(".", " ").split()
        return not (
            self.both.isdisjoint(words)
            and self.after.isdisjoint(words)
            and all(source[0] not in words and source[0].capitalize() not in words for source in self.sources)
        )


def _sayings(both: str, *, after: str = "", sources: str, between: str = "", pronouns: str) -> Sayings:
    return Sayings(
        frozenset(both.split()),
        frozenset(after.split()),
        tuple(tuple(source.split()) for source in sources.split("/")),
        frozenset(between.split()),
        frozenset(pronouns.split()),
    )


SAYINGS = {
    "en": _sayings(
        "said says added adds explained explains asked asks wrote writes insisted insists warned warns argued"
        " argues recalled recalls noted notes continued replied joked quipped tweeted admitted declared"
        " announced concluded remarked",
        after="told tells testified responded responds suggested suggests promised promises claimed claims"
        " acknowledged complained predicted cautioned boasted urged observed vowed lamented stated called"
        " described",
        sources="according to",
        between="also later once has had then",
        pronouns="he she",
    ),
    "de": _sayings(
        "sagt sagte meint meinte erklärt erklärte betont betonte so berichtet berichtete schreibt schrieb"
        " warnt warnte fordert forderte bekräftigte kritisiert kritisierte lobt lobte ergänzt ergänzte erzählt"
        " erzählte antwortet antwortete erinnert",
        sources="laut",
        pronouns="er sie",
    ),
    "fr": _sayings(
        "dit déclare explique affirme assure raconte souligne estime ajoute précise confie indique prévient"
        " lance insiste résume poursuit répond témoigne glisse martèle rappelle regrette plaide déclaré"
        " expliqué affirmé assuré raconté souligné estimé ajouté précisé confié indiqué prévenu lancé insisté"
        " résumé répondu rappelé reconnaît reconnu observe observé détaille détaillé déplore déploré dénonce dénoncé"
        " avertit averti alerte alerté écrit répète répété soutient soutenu rétorque rétorqué conclut conclu promet"
        " promis reprend ironise argumente commente commenté réjouit félicite félicité indigne indigné interroge"
        " s’inquiète s'inquiète s’étonne s'étonne s’interroge s'interroge s’indigne s'indigne",
        sources="selon/d'après/d’après",
        between="a se s’est s'est M. MM.",
        pronouns="il elle",
    ),
    "es": _sayings(
        "dijo dice afirmó afirma señaló señala explicó explica aseguró asegura declaró declara añadió añade"
        " indicó indica manifestó expresó comentó comenta sostuvo sostiene destacó destaca advirtió advierte"
        " subrayó apuntó agregó contó cuenta recordó recuerda dicho explicado asegurado afirmado señalado"
        " añadido declarado recalcó recalca recalcado lamentó lamenta lamentado reconoció reconoce reconocido denunció"
        " denunciado insistió insiste insistido matizó matiza precisó precisa precisado detalló detalla detallado"
        " criticó criticado remarcó remarca remarcado sentenció zanjó escribió escribe escrito relató relata reiteró"
        " reitera reiterado anunció defendió defiende defendido alertó alertado respondió responde reflexionó opinó"
        " opina confesó confiesa manifestado advertido destacado indicado subrayado apuntado",
        sources="según/de acuerdo con",
        between="ha se",
        pronouns="él ella",
    ),
    "it": _sayings(
        "dice disse afferma affermò spiega spiegò racconta raccontò sottolinea aggiunge aggiunse commenta"
        " dichiara conclude ricorda assicura detto dichiarato spiegato affermato raccontato sottolineato"
        " aggiunto commentato concluso osserva osservato ribadisce ribadì ribadito avverte avvertito prosegue precisa"
        " precisò precisato scrive scritto attacca attaccato replica replicato evidenzia evidenziato ammette ammesso"
        " confessa confida rivela rivelato risponde rispose risposto sostiene riferisce riferito incalza chiosa",
        sources="secondo",
        between="ha",
        pronouns="lui lei",
    ),
    "pt": _sayings(
        "disse diz afirmou afirma declarou declara explicou explica contou conta acrescentou acrescenta"
        " ressaltou destacou comentou garantiu garante relatou lembrou lembra avaliou avalia completou"
        " concluiu defendeu defende sublinhou sublinha frisou frisa alertou escreveu escreve adiantou adianta salientou"
        " salienta realçou referiu refere reforçou reconheceu reconhece criticou pontuou argumentou argumenta ponderou"
        " observou observa respondeu responde lamentou lamenta admitiu admite informou relata",
        sources="segundo/de acordo com",
        pronouns="ele ela",
    ),
    "nl": _sayings(
        "zei zegt aldus vertelt vertelde stelt stelde verklaarde verklaart benadrukt benadrukte meldt meldde"
        " schrijft schreef vindt reageert reageerde waarschuwt waarschuwde concludeert concludeerde legt legde laat"
        " liet voegt voegde antwoordt antwoordde bevestigt bevestigde erkent erkende hoopt meent",
        sources="volgens",
        between="zo uit weten toe",
        pronouns="hij zij",
    ),
}
"""By ISO 639-1 code."""

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

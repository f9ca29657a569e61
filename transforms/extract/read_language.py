"""Read the language of an article: what is declared, else what its letters say."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier

CODE = re.compile(r"^\s*([a-z]{2,3})(?:[-_][a-z0-9]+)*\s*$", re.IGNORECASE)
NO_LANGUAGE = frozenset({"und", "mul", "zxx"})
TWO_LETTERS = frozenset(
    (  # noqa: SIM905 a line each as a list
        "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
        "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
        "ie ig ii ik in io is it iu iw ja ji jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln "
        "lo lt lu lv mg mh mi mk ml mn mo mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi "
        "pl ps pt qu rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti "
        "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
    ).split()
)
"""Codes of ISO 639-1, and five retired ones that pages still bear. Of a country ("jp", "cz") they are none."""
ENOUGH_CHARS = 40
PLENTY_CHARS = 300
KIN = (
    frozenset({"no", "nb", "nn", "da", "sv"}),
    frozenset({"sr", "hr", "bs", "sh", "sl", "me", "mk", "bg"}),
    frozenset({"id", "ms", "jv", "su"}),
    frozenset({"es", "gl", "ca", "pt", "an", "oc", "ast"}),
    frozenset({"ru", "uk", "be", "bg", "mk"}),
    frozenset({"cs", "sk"}),
    frozenset({"nl", "af", "de", "lb", "fy", "nds", "gsw", "als"}),
    frozenset({"zh", "yue", "ja"}),
    frozenset({"hi", "mr", "ne", "sa"}),
    frozenset({"ar", "fa", "ur", "ps", "ckb"}),
    frozenset({"zu", "xh", "st", "tn", "nr", "ss", "sw", "rw", "rn", "lg"}),
    frozenset({"tr", "az", "tk"}),
    frozenset({"fil", "tl"}),
    frozenset({"he", "iw", "yi"}),
)
"""Languages that a guess from letters takes for each other, or that have two codes."""

REMEMBERED_BYTES = 6
"""Whatever the automaton read before them, so many bytes lead to one state."""
GLIMPSE_CHARS = 400
"""Of 3,173 texts in 32 languages none whose first characters spoke clearly was taken for another in the end."""
SAMPLE_CHARS = 2_000
CLEAR_MARGIN = 100


@dataclass(frozen=True, slots=True)
class _Model:
    """From a state (`rows`) and a byte to the next state (`moves`), its feature (-1: none), and weights by language.

    `weights` are the bits of half floats, all negative: widened so, they cost a fourth of what numpy's own way does.
    `languages` names each class, `others` says by language which classes are of another.
    """

    moves: NDArray[Any]
    rows: NDArray[np.int64]
    features: NDArray[np.int64]
    weights: NDArray[np.uint16]
    biases: NDArray[Any]
    languages: list[str]
    others: dict[str, NDArray[np.bool_]]


_WIDER_BITS, _SIGN_BIT, _SCALE = 13, np.uint32(1 << 28), np.float32(-(2.0**112))
"""A half float's bits, so many places further up and without its sign, are a float of its value by -2**112."""

_used: list[_Model] = []
"""The model of this process, once it was asked."""


def read_language(text: str, *declared: str | None) -> str | None:
    """Give an ISO 639 code: the first declared one, else the guess over `text`; null for too little text.

    A declaration is often a template's: a text that clearly speaks another language is believed against it.
    """
    code = next(
        filter(_is_language, (found[1].lower() for each in declared if (found := CODE.match(each or "")))),
        None,
    )
    if len(text) < ENOUGH_CHARS:
        return code
    if code is None:
        return guess_language(text)
    heard = clear_language(text) if len(text) >= PLENTY_CHARS else None
    if heard is None or _are_kin(heard, code):
        return code
    # The beginning may be a foreign quotation, or a banner.
    return heard if clear_language(text[len(text) // 2 :]) == heard else code


def _is_language(code: str) -> bool:
    return code in TWO_LETTERS if len(code) == 2 else code not in NO_LANGUAGE


def _are_kin(one: str, other: str) -> bool:
    """Whether two codes are of one language or of such as a guess confuses."""
    return one == other or any({one, other} <= family for family in KIN)


def guess_language(text: str) -> str:
    """Return the ISO 639-1 code of the likeliest language, from more of the text where two are near each other."""
    best, margin = _rank(text[:GLIMPSE_CHARS])
    if margin < CLEAR_MARGIN and len(text) > GLIMPSE_CHARS:
        best, _ = _rank(text[:SAMPLE_CHARS])
    return best


def clear_language(text: str) -> str | None:
    """Return the language that the beginning of a text speaks clearly; null where it does not."""
    language, margin = _rank(text[:GLIMPSE_CHARS])
    return language if margin >= CLEAR_MARGIN else None


def use_model(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Guess by a model that `unpack_model` has given, from here on."""
    classes = arrays["languages"]
    others = {language: classes != language for language in classes.tolist()}
    named = {"languages": classes.tolist(), "weights": arrays["weights"].view(np.uint16)}
    _used[:] = [_Model(**{**arrays, **named}, others=others)]


def unpack_model() -> dict[str, NDArray[Any]]:
    """Return the model that comes with py3langid, whose unpacking takes half a second."""
    found = LanguageIdentifier.from_model_file(MODEL_FILE)
    return {
        "moves": np.asarray(found.tk_nextmove),
        "rows": np.asarray(found.tk_row, np.int64) << 8,
        "features": np.asarray(found.tk_output, np.int64),
        "weights": found.nb_ptc,
        "biases": found.nb_pc,
        "languages": np.array(found.nb_classes),
    }


def _model() -> _Model:
    if not _used:
        use_model(unpack_model())
    return _used[0]


def _rank(text: str) -> tuple[str, float]:
    """Return the likeliest language and by how much it leads; several classes may be one language."""
    model = _model()
    scores = _scores(text, model)
    best = int(scores.argmax())
    language = model.languages[best]
    return language, float(scores[best]) - float(scores[model.others[language]].max())


def _scores(text: str, model: _Model) -> NDArray[np.float32]:
    cased = text.lower() if text.isupper() else text
    data = np.frombuffer(normalize("NFC", cased).encode("utf-8", "surrogatepass"), np.uint8)
    states = np.zeros(len(data), np.int64)
    for back in reversed(range(min(REMEMBERED_BYTES, len(data)))):
        states[back:] = model.moves[model.rows[states[back:]] + data[: len(data) - back]]
    features = model.features[states]
    # In the order of the text, as py3langid adds them up: the last bit depends on it.
    counts = Counter(features[features >= 0].tolist())
    if not counts:
        return np.zeros(len(model.languages), np.float32)
    places = np.fromiter(counts.keys(), np.intp, len(counts))
    times = np.fromiter(counts.values(), np.float32, len(counts))
    rows = model.weights.take(places, axis=0).astype(np.uint32)
    rows <<= _WIDER_BITS
    rows -= _SIGN_BIT
    scores: NDArray[np.float32] = np.log1p(times) @ rows.view(np.float32) * _SCALE + model.biases
    return scores

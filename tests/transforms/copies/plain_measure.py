"""What a pair shares, measured word by word: slow, and plain enough to be believed."""

from copydesk.transforms.copies.measure import FIGURE_GAP, FIGURE_SHIFT, SMALL_GAP, Measures
from copydesk.transforms.copies.sketch import SHINGLE_WORDS, hex_of_words, shingles
from copydesk.transforms.copies.words import BLOCK, FIRST, NAME, NUMBER, QUOTED, SOLO, Words


def plain_measure(batch: Words, a: int, b: int) -> dict[str, int]:
    values, counts = shingles(batch)
    texts = []
    for text in (a, b):
        begin, end = int(batch.starts[text]), int(batch.starts[text + 1])
        shingle_values = values[begin : begin + counts[text]].tolist()
        columns = (column[begin:end].tolist() for column in (batch.hashes, batch.flags, batch.spellings))
        hashes, flags, spellings = columns
        texts.append((hashes, flags, shingle_values, spellings))
    names = hex_of_words(batch).to_pylist()
    short, long = texts if (len(texts[0][2]), names[a], a) <= (len(texts[1][2]), names[b], b) else texts[::-1]
    found = dict.fromkeys(Measures.__slots__, 0)
    for side, text in zip("ab", texts, strict=True):
        found[f"shingles_{side}"] = len(set(text[2]))
        found[f"narrated_{side}"] = sum(is_narration(text, text[2].index(v)) for v in set(text[2]))
    place = places(short[2], long[2])
    count_shared(found, short, long, place)
    walk(found, short, long, place)
    for name, flag, beside in (("figures", NUMBER, 0), ("names", NAME, FIRST)):
        hold(found, name, short, long, flag, beside)
    lead(found, short, long, place)
    return found


def is_narration(text: tuple, place: int) -> bool:
    return not any(kind & (QUOTED | BLOCK) for kind in text[1][place : place + SHINGLE_WORDS])


def places(short: list[int], long: list[int]) -> list[int]:
    place: list[int] = []
    for value in short:
        there = long.index(value) if value in long else -1
        onward = place[-1] + 1 if place and place[-1] >= 0 else 0
        if there >= 0 and onward and onward < len(long) and long[onward] == value:
            there = onward
        place.append(there)
    return place


def count_shared(found: dict[str, int], short: tuple, long: tuple, place: list[int]) -> None:
    for i, there in enumerate(place):
        if there < 0 or short[2].index(short[2][i]) != i:
            continue
        found["shared"] += 1
        if not is_narration(short, i):
            is_block = short[1][i] & BLOCK
        elif is_narration(long, there):
            found["narrated_shared"] += 1
            continue
        else:
            is_block = any(kind & BLOCK for kind in long[1][there : there + SHINGLE_WORDS])
        found["block_shared" if is_block else "quoted_shared"] += 1


def walk(found: dict[str, int], short: tuple, long: tuple, place: list[int]) -> None:
    words, flags, *_ = short
    reach = min(SHINGLE_WORDS, len(words))
    carried: set[int] = set()
    edits: set[int] = set()
    end, end_long, run = 0, 0, 0
    for i, there in enumerate([*place, len(long[0])]):
        is_last = i == len(place)
        here = len(words) if is_last else i
        if not is_last and there < 0:
            run = 0
            continue
        gap, gap_long = here - end, there - end_long
        if 0 < gap <= FIGURE_GAP and 0 <= gap_long <= FIGURE_GAP and abs(gap - gap_long) <= FIGURE_SHIFT:
            fill(found, short, range(end, here), long[0][end_long:there], long[3][end_long:there])
        if is_last:
            break
        if end and 0 < gap <= SMALL_GAP and 0 <= gap_long <= SMALL_GAP:
            edits |= set(range(end, i))
        goes_on = run and place[i - 1] >= 0 and there == place[i - 1] + 1
        run = 0 if flags[i + reach - 1] & BLOCK else run + 1 if goes_on else reach
        found["longest_run"] = max(found["longest_run"], run)
        carried |= set(range(i, i + reach))
        end, end_long = i + reach, there + reach
    for k in carried:
        found["same_figures"] += bool(flags[k] & NUMBER)
        found["same_names"] += flags[k] & (NAME | FIRST) == NAME
    narration = {k for k, kind in enumerate(flags) if not kind & (QUOTED | BLOCK)}
    found["words_short"], found["words_long"] = len(words), len(long[0])
    found["solo_words"] = sum(bool(kind & SOLO) for kind in flags)
    found["narrated_words"] = len(narration)
    found["followed"] = len(carried | edits)
    found["narrated_followed"] = len((carried | edits) & narration)


def fill(found: dict[str, int], short: tuple, gap: range, others: list[int], spelt: list[int]) -> None:
    for k in gap:
        kind = (
            "figures" if short[1][k] & NUMBER else "names" if short[1][k] & (NAME | FIRST) == NAME else None
        )
        if kind:
            is_same = short[0][k] in others
            found[f"{'same' if is_same else 'other'}_{kind}"] += 1
            found["respelled"] += kind == "names" and not is_same and short[3][k] in [*filter(None, spelt)]


def hold(found: dict[str, int], name: str, short: tuple, long: tuple, flag: int, beside: int) -> None:
    left = [word for word, kind in zip(*long[:2], strict=True) if kind & flag]
    for word, kind in zip(*short[:2], strict=True):
        if kind & flag and not kind & beside:
            found[name] += 1
            if word in left:
                left.remove(word)
                found[f"{name}_held"] += 1


def lead(found: dict[str, int], short: tuple, long: tuple, place: list[int]) -> None:
    reach = min(SHINGLE_WORDS, len(short[0]))
    begins = {i: there for i, there in enumerate(place) if there >= 0}
    here = {i + k for i in begins for k in range(reach)}
    there = {i + k for i in begins.values() for k in range(reach)}
    named = {short[0][i] for i in here if short[1][i] & (NAME | FIRST) == NAME}
    rest = {
        word
        for text, shared in ((short, here), (long, there))
        for i, word in enumerate(text[0])
        if i not in shared and text[1][i] & NAME
    }
    found["lead_words"] = min([*begins, *begins.values()], default=0)
    found["shared_names"], found["told_again"] = len(named), len(named & rest)

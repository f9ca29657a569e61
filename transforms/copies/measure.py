"""Measures what two texts share. One loop a pair, run as it stands for a few pairs, compiled for many."""

# ruff: noqa: ANN001, ANN202, C901, PLR0912, PLR0913, PLR0915 one loop over the words of a pair

MEASURES = (
    "shingles_a",
    "shingles_b",
    "shared",
    "narrated_a",
    "narrated_b",
    "narrated_shared",
    "words_short",
    "words_long",
    "followed",
    "narrated_words",
    "narrated_followed",
    "longest_run",
    "same_figures",
    "other_figures",
    "same_names",
    "other_names",
    "block_shared",
    "quoted_shared",
)
SMALL_GAP = 8
"""So many other words between two shared stretches, in both texts, are an edit within a carried sentence."""
FIGURE_GAP = 25
"""So many words may stand between two shared stretches of a form that is filled in anew."""
_SHINGLE = 5
_QUOTED, _BLOCK, _NUMBER, _NAME = 1, 2, 4, 8


def measure(values, hashes, flags, starts, counts, pairs, masks, out):  # type: ignore[no-untyped-def]  # noqa: PLR0917, ANN201
    """Fill `out`, a row of MEASURES a pair; `masks[i]` + 1 is a power of two above twice the shingles of text i."""

    def filled(begin, end, begin_other, end_other):  # type: ignore[no-untyped-def]
        """Count the figures and names of a gap that the other text's gap has too, and those it has not."""
        same = 0
        other = 0
        names = 0
        others = 0
        for k in range(begin, end):
            if not flags[k] & 12:
                continue
            found = False
            for there in range(begin_other, end_other):
                if hashes[there] == hashes[k]:
                    found = True
                    break
            if flags[k] & _NUMBER:
                same += 1 if found else 0
                other += 0 if found else 1
            else:
                names += 1 if found else 0
                others += 0 if found else 1
        return same, other, names, others

    for row in range(len(pairs)):
        a = pairs[row][0]
        b = pairs[row][1]
        short, long = (a, b) if counts[a] <= counts[b] else (b, a)
        start_s, start_l = starts[short], starts[long]
        count_s, count_l = counts[short], counts[long]
        words_s, words_l = starts[short + 1] - start_s, starts[long + 1] - start_l
        # Hash tables with linear probing: shingle -> first place in the text.
        mask = masks[long]
        table = [-1] * (mask + 1)
        unique_l = 0
        narrated_l = 0
        outside = 0
        for k in range(min(_SHINGLE - 1, words_l)):
            outside += 1 if flags[start_l + k] & 3 else 0
        for i in range(count_l):
            if i + _SHINGLE <= words_l and flags[start_l + i + _SHINGLE - 1] & 3:
                outside += 1
            value = values[start_l + i]
            slot = value & mask
            while table[slot] >= 0 and values[start_l + table[slot]] != value:
                slot = (slot + 1) & mask
            if table[slot] < 0:
                table[slot] = i
                unique_l += 1
                if outside == 0:
                    narrated_l += 1
            if flags[start_l + i] & 3:
                outside -= 1
        mask_s = masks[short]
        table_s = [-1] * (mask_s + 1)
        place = [-1] * count_s
        unique_s = 0
        narrated_s = 0
        shared = 0
        narrated_shared = 0
        block_shared = 0
        quoted_shared = 0
        outside = 0
        for k in range(min(_SHINGLE - 1, words_s)):
            outside += 1 if flags[start_s + k] & 3 else 0
        for i in range(count_s):
            if i + _SHINGLE <= words_s and flags[start_s + i + _SHINGLE - 1] & 3:
                outside += 1
            value = values[start_s + i]
            slot = value & mask
            while table[slot] >= 0 and values[start_l + table[slot]] != value:
                slot = (slot + 1) & mask
            there = table[slot]
            # Of a shingle that stands at several places take the one that goes on.
            if there >= 0 and i > 0 and place[i - 1] >= 0:
                onward = place[i - 1] + 1
                if onward < count_l and values[start_l + onward] == value:
                    there = onward
            place[i] = there
            slot = value & mask_s
            while table_s[slot] >= 0 and values[start_s + table_s[slot]] != value:
                slot = (slot + 1) & mask_s
            if table_s[slot] < 0:
                table_s[slot] = i
                unique_s += 1
                if outside == 0:
                    narrated_s += 1
                if there >= 0:
                    shared += 1
                    if outside == 0:
                        there_outside = 0
                        for k in range(min(_SHINGLE, words_l - there)):
                            there_outside |= flags[start_l + there + k] & 3
                        if there_outside == 0:
                            narrated_shared += 1
                        elif there_outside & _BLOCK:
                            block_shared += 1
                        else:
                            quoted_shared += 1
                    elif flags[start_s + i] & _BLOCK:
                        block_shared += 1
                    else:
                        quoted_shared += 1
            if flags[start_s + i] & 3:
                outside -= 1
        # Walk along the shorter text: what is carried, what was edited, what was filled in anew.
        reach = min(_SHINGLE, words_s)
        followed = 0
        narrated_words = 0
        narrated_followed = 0
        longest = 0
        run = 0
        same_figures = 0
        other_figures = 0
        same_names = 0
        other_names = 0
        end_s = 0
        end_l = 0
        for i in range(words_s):
            narrated_words += 0 if flags[start_s + i] & 3 else 1
        for i in range(count_s):
            if place[i] < 0:
                run = 0
                continue
            onward = i > 0 and place[i - 1] >= 0 and place[i] == place[i - 1] + 1
            if flags[start_s + i + reach - 1] & _BLOCK:
                run = 0
            elif onward and run > 0:
                run += 1
            else:
                run = reach
            longest = max(longest, run)
            gap_s = i - end_s
            gap_l = place[i] - end_l
            if end_s > 0 and 0 < gap_s <= SMALL_GAP and 0 <= gap_l <= SMALL_GAP:
                for k in range(end_s, i):
                    followed += 1
                    narrated_followed += 0 if flags[start_s + k] & 3 else 1
            if 0 < gap_s <= FIGURE_GAP and 0 <= gap_l <= FIGURE_GAP and abs(gap_s - gap_l) <= 3:
                same, other, names, others = filled(  # type: ignore[no-untyped-call]
                    start_s + end_s, start_s + i, start_l + end_l, start_l + place[i]
                )
                same_figures += same
                other_figures += other
                same_names += names
                other_names += others
            for k in range(max(i, end_s), i + reach):
                followed += 1
                kind = flags[start_s + k]
                narrated_followed += 0 if kind & 3 else 1
                same_figures += 1 if kind & _NUMBER else 0
                same_names += 1 if kind & _NAME else 0
            end_s = max(end_s, i + reach)
            end_l = place[i] + reach
        gap_s = words_s - end_s
        gap_l = words_l - end_l
        if 0 < gap_s <= FIGURE_GAP and 0 <= gap_l <= FIGURE_GAP and abs(gap_s - gap_l) <= 3:
            same, other, names, others = filled(  # type: ignore[no-untyped-call]
                start_s + end_s, start_s + words_s, start_l + end_l, start_l + words_l
            )
            same_figures += same
            other_figures += other
            same_names += names
            other_names += others
        a_is_short = short == a
        out[row][0] = unique_s if a_is_short else unique_l
        out[row][1] = unique_l if a_is_short else unique_s
        out[row][2] = shared
        out[row][3] = narrated_s if a_is_short else narrated_l
        out[row][4] = narrated_l if a_is_short else narrated_s
        out[row][5] = narrated_shared
        out[row][6] = words_s
        out[row][7] = words_l
        out[row][8] = followed
        out[row][9] = narrated_words
        out[row][10] = narrated_followed
        out[row][11] = longest
        out[row][12] = same_figures
        out[row][13] = other_figures
        out[row][14] = same_names
        out[row][15] = other_names
        out[row][16] = block_shared
        out[row][17] = quoted_shared

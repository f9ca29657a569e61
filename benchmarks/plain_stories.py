"""The peer of the story benchmarks: a single pass over words, names and numbers in plain Python."""

import math
import re
from collections import Counter

TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[.!?\n]")


def plain_features(text):
    """Return counters of words, capitalised words inside sentences, and numbers."""
    words, names, numbers = Counter(), Counter(), Counter()
    opens = True
    for token in TOKEN.findall(text):
        if token[0].isdigit():
            numbers[token] += 1
        elif token[0].isalpha():
            words[token.lower()] += 1
            if token[0].isupper() and not opens:
                names[token.lower()] += 1
            opens = False
            continue
        opens = not token[0].isdigit()
    return words, names, numbers


def plain_single_pass(texts, threshold, window=None, days=None):
    """Cluster in one pass, in plain Python: join the story with the nearest centroid, or open one."""
    frequency = [Counter(), Counter(), Counter()]
    read = [plain_features(text) for text in texts]
    for features in read:
        for kind in range(3):
            frequency[kind].update(features[kind].keys())
    stories, labels = [], []
    for number, features in enumerate(read):
        vector = {}
        for kind in range(3):
            weighed = {
                (kind, term): (1 + math.log(count)) * math.log(len(texts) / frequency[kind][term])
                for term, count in features[kind].items()
            }
            length = math.sqrt(sum(value * value for value in weighed.values())) or 1.0
            vector |= {term: value / length / math.sqrt(3) for term, value in weighed.items()}
        best, story = threshold, None
        for label, (centroid, size, last) in enumerate(stories):
            if window and days[number] - last > window:
                continue
            dot = sum(value * centroid.get(term, 0.0) for term, value in vector.items())
            if dot / size > best:
                best, story = dot / size, label
        if story is None:
            stories.append([dict(vector), 1, days[number] if days else 0])
            labels.append(len(stories) - 1)
        else:
            centroid = stories[story][0]
            for term, value in vector.items():
                centroid[term] = centroid.get(term, 0.0) + value
            stories[story][1] += 1
            stories[story][2] = days[number] if days else 0
            labels.append(story)
    return labels

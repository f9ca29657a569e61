"""What the settling of stories remembers, and what it answers.

Enters: nothing. Leaves: the records `StoryThresholds`, `StoryState` and `Settled` that `assign` and the flow share.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from copydesk.schemas.tables import TABLES
from copydesk.transforms.stories.cluster_votes import ClusterThresholds
from copydesk.transforms.stories.compare_votes import CompareThresholds
from copydesk.transforms.stories.count_vocabulary import CountThresholds
from copydesk.transforms.stories.gather_votes import FORMS, GatherThresholds
from copydesk.transforms.stories.read_features import EMPTY_FEATURES
from copydesk.transforms.stories.vocabulary import Vocabulary

STORIES = TABLES["stories"].without("settled_at", "run_id")
MEMBERS = TABLES["story_members"].without("parameters_version", "joined_at", "run_id")
EVENTS = TABLES["story_events"].without("event_id", "happened_at", "run_id")


@dataclass(frozen=True, slots=True)
class StoryThresholds:
    """The thresholds of all steps; each is told beside the step that uses it.

    `most_votes` is how many votes beyond the new ones a run settles again at most (see `find_affected`).
    """

    gather: GatherThresholds = field(default_factory=GatherThresholds)
    compare: CompareThresholds = field(default_factory=CompareThresholds)
    cluster: ClusterThresholds = field(default_factory=ClusterThresholds)
    count: CountThresholds = field(default_factory=CountThresholds)
    most_votes: int = 3_000


@dataclass(frozen=True, slots=True)
class StoryState:
    """The window as it stands: features, members and stories as tables, and the vocabulary.

    Stories are whole: all members of a story in the window have their features here. `forms` are the pairs of articles
    that fill in one form anew, as the copies step has judged them.
    """

    features: pa.Table = field(default_factory=EMPTY_FEATURES.empty_table)
    members: pa.Table = field(default_factory=MEMBERS.empty_table)
    stories: pa.Table = field(default_factory=STORIES.empty_table)
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    forms: pa.Table = field(default_factory=FORMS.empty_table)


@dataclass(frozen=True, slots=True)
class Settled:
    """What a run changes: rows to write, ids that ended (old to new), events in order, and the next state.

    `members` and `stories` hold only rows that are new or differ from before; `features` those that were read.
    `story_keys` gives the names that each story which was looked at is found by later.
    """

    members: pa.Table
    stories: pa.Table
    events: pa.Table
    features: pa.Table
    merged: Mapping[str, str]
    story_keys: Mapping[str, tuple[int, ...]]
    state: StoryState

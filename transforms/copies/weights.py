"""What each sign of a copy weighs: learned from labelled pairs by `python -m benchmarks.copy_weights learn`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Weights:
    """The weight of each sign (transforms/copies/signs.py), none below 0, and the sum that a copy needs."""

    share: float
    volume: float
    passage: float
    same_occasion: float
    other_outlet: float
    needed: float


@cache
def weights() -> Weights:
    """Return the weights that come along."""
    return Weights(
        **tomllib.loads(files("copydesk.transforms.copies").joinpath("weights.toml").read_text("utf-8"))
    )

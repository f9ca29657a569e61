"""Number the distinct values of a column: what `numpy.unique` does with its inverse, without sorting them."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def number_values(values: NDArray[Any]) -> tuple[NDArray[Any], NDArray[np.int64]]:
    """Return the distinct values in order of appearance, and for each value its number among them."""
    encoded = pa.array(values).dictionary_encode()
    return encoded.dictionary.to_numpy(), encoded.indices.to_numpy().astype(np.int64)

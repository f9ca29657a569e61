"""Keeps arrays that take long to unpack beside compiled modules, from where each process maps them into its memory."""

import shutil
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_DIR, MODEL_FILE

from copydesk.transforms.extract.read_language import unpack_model, use_model

Arrays = Mapping[str, NDArray[Any]]


def use_kept_language_model() -> None:
    """Let this process guess languages by the model as it was once unpacked on this machine."""
    packed = (MODEL_DIR / MODEL_FILE).stat()
    use_model(keep_arrays(f"language-{packed.st_size}-{packed.st_mtime_ns}", unpack_model))


def keep_arrays(name: str, make: Callable[[], Arrays]) -> Arrays:
    """Return arrays as an earlier process kept them under a name, which tells all that they hang on; else make them.

    They are kept where Python keeps bytecode and when it may: not below a folder that nobody may write into, nor with
    `PYTHONDONTWRITEBYTECODE`.
    """
    folder = Path(cache_from_source(__file__)).parent / name
    try:
        return {file.stem: np.asarray(np.load(file, mmap_mode="r")) for file in folder.iterdir()}
    except (OSError, ValueError, EOFError):  # not there, or damaged
        arrays = make()
    if not sys.dont_write_bytecode:
        with suppress(OSError):
            _keep(folder, arrays)
    return arrays


def _keep(folder: Path, arrays: Arrays) -> None:
    """Write a folder that gets its name once it is whole."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(mkdtemp(prefix=f"{folder.name}-", dir=folder.parent))
    try:
        for name, array in arrays.items():
            np.save(unfinished / f"{name}.npy", array, allow_pickle=False)
        unfinished.chmod(0o755)
        shutil.rmtree(folder, ignore_errors=True)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)

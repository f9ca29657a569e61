"""A property that is worked out once for each that has it. The standard library's takes a lock before Python 3.12."""

from collections.abc import Callable
from typing import Any, Generic, Self, TypeVar, overload

T = TypeVar("T")


class Once(Generic[T]):
    """As functools.cached_property, for what one thread at a time reads: 180 of a text are asked for."""

    def __init__(self, work_out: Callable[[Any], T]) -> None:
        self._work_out, self._name, self.__doc__ = work_out, work_out.__name__, work_out.__doc__

    @overload
    def __get__(self, holder: None, kind: type) -> Self: ...
    @overload
    def __get__(self, holder: object, kind: type) -> T: ...
    def __get__(self, holder: object, kind: type) -> Any:
        """Return the value, which stands in the holder from here on."""
        if holder is None:
            return self
        value = holder.__dict__[self._name] = self._work_out(holder)
        return value

"""Why a source gave nothing in a run."""


class SourceError(Exception):
    """A source that could not be read; its run goes on without it. `payload` is what it sent instead."""

    def __init__(self, reason: str, detail: str, *, payload: bytes | None = None) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
        self.payload = payload

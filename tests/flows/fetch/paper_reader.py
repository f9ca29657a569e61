"""A way to ask the newspaper."""

import asyncio

from small_newspaper import Newspaper

from copydesk.flows.fetch.errors import FetchError
from copydesk.flows.fetch.exchange import HttpRequest, HttpResponse
from copydesk.flows.fetch.fetch_settings import FetchSettings
from copydesk.flows.fetch.fetcher import Fetcher


class Reader:
    """Asks with settings that open the newspaper's host; notes how long it was told to wait."""

    def __init__(self, paper: Newspaper, **settings: object) -> None:
        self.paper = paper
        self.naps: list[float] = []
        self.settings = FetchSettings(
            **{"allow_private_hosts": frozenset({paper.host}), "deadline_seconds": 120.0, **settings}
        )

    def get(self, *paths: str, **ask: object) -> list[HttpResponse | FetchError]:
        """Ask for paths one after the other, in one run; return each answer or the error that it raised."""
        return asyncio.run(self._get(paths, ask))

    def get_one(self, path: str, **ask: object) -> HttpResponse:
        """Ask for one path and raise its error."""
        (answer,) = self.get(path, **ask)
        if isinstance(answer, FetchError):
            raise answer
        return answer

    async def _get(self, paths: tuple[str, ...], ask: dict[str, object]) -> list[HttpResponse | FetchError]:
        answers: list[HttpResponse | FetchError] = []
        async with Fetcher(self.settings, sleep=self._nap) as fetcher:
            for path in paths:
                try:
                    answers.append(
                        await fetcher.fetch(
                            HttpRequest(path if "://" in path else self.paper.base + path, **ask)
                        )
                    )
                except FetchError as error:
                    answers.append(error)
        return answers

    async def _nap(self, seconds: float) -> None:
        self.naps.append(seconds)

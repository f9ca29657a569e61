"""One page in another form is the same article, and nothing else is."""

import pytest

from copydesk.transforms.identify import article_at, plain_page

STORY = "https://www.courier.test/news/sea-wall-rises"
FORMS = {
    "http": "http://www.courier.test/news/sea-wall-rises",
    "phones": "https://m.courier.test/news/sea-wall-rises",
    "phones, by name": "https://mobile.courier.test/news/sea-wall-rises",
    "AMP host": "https://amp.www.courier.test/news/sea-wall-rises",
    "AMP below": "https://www.courier.test/news/sea-wall-rises/amp",
    "AMP above": "https://www.courier.test/amp/news/sea-wall-rises",
    "AMP ending": "https://www.courier.test/news/sea-wall-rises.amp",
    "AMP parameter": "https://www.courier.test/news/sea-wall-rises?amp",
    "output": "https://www.courier.test/news/sea-wall-rises?outputType=amp",
    "print": "https://www.courier.test/news/sea-wall-rises/print",
    "print parameter": "https://www.courier.test/news/sea-wall-rises?print=1",
}
OTHERS = [
    "https://courier.test/news/sea-wall-rises",
    "https://www.courier.test/news/sea-wall-rises/",
    "https://www.courier.test/reviews/amp",
    "https://www.courier.test/?print=1",
    "https://www.courier.test/list?section=print&amp=2",
    "https://m.test/news/sea-wall-rises",
    "http://www.courier.test:8080/news/sea-wall-rises",
    "https://www.courier.test/#!/story/9",
    "http://[2001:db8::1]:8080/story?a=&b",
]


@pytest.mark.parametrize("url", FORMS.values(), ids=FORMS)
def test_forms_of_one_page_are_one_article(url: str) -> None:
    """Hosts, segments and parameters that only say how a page is shown choose no article."""
    assert plain_page(url) == STORY
    assert article_at(url) == article_at(STORY)


@pytest.mark.parametrize("url", OTHERS)
def test_what_may_be_another_page_stays(url: str) -> None:
    """A segment beside no number or headline, another parameter, a closing slash and a host of two labels stay."""
    assert plain_page(url) == url

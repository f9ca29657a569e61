"""Under which domain a host is registered."""

import pytest

from copydesk.transforms.registered_domain import registered_domain


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("https://www.tide.co.uk/news?from=//else.org", "tide.co.uk"),
        ("http://Tide.Example.COM:8080/", "Example.COM"),
        ("//desk:word@m.tide.com", "tide.com"),
        ("tide.com/a//b", "tide.com"),
        ("https://a.tide.com./", "tide.com"),
        ("https://tide.blogspot.com/", "blogspot.com"),  # a company's customers are no registrants
        ("https://a.b.tide.ck/", "b.tide.ck"),  # *.ck
        ("https://a.www.ck/", "www.ck"),  # but !www.ck
        ("https://a.tide.city.kawasaki.jp/", "city.kawasaki.jp"),
        ("https://a.xn--tde-hoa.xn--55qx5d.cn/", "xn--tde-hoa.xn--55qx5d.cn"),  # 公司.cn
        ("https://tide。com/", "tide.com"),
        ("https://co.uk/", None),
        ("https://ck/", None),
        ("https://localhost/", None),
        ("https://192.0.2.1/", None),
        ("https://[2001:db8::1]/", None),
        ("https://.com/", None),
        ("", None),
    ],
)
def test_registered_domain(address: str, domain: str | None) -> None:
    """The suffix is the longest rule of the list; one label stands before it, as it is written."""
    assert registered_domain(address) == domain

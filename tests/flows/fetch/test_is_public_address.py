"""Special-use addresses are never public, however they are written."""

import pytest

from copydesk.flows.fetch.is_public_address import is_public_address

SPECIAL = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.0.1", "169.254.169.254",
    "172.16.0.1", "172.31.255.255", "192.0.0.1", "192.0.0.8", "192.0.0.9", "192.0.0.170", "192.0.2.1", "192.31.196.1",
    "192.52.193.1", "192.88.99.1", "192.168.1.1", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1",
    "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "100::1", "100:0:0:1::1", "2001::1", "2001:0:53aa:64c::1",
    "2001:2::1", "2001:4:112::1", "2001:10::1", "2001:20::1", "2001:30::1", "2001:db8::1", "2002:7f00:1::",
    "2002:808:808::1", "2620:4f:8000::1", "3fff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "9.9.9.9", "100.63.255.255", "100.128.0.1", "172.15.255.255", "172.32.0.1", "192.0.1.1", "192.167.1.1",
    "198.17.255.255", "198.20.0.1", "223.255.255.1", "::ffff:9.9.9.9", "64:ff9b::9.9.9.9", "2001:200::1",
    "2606:4700::1", "2a00:1450::1", "3ffe::1",
]  # fmt: skip


@pytest.mark.parametrize("address", SPECIAL)
def test_special_use_is_not_public(address: str) -> None:
    """No address of IANA's special-purpose registries is public, nor IPv4 of that kind inside IPv6."""
    assert not is_public_address(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_all_others_are_public(address: str) -> None:
    """The neighbours of special networks are public."""
    assert is_public_address(address)


@pytest.mark.parametrize("text", ["", "gazette.example", "127.1", "0x7f.0.0.1", "2130706433", "1.2.3.4.5"])
def test_what_is_no_address_is_not_public(text: str) -> None:
    """Only a full address can be public."""
    assert not is_public_address(text)

"""Any folder can be walked: what lies there is read once, told as left out, or refused by name."""

import os
import re
import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.flows.read.find_files import find_files
from copydesk.flows.read.raw_document import origin_text
from copydesk.schemas.user_error import UserError


def origins(path: Path, **options: bool) -> list[str]:
    """What is to be read, in order."""
    return [file.origin for file in find_files(path, **options).files if not file.reason]


def refused(path: Path) -> dict[str, str | None]:
    return {file.origin: file.reason for file in find_files(path).files if file.reason}


def lay(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x", "utf-8")


def test_a_folder_that_links_lead_to_counts_once(tmp_path: Path) -> None:
    """Links to a parent, a sibling, each other or a file inside add nothing; two loops end."""
    lay(tmp_path, "a/one.txt", "a/deep/two.txt", "b/three.txt")
    for link, target in (("a/up", ".."), ("a/deep/top", "../.."), ("b/a", "../a"), ("same.txt", "a/one.txt")):
        (tmp_path / link).symlink_to(target)
    assert origins(tmp_path) == ["a/deep/two.txt", "a/one.txt", "b/three.txt"]
    assert refused(tmp_path) == {}


def test_the_given_path_may_be_a_link(tmp_path: Path) -> None:
    """A link that the user names is followed: to a folder, and to a file under the link's own name."""
    lay(tmp_path, "real/one.txt")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "name.txt").symlink_to("real/one.txt")
    assert origins(tmp_path / "link") == ["one.txt"]
    assert origins(tmp_path / "name.txt") == ["name.txt"]


def test_a_link_out_is_followed_only_if_asked(tmp_path: Path) -> None:
    """A link that leads out of the given folder is refused by name, to a folder as to a file; or followed, once."""
    lay(tmp_path, "given/in.txt", "other/out.txt", "other/more/deep.txt")
    (tmp_path / "other" / "back").symlink_to("../given")
    (tmp_path / "given" / "far").symlink_to("../other")
    (tmp_path / "given" / "again").symlink_to("../other")
    (tmp_path / "given" / "secret.txt").symlink_to("../other/out.txt")
    outside = dict.fromkeys(["again", "far", "secret.txt"], "link_outside")
    assert refused(tmp_path / "given") == outside
    assert origins(tmp_path / "given") == ["in.txt"]
    followed = origins(tmp_path / "given", follows_links=True)
    assert followed == ["again/more/deep.txt", "again/out.txt", "in.txt"]


def test_what_a_link_alone_reaches_is_read_under_its_name(tmp_path: Path) -> None:
    """Files that are kept in a hidden store and linked from outside are read, by the first of their links."""
    lay(tmp_path, ".store/objects/SHA-1.data", ".store/set/two.txt")
    (tmp_path / "b.txt").symlink_to(".store/objects/SHA-1.data")
    (tmp_path / "a.txt").symlink_to(".store/objects/SHA-1.data")
    (tmp_path / "set").symlink_to(".store/set")
    assert origins(tmp_path) == ["a.txt", "set/two.txt"]


def test_what_is_no_file_is_named_and_never_opened(tmp_path: Path) -> None:
    """A pipe, a socket, a device and a broken link are refused with a reason; opening a pipe would never end."""
    os.mkfifo(tmp_path / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind(str(tmp_path / "plug"))
        (tmp_path / "gone.txt").symlink_to("nowhere.txt")
        (tmp_path / "round.txt").symlink_to("round.txt")
        assert refused(tmp_path) == {
            "gone.txt": "broken_link",
            "pipe.txt": "not_a_file",
            "plug": "not_a_file",
            "round.txt": "broken_link",
        }
    with pytest.raises(UserError, match="is a pipe"):
        find_files(tmp_path / "pipe.txt")


def test_a_folder_that_cannot_be_listed_costs_itself_only(tmp_path: Path) -> None:
    """The system refuses to list a path of more than 4,096 bytes: it is refused, its neighbours are read."""
    lay(tmp_path, "z.txt")
    at = os.open(tmp_path, os.O_RDONLY)
    for _ in range(20):
        os.mkdir("d" * 250, dir_fd=at)
        below = os.open("d" * 250, os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = below
    os.close(at)
    assert origins(tmp_path) == ["z.txt"]
    assert list(refused(tmp_path).values()) == ["path_too_long"]


@pytest.mark.parametrize(
    ("lies", "why"),
    [
        ("lake/catalog.sqlite lake/files/main/articles/rows.parquet", "lake (a warehouse)"),
        ("x/ducklake-019acb3c-2f1d-7c0a-8d55-0123456789ab.parquet", "a warehouse's file"),
        (".git/x.txt .venv/y.txt", ".git, .venv (hidden)"),
        ("venv/pyvenv.cfg venv/lib/z.txt", "venv (a virtual environment)"),
        ("node_modules/p/readme.txt", "node_modules (packages)"),
    ],
    ids=["warehouse", "file of a lake", "hidden", "environment", "packages"],
)
def test_what_lies_among_articles_and_is_none_is_told(tmp_path: Path, lies: str, why: str) -> None:
    """Warehouses, hidden folders, environments and packages are left out and named; named by the user they are read."""
    lay(tmp_path, *lies.split(), "a.txt")
    found = find_files(tmp_path)
    assert [file.origin for file in found.files] == ["a.txt"]
    (note,) = found.notes
    assert why in note


def test_a_saved_page_is_one_article(tmp_path: Path) -> None:
    """The folder of frames and scripts that a browser writes beside a page belongs to it; any other is read."""
    lay(
        tmp_path,
        "Berth.html",
        "Berth_files/ad.html",
        "Quay.htm",
        "Quay-Dateien/ad.html",
        "old_files/mill.html",
    )
    assert origins(tmp_path) == ["Berth.html", "Quay.htm", "old_files/mill.html"]
    assert find_files(tmp_path).notes == (
        f"left out below {tmp_path.name}: Berth_files, Quay-Dateien (parts of a saved page)",
    )


def test_a_warehouse_is_no_folder_of_articles(tmp_path: Path) -> None:
    """The folder that is written to cannot be read as well, not even before there is anything in it."""
    with pytest.raises(UserError, match="is a warehouse"):
        find_files(tmp_path, warehouse=tmp_path.resolve())


def test_a_folder_without_a_file_is_told(tmp_path: Path) -> None:
    """Nothing to read is not silence."""
    lay(tmp_path, "picture.png")
    found = find_files(tmp_path)
    assert (found.files, found.skipped_count) == ((), 1)
    assert "no file of .txt" in found.notes[0]


NAMES = [
    b"caf\xe9.txt",
    b"caf\\xE9.txt",
    b"caf\\x5CxE9.txt",
    "☕\n\x1b[2J.txt".encode(),
    b"%E9.txt",
    b"n" * 251 + b".txt",
]

ESCAPE = re.compile(r"\\x5C(?=(?:x5C)*x[89A-F][0-9A-F])|\\x([89A-F][0-9A-F])")


def _name_of(text: str) -> str:
    """Return the name that `origin_text` wrote as text, as the system takes it (os.fsencode gives its bytes)."""
    parts: list[bytes] = []
    end = 0
    for found in ESCAPE.finditer(text):
        parts += [os.fsencode(text[end : found.start()]), bytes.fromhex(found[1]) if found[1] else b"\\"]
        end = found.end()
    return os.fsdecode(b"".join([*parts, os.fsencode(text[end:])]))


def test_every_name_is_a_different_origin(tmp_path: Path) -> None:
    """Names that are no UTF-8, hold controls or look like an escape are read, each under a text of its own."""
    folder = os.fsencode(tmp_path)
    for name in NAMES:
        Path(os.fsdecode(folder + b"/" + name)).write_bytes(name)
    files = find_files(tmp_path).files
    assert {os.fsencode(_name_of(file.origin)) for file in files} == set(NAMES)
    assert {file.path.read_bytes() for file in files} == set(NAMES)
    assert "caf\\xE9.txt" in [file.origin for file in files]
    for file in files:
        file.origin.encode()


@given(st.binary(max_size=12) | st.text("\\x5CE9é", max_size=14).map(str.encode))
def test_a_name_comes_back_from_its_text(name: bytes) -> None:
    """Writing a name as text loses nothing, and leaves plain names as they are."""
    text = origin_text(os.fsdecode(name))
    text.encode()
    assert os.fsencode(_name_of(text)) == name

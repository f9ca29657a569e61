"""What the page for Python says is so, and holds beside a user's own modules of our rooms' names."""

import os
import pickle
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest

import copydesk

ROOT = Path(__file__).parents[2]
ROOMS = ("flows", "schemas", "transforms", "warehouse")
BLOCKS = re.findall(r"```python\n(.*?)```", (ROOT / "docs" / "python.md").read_text("utf-8"), re.DOTALL)


@contextmanager
def working_in(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def test_the_page_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its blocks run one after the other, and print what a reader expects."""
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    with working_in(tmp_path):
        exec("\n".join(BLOCKS), {})
    said = capsys.readouterr().out
    assert "Berth opened after years of delay ['Ann Rook'] 2025-06-03" in said
    assert re.search(r"^newsletter \S+ Sign up to our newsletter", said, re.MULTILINE)
    assert "\n18 0 0\n" in said
    assert re.search(r"│ +title +│ published_on │", said)


def test_wrong_use_is_told_before_anything_is_written(tmp_path: Path) -> None:
    """A setting that is not there, a path that is not there, a warehouse that is not there, a text that is none."""
    place = tmp_path / "w"
    with pytest.raises(copydesk.UserError, match="no such setting: wrokers"):
        copydesk.ingest(ROOT / "seeds" / "articles", warehouse=place, wrokers=2)
    with pytest.raises(copydesk.UserError, match="gone"):
        copydesk.ingest(tmp_path / "gone", warehouse=place)
    with pytest.raises(copydesk.UserError, match="workers"):
        copydesk.ingest(ROOT / "seeds" / "articles", warehouse=place, workers=-1)
    with pytest.raises(FileNotFoundError, match="no warehouse"):
        copydesk.connect(place)
    for content, known in [
        ("https://gull.example/a", {}), ("seeds/a.txt", {}), (None, {}), (Path("a"), {}), ("A text.", {"url": 5}),
    ]:  # fmt: skip
        with pytest.raises(copydesk.UserError):
            copydesk.clean(content, **known)  # type: ignore[arg-type]
    with pytest.raises(copydesk.UserError, match="list"):
        copydesk.ingest(["a", "b"], warehouse=place)  # type: ignore[arg-type]
    with pytest.raises(copydesk.NotAnArticleError) as caught:
        copydesk.clean("")
    assert caught.value.refusal.reason == "empty"
    sent = pickle.loads(pickle.dumps(caught.value))
    assert (sent.refusal, str(sent)) == (caught.value.refusal, str(caught.value))
    assert not place.exists()


def test_days_are_given_as_python_has_them() -> None:
    """A date is as good as its text; a page in wide characters is a page."""
    body = "The harbour board met and heard what the new berth had cost the town in the spring. " * 4
    assert (
        copydesk.clean(f"Berth opened\n\n{body}", published_at=date(2025, 6, 3)).published_on == "2025-06-03"
    )
    page = f"\ufeff<!doctype html><title>Berth</title><article><h1>Berth opened</h1><p>{body}</p></article>"
    assert "<" not in copydesk.clean(page.encode("utf-16-le")).body


def test_a_wheel_stands_beside_a_project_with_our_rooms_names(tmp_path: Path) -> None:
    """Installed from what the Containerfile copies all is below `copydesk`: a project's flows/, schemas.py are its own."""
    build = "from setuptools.build_meta import build_wheel; import sys; print(build_wheel(sys.argv[1]))"
    source = tmp_path / "source"
    source.mkdir()
    image = re.findall(r"^COPY (.+) \S+$", (ROOT / "Containerfile").read_text("utf-8"), re.MULTILINE)
    for name in " ".join(image).split():
        if (ROOT / name).is_file():
            shutil.copy(ROOT / name, source)
        else:
            left_out = shutil.ignore_patterns("data", "__pycache__")
            shutil.copytree(ROOT / name, source / name, symlinks=True, ignore=left_out)
    done = subprocess.run(
        [sys.executable, "-c", build, str(tmp_path)], cwd=source, capture_output=True, text=True, check=True
    )
    installed, project = tmp_path / "installed", tmp_path / "project"
    with zipfile.ZipFile(tmp_path / done.stdout.split()[-1]) as wheel:
        assert {name.split("/")[0].partition("-")[0] for name in wheel.namelist()} == {"copydesk"}
        wheel.extractall(installed)
    for name in ("flows/__init__.py", "warehouse/__init__.py", "transforms.py", "schemas.py"):
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text("OWN = True\n")
    code = (
        "import copydesk, flows, warehouse, transforms, schemas\n"
        "assert flows.OWN and warehouse.OWN and transforms.OWN and schemas.OWN\n"
        f"assert copydesk.__file__.startswith({str(installed)!r}), copydesk.__file__\n"
        "if __name__ == '__main__':\n"
        f"    print(copydesk.ingest({str(ROOT / 'seeds' / 'articles')!r}, warehouse='w').new_count)\n"
    )
    (project / "run.py").write_text(code)
    ran = subprocess.run(
        [sys.executable, "run.py"],
        cwd=project, env=os.environ | {"PYTHONPATH": str(installed)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.stdout, ran.returncode) == ("18\n", 0), ran.stderr


def test_nothing_of_ours_asks_for_a_room_by_its_bare_name() -> None:
    """`flows` alone would be a second copy of ours in the repository, and somebody else's anywhere else."""
    bare = re.compile(r"^\s*(?:from|import) (?:flows|schemas|transforms|warehouse)\b", re.MULTILINE)
    files = [
        path for place in (*ROOMS, "copydesk", "benchmarks", "tests") for path in (ROOT / place).rglob("*.py")
    ]
    assert len(files) > 500
    assert [path for path in files if bare.search(path.read_text("utf-8"))] == []

"""What can be told of the image without a tool that builds it; CI builds it (.github/workflows/ci.yml)."""

import re
import subprocess
import tomllib
from pathlib import Path

import yaml

from copydesk.flows.cli.commands import COMMANDS
from copydesk.flows.settings import Settings

ROOT = Path(__file__).parents[2]
LINES = (ROOT / "Containerfile").read_text("utf-8").replace("\\\n", " ").splitlines()
STEPS = [(word, rest) for word, _, rest in (line.partition(" ") for line in LINES) if word.isupper()]


def given(word: str) -> list[str]:
    """Return what stands behind a word of the Containerfile, in order."""
    return [rest for each, rest in STEPS if each == word]


def test_what_is_copied_is_tracked_and_brings_no_data() -> None:
    """Every path that goes into the image is in the repository; a warehouse, history and environments never go in."""
    copied = [name for rest in given("COPY") for name in rest.split()[:-1]]
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in copied:
        assert re.search(rf"^{re.escape(name)}(/|$)", tracked, re.MULTILINE), name
    left_out = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert {"warehouse/data", ".git", ".venv"} <= {*left_out}
    assert str(Settings.model_fields["warehouse"].default) in left_out


def test_the_image_holds_what_is_locked_and_nothing_else() -> None:
    """Packages come from the lock by their hashes, before the code; ours is installed without asking an index."""
    first, second = (line for line in given("RUN") if "pip install" in line)
    assert "--require-hashes -r requirements.lock" in first
    assert "--no-deps" in first
    assert "--no-deps --no-build-isolation ." in second
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    for package in project["build-system"]["requires"]:
        assert re.search(rf"^{re.split('[><=]', package)[0]}==", lock, re.MULTILINE)
    version = re.search(r"python:(\d\.\d+)", given("FROM")[0])
    jobs = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    assert version
    assert version[1] in jobs["test"]["strategy"]["matrix"]["python"]


def test_the_image_runs_the_command_as_nobody_special() -> None:
    """The entry point is the project's command, as a user without rights who owns the folder of its data."""
    [entry], [command], [user] = given("ENTRYPOINT"), given("CMD"), given("USER")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert entry.strip('[]"') in project["scripts"]
    assert command.strip('[]"') in {each.__name__ for each in COMMANDS}
    assert f"chown {user} {given('VOLUME')[0]}" in given("RUN")[-1]
    names = {each.partition("=")[0].removeprefix("COPYDESK_").lower() for each in given("ENV")[0].split()}
    assert names <= Settings.model_fields.keys()
    places = [each.partition("=")[2] for each in given("ENV")[0].split() if "/" in each]
    assert all(place.startswith(f"{given('VOLUME')[0]}/") for place in places)


def test_ci_builds_the_image_and_ingests_with_it() -> None:
    """CI builds this file, ingests the sample with it without a network, and checks the tables."""
    job = yaml.safe_load((ROOT / ".github/workflows/ci.yml").read_text("utf-8"))["jobs"]["image"]
    build, ingest, check = (step["run"] for step in job["steps"] if "run" in step)
    assert "--file Containerfile" in build
    assert "--network none" in ingest
    assert "--network none" in check

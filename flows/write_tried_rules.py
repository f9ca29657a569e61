"""Write down that the package's rule files were tried: python -m flows.write_tried_rules, after a change of them."""

from pathlib import Path

import transforms.rules
from transforms.rules.parse_rules import try_rules
from transforms.rules.tried import dump_tried


def write_tried_rules(folder: Path = Path(transforms.rules.__file__).parent) -> None:
    """Try all rules of `folder` and write tried.json; raise RuleError where one does not hold."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))]
    (folder / "tried.json").write_text(dump_tried(try_rules(texts)), encoding="utf-8")


if __name__ == "__main__":
    write_tried_rules()

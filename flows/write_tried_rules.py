"""Notes that our rule files were tried, after a change of them: python -m copydesk.flows.write_tried_rules."""

from pathlib import Path

from copydesk.transforms import rules
from copydesk.transforms.rules.parse_rules import try_rules
from copydesk.transforms.rules.tried import dump_tried


def write_tried_rules() -> None:
    """Try all rules and write tried.json; raise RuleError where one does not hold."""
    folder = Path(rules.__file__).parent
    texts = [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.toml"))]
    (folder / "tried.json").write_text(dump_tried(try_rules(texts)), encoding="utf-8")


if __name__ == "__main__":
    write_tried_rules()

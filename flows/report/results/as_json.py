"""Results for other programs."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from warehouse.check_result import CheckResult


def as_json(results: Sequence[CheckResult]) -> str:
    """Return a JSON array: one object a check with the fields of CheckResult and `is_passed`."""
    rows = [asdict(result) | {"is_passed": result.is_passed} for result in results]
    return json.dumps(rows, indent=1, ensure_ascii=True) + "\n"

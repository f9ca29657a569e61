"""Writes what a monitor scrapes: OpenMetrics text, printed or in a file that a node exporter reads."""

import os
from contextlib import suppress
from datetime import UTC, datetime

from copydesk.flows.settings import Settings
from copydesk.warehouse.attach import NoWarehouseError
from copydesk.warehouse.read_metrics import Metric, read_metrics


def metrics_text(settings: Settings) -> str:
    """Return the metrics of a warehouse as OpenMetrics text."""
    metrics = read_metrics(settings.place, now=datetime.now(UTC))
    return "".join(_family(metric) for metric in metrics) + "# EOF\n"


def write_metrics(settings: Settings) -> None:
    """Write the metrics to the file that the settings name, whole or not at all."""
    if settings.metrics_file is None:
        return
    with suppress(NoWarehouseError):
        text = metrics_text(settings)
        half = settings.metrics_file.with_name(f".{settings.metrics_file.name}.half")
        half.write_text(text, "utf-8")
        half.replace(settings.metrics_file)


def foretell_metrics(settings: Settings) -> tuple[str, ...]:
    """Return, in a sentence, where a run's metrics cannot be written to; nothing that a run has to fail for."""
    file = settings.metrics_file
    if file is None or os.access(file.parent, os.W_OK | os.X_OK):
        return ()
    return (f"COPYDESK_METRICS_FILE: {file.parent} is no folder to write to: no metrics are written",)


def _family(metric: Metric) -> str:
    name = f"copydesk_{metric.name}"
    kind, suffix = ("counter", "_total") if metric.is_counter else ("gauge", "")
    lines = [f"# TYPE {name} {kind}", f"# HELP {name} {metric.sentence}"]
    for values, number in metric.values.items():
        labels = ",".join(
            f'{label}="{_escaped(value)}"' for label, value in zip(metric.labels, values, strict=True)
        )
        lines.append(
            f"{name}{suffix}{{{labels}}} {number:.17g}" if labels else f"{name}{suffix} {number:.17g}"
        )
    return "\n".join(lines) + "\n"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("\n", "\\n").replace('"', '\\"')

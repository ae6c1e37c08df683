"""The text format of Prometheus, version 0.0.4.

https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import math
from dataclasses import dataclass, field

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


@dataclass
class Metric:
    """`samples`: [(suffix of the name, {label: value}, number)]; a number that is None is left out."""

    name: str
    help: str
    kind: str = "gauge"
    samples: list = field(default_factory=list)

    def add(self, number, suffix="", **labels):
        if number is not None:
            self.samples.append((suffix, labels, number))
        return self


def text(metrics):
    """All metrics; of those without a sample only the name, so that a query for them finds nothing and no fault."""
    lines = []
    for metric in metrics:
        lines += [f"# HELP {metric.name} {_escaped(metric.help)}", f"# TYPE {metric.name} {metric.kind}"]
        for suffix, labels, number in metric.samples:
            pairs = ",".join(f'{name}="{_quoted(value)}"' for name, value in labels.items())
            lines.append(f"{metric.name}{suffix}{f'{{{pairs}}}' if pairs else ''} {_number(number)}")
    return "\n".join([*lines, ""])


def _escaped(words):
    return words.replace("\\", r"\\").replace("\n", r"\n")


def _quoted(value):
    return _escaped(str(value)).replace('"', r"\"")


def _number(number):
    if isinstance(number, bool):
        return int(number)
    if isinstance(number, float) and math.isinf(number):
        return "+Inf" if number > 0 else "-Inf"
    return repr(number)


def histogram(name, help, upper, found):
    """A histogram. upper: the limits of the buckets in seconds; found: {value of "kind": (numbers, sum)}."""
    metric = Metric(name, help, "histogram")
    for kind, (numbers, total) in found.items():
        sum_of_numbers = 0
        for limit, number in zip([*upper, "+Inf"], numbers, strict=True):
            sum_of_numbers += number
            metric.add(sum_of_numbers, "_bucket", kind=kind, le=limit)
        metric.add(total, "_sum", kind=kind).add(sum_of_numbers, "_count", kind=kind)
    return metric

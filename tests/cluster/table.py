"""What the cluster has shown, as one table; a line that is not as it must be fails the command."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    what: str
    figure: str
    goal: str
    is_right: bool = True


class Table:
    def __init__(self):
        self.lines = []

    def add(self, what, figure, goal, is_right=True):
        self.lines.append(Line(what, str(figure), goal, bool(is_right)))
        print(f"  {'ok ' if is_right else 'NO '} {what}: {figure}", flush=True)

    @property
    def is_right(self):
        return bool(self.lines) and all(line.is_right for line in self.lines)

    def __str__(self):
        rows = [("", "what", "figure", "goal")]
        rows += [("" if line.is_right else "NO", line.what, line.figure, line.goal) for line in self.lines]
        widths = [max(len(row[column]) for row in rows) for column in range(4)]
        return "\n".join(" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)

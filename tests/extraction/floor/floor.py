"""The file that holds the floor."""

from __future__ import annotations

from pathlib import Path

import yaml

FLOOR = Path(__file__).resolve().parents[2] / "extraction_floor.yaml"
_HEAD = """# What the extractor reaches on the pages of tests/extraction/floor. CI fails below these figures.
# `python -m tests.extraction.floor --raise` raises them; nothing lowers them.
"""


def read() -> dict[str, float]:
    """The figures by their names; empty where there is no floor yet."""
    return yaml.safe_load(FLOOR.read_text(encoding="utf-8")) if FLOOR.is_file() else {}


def write(figures: dict[str, float]) -> None:
    """Put the figures in place of the old ones."""
    lines = (f"{name}: {value:.3f}\n" for name, value in sorted(figures.items()))
    FLOOR.write_text(_HEAD + "".join(lines), encoding="utf-8")


def raised(floor: dict[str, float], reached: dict[str, float]) -> dict[str, float]:
    """The floor with what is higher now, and what is new."""
    return floor | {name: value for name, value in reached.items() if value > floor.get(name, -1)}

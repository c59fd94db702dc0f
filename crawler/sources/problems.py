"""What a source did wrong, told once a kind: how often, and the first that was."""

from __future__ import annotations

_MAX_SAMPLE_CHARACTERS = 120


class Problems:
    """Counts while a source is read; `told` is what the reader of a report sees."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._samples: dict[str, str] = {}

    def add(self, kind: str, sample: str = "") -> None:
        """One more of its kind. The sample may be hostile: it is shortened and stands in quotes."""
        self._counts[kind] = self._counts.get(kind, 0) + 1
        if sample:
            self._samples.setdefault(kind, sample[:_MAX_SAMPLE_CHARACTERS])

    def told(self) -> tuple[str, ...]:
        """A line a kind: `date unreadable (3 times, first: 'NaN')`."""
        return tuple(map(self._line, self._counts))

    def _line(self, kind: str) -> str:
        count, sample = self._counts[kind], self._samples.get(kind)
        said = [f"{count} times"] if count > 1 else []
        if sample is not None:
            said.append(f"{'first: ' if count > 1 else ''}{sample!r}")
        return f"{kind} ({', '.join(said)})" if said else kind

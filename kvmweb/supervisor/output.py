"""Every child's lines on one screen, each with the name of who said it."""

import sys
from typing import TextIO

COLOURS = (36, 33, 35, 32, 34, 96, 93)
NAME_WIDTH = 8


class Output:
    """Writes whole lines with a prefix; colours only on a terminal; a reader that went away is no reason to stop."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self.colourful = self.stream.isatty()
        self._colours: dict[str, int] = {}

    def line(self, name: str, text: str) -> None:
        """Write one line in the name of one child."""
        prefix = f"{name:<{NAME_WIDTH}} | "
        if self.colourful:
            colour = self._colours.setdefault(name, COLOURS[len(self._colours) % len(COLOURS)])
            prefix = f"\x1b[{colour}m{prefix}\x1b[0m"
        try:
            self.stream.write(f"{prefix}{text}\n")
            self.stream.flush()
        except (OSError, ValueError):  # the terminal or pipe was closed; the work goes on without it
            return

    def say(self, text: str) -> None:
        """Write a line of the supervisor itself."""
        self.line("kvmweb", text)

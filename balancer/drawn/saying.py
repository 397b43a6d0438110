"""How a board says times, waits and names in one language, at one instant of one city. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from balancer.city.definition import City, LocalText
from balancer.drawn.en import EN
from balancer.drawn.uk import UK
from balancer.drawn.words import BoardWords, Forms
from balancer.wording.languages import Language, clock_time, day_and_time, local, plural
from balancer.wording.rooms import Room

DRAWN: Room[BoardWords] = Room("drawn", uk=UK, en=EN)
MINUTE_MS = 60_000


@dataclass(frozen=True)
class Saying:
    """`now`: city ms."""

    language: Language
    city: City
    now: int

    @property
    def words(self) -> BoardWords:
        """The language's words."""
        return DRAWN.of(self.language)

    def local(self, text: LocalText | None) -> str:
        """A name of the city's definition."""
        return local(text, self.language)

    def count(self, forms: Forms, n: int) -> str:
        """The form that fits a number, with the number in it."""
        return plural(self.language, n, **forms).format(n=n)

    def clock(self, at: float) -> str:
        """The wall time at city ms `at`, like 9:05."""
        return clock_time(self.language, self.city.time_zone, round(at))

    def time(self, instant: str) -> str:
        """The wall time of an RFC 3339 instant."""
        return self.clock(milliseconds(instant))

    def day(self, instant: str) -> str:
        """The same with its day where that is not today's."""
        return day_and_time(self.language, self.city.time_zone, milliseconds(instant), self.now)

    def after(self, minutes: float) -> str:
        """The wall time that many minutes from now."""
        return self.clock(self.now + minutes * MINUTE_MS)

    def minutes(self, span: tuple[int, int]) -> str:
        """Like "7–14" or "up to 3"."""
        low, high = span
        return f"{low}–{high}" if low else self.words.up_to.format(n=high)

    def spoken(self, span: tuple[int, int], *, door: bool) -> str:
        """The same for a screen reader, in which a dash is no word."""
        words, (low, high) = self.words, span
        text = words.door_spoken if door else words.wait_spoken if low else words.up_to_spoken
        return text.format(low=low, high=self.count(words.minutes_spoken, high))


def milliseconds(instant: str) -> int:
    """City ms of an RFC 3339 instant."""
    return round(datetime.fromisoformat(instant).timestamp() * 1000)

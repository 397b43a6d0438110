"""What holds for every test: no example of a property is timed, for machines are shared and slow at times."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

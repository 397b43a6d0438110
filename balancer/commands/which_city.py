"""Which city a command is about: the one that is named, else the only one in the store."""

from __future__ import annotations

from pathlib import Path

from balancer.city.definition import City, load_city, packaged_cities
from balancer.core.commands import read_definition
from balancer.core.connect import Store, stored_cities
from balancer.settings import Settings


async def which_city(store: Store, wanted: str | None) -> City:
    """The definition that the store holds, or the file's where it holds none yet.

    `wanted`: a packaged name, a file or a city id; None takes the only city in the store, and on an empty
    store the default one. ValueError where that is not clear.
    """
    known = await stored_cities(store)
    if wanted is None and len(known) > 1:
        raise ValueError(f"the store holds several cities, name one with --city: {', '.join(known)}")
    if wanted is None and not known:
        wanted = Settings().city
    file_city = load_city(wanted) if wanted is not None and is_file(wanted) else None
    identity = known[0] if wanted is None else file_city.city if file_city else wanted
    stored = await read_definition(store, identity)
    found = stored or file_city
    if found is None:
        raise ValueError(
            f"the store holds no city {identity}" + (f", only {', '.join(known)}" if known else "")
        )
    return found


def is_file(wanted: str) -> bool:
    """Whether it names a packaged city or a file rather than an id."""
    return wanted in packaged_cities() or Path(wanted).is_file()

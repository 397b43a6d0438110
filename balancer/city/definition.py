"""The door to a city's definition: load, check, encode and decode; the types themselves come from `model`.

load_city("kharkiv") or load_city("my-city.toml")  → City, or raises CityFaults with every fault at once
check_city(text, "my-city.toml")                   → (City or None, all faults and warnings)
"""

from __future__ import annotations

import os
import re
import tomllib
from functools import cache
from pathlib import Path as FilePath
from typing import Any

import msgspec

from balancer.city.building import build_city
from balancer.city.faults import CityFaults, Fault, Findings, did_you_mean, some_of
from balancer.city.file_format import FileCity
from balancer.city.model import (
    Agency,
    Branch,
    Category,
    City,
    DayException,
    Desk,
    Hours,
    Levels,
    LocalText,
    Policy,
    PriorityClass,
    Queue,
    Service,
    Span,
)
from balancer.city.positions import lines_of
from balancer.city.public import public_definition
from balancer.city.reading import read_table
from balancer.city.review import review
from balancer.city.travel_matrix import with_matrix

__all__ = [
    "Agency",
    "Branch",
    "Category",
    "City",
    "CityFaults",
    "DayException",
    "Desk",
    "Fault",
    "Hours",
    "Levels",
    "LocalText",
    "Policy",
    "PriorityClass",
    "Queue",
    "Service",
    "Span",
    "check_city",
    "decode_city",
    "encode_city",
    "load_city",
    "packaged_cities",
    "public_definition",
]

CITIES = FilePath(__file__).parent / "cities"
SYNTAX_PLACE = re.compile(r"\s*\(at line (\d+), column (\d+)\)$")


def packaged_cities() -> list[str]:
    """Names of the cities that come with the program."""
    return sorted(path.stem for path in CITIES.glob("*.toml"))


def load_city(path_or_name: str | os.PathLike[str]) -> City:
    """The city of a packaged name or of a TOML file; CityFaults with every fault if it cannot be used."""
    text, file = read_city_file(path_or_name)
    city, faults = check_city(text, file)
    if city is None:
        raise CityFaults(file, faults)
    return city


def read_city_file(path_or_name: str | os.PathLike[str]) -> tuple[str, str]:
    """The text of a city file and the name it goes by; CityFaults if it is not there or not UTF-8."""
    wanted = os.fspath(path_or_name)
    path = FilePath(wanted)
    if wanted in packaged_cities():
        path = CITIES / f"{wanted}.toml"
    try:
        return path.read_text(encoding="utf-8-sig"), str(path)
    except UnicodeDecodeError as error:
        fault = Fault(f"byte {error.start + 1}", None, "the file is not UTF-8 text", "Save it as UTF-8.")
        raise CityFaults(wanted, [fault]) from None
    except OSError as error:
        names = packaged_cities()
        remedy = did_you_mean(wanted, names, f"Name a TOML file, or one of {some_of(names)}.")
        why = error.strerror or type(error).__name__
        raise CityFaults(wanted, [Fault("the file", None, f"cannot be read ({why})", remedy)]) from None


def check_city(text: str, file: str) -> tuple[City | None, list[Fault]]:
    """Every fault of a city file's text, in its order; if there is none, the city and its warnings."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_syntax_fault(str(error), text)]
    findings = Findings()
    read = read_table(document, FileCity, (), findings)
    city = build_city(read, findings)
    if not findings.fatal and read.travel_matrix is not None:
        city = with_matrix(city, FilePath(file).parent / read.travel_matrix, findings)
    if not findings.fatal:
        review(city, read, findings)
    faults = findings.report(document, lines_of(text))
    return (None if findings.fatal else city), faults


def _syntax_fault(message: str, text: str) -> Fault:
    """TOML's own complaint with its line and the line's text."""
    match = SYNTAX_PLACE.search(message)
    problem = SYNTAX_PLACE.sub("", message).removesuffix(" (at end of document)")
    if match is None:
        remedy = "Something before it was not closed."
        return Fault("the end of the file", text.count("\n") + 1, problem, remedy)
    line, column = int(match[1]), int(match[2])
    shown = text.splitlines()[line - 1].strip() if line <= len(text.splitlines()) else ""
    return Fault(f"column {column}", line, problem, f"The line reads: {shown[:80]}")


def encode_city(city: City) -> bytes:
    """The city as JSON, as it is stored with a running city."""
    return msgspec.json.encode(city)


@cache
def _decoder() -> msgspec.json.Decoder[City]:
    return msgspec.json.Decoder(City)


def decode_city(definition: bytes) -> City:
    """The city of `encode_city`'s bytes; msgspec.ValidationError if they are something else."""
    return _decoder().decode(definition)


def to_builtins(city: City) -> dict[str, Any]:
    """The city as plain dicts and lists."""
    built: dict[str, Any] = msgspec.to_builtins(city)
    return built

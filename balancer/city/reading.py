"""From parsed TOML to the types of `file_format`, reporting every wrong key and value instead of the first
one.

A wrong value is replaced by a placeholder of its type, so that what depends on it can still be checked; a
city with any fault is never used.
"""

from __future__ import annotations

import datetime
import math
import re
import types
import typing
from typing import Any, TypeVar

import msgspec

from balancer.city.faults import Findings, Path, did_you_mean, some_of
from balancer.city.file_format import Text
from balancer.city.model import LocalText

UNKNOWN = "?"
LANGUAGES = ("uk", "en")
NO_TEXT: LocalText = dict.fromkeys(LANGUAGES, UNKNOWN)
TAG = re.compile("[a-z]{2,3}")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_TEXT = 300
KINDS = {bool: "true or false", int: "a whole number", float: "a number", str: "text in quotes"}
UNIONS = (typing.Union, types.UnionType)

S = TypeVar("S", bound=msgspec.Struct)


def read_table(table: dict[str, Any], kind: type[S], path: Path, findings: Findings) -> S:
    """A parsed table as `kind`; each unknown key, missing key and wrong value becomes a fault of its own."""
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key in table:
        if key not in fields:
            remedy = did_you_mean(key, fields, f"Known here: {some_of(fields, 30)}.")
            findings.fault((*path, key), "unknown key", remedy)
    given: dict[str, Any] = {}
    for name, field in fields.items():
        if name in table:
            given[name] = _value(table[name], field.type, (*path, name), findings)
        elif field.required:
            findings.fault(path, f'"{name}" is missing', f"Add {name} = {_example(field.type)}.")
            given[name] = _placeholder(field.type)
    return kind(**{name: value for name, value in given.items() if value is not None})


def _value(value: Any, wanted: Any, path: Path, findings: Findings) -> Any:
    """A value of the wanted type; of a wrong one the fault is reported, and a placeholder stands for it, or
    None where a default will do.
    """
    wanted, optional = _without_none(wanted)
    if wanted == Text:
        return _text(value, path, findings)
    if typing.get_origin(wanted) is list and isinstance(value, list):
        (element,) = typing.get_args(wanted)
        read = [_value(each, element, (*path, place), findings) for place, each in enumerate(value)]
        return [each for each in read if each is not None]
    struct = _struct_in(wanted)
    if struct is not None and isinstance(value, dict):
        return read_table(value, struct, path, findings)
    if type(value) is datetime.date:
        value = value.isoformat()
    try:
        converted = msgspec.convert(value, wanted)
    except msgspec.ValidationError:
        findings.fault(path, f"{_shown(value)} does not fit here", _remedy(value, wanted))
        return None if optional or struct else _placeholder(wanted, value)
    if isinstance(converted, float) and not math.isfinite(converted):
        findings.fault(path, f"{_shown(value)} does not fit here", _remedy(value, wanted))
        return 0.0
    if isinstance(converted, str) and CONTROL.search(converted):
        findings.fault(path, "has a control character in it", "Use one line of visible characters.")
    return converted


def _text(value: Any, path: Path, findings: Findings) -> LocalText:
    """A text for people in Ukrainian, English and further languages; plain text stands for the two."""
    texts = dict.fromkeys(LANGUAGES, value) if isinstance(value, str) else value
    if not isinstance(texts, dict):
        findings.fault(path, f"{_shown(value)} does not fit here", 'Write { uk = "…", en = "…" }.')
        return NO_TEXT
    wanted = list(LANGUAGES)
    for language in texts:
        if language not in LANGUAGES and TAG.fullmatch(language):
            wanted.append(language)
        elif language not in LANGUAGES:
            findings.fault(
                (*path, language), "unknown language", 'Write a short tag, as "uk" or "crh".'
            )
    return {language: _words(texts.get(language), language, path, findings) for language in wanted}


def _words(value: Any, language: str, path: Path, findings: Findings) -> str:
    place = {"uk": "Ukrainian", "en": "English"}.get(language, f'"{language}"')
    if not isinstance(value, str) or not value.strip():
        findings.fault(path, f"has no {place} text", 'Write { uk = "…", en = "…" }.')
        return UNKNOWN
    if CONTROL.search(value) or len(value) > LONGEST_TEXT:
        problem = f"{place} text too long or with control characters"
        findings.fault(path, problem, f"Use one line of up to {LONGEST_TEXT} visible characters.")
    return value.strip()


def _without_none(wanted: Any) -> tuple[Any, bool]:
    """The type without `| None`, and whether that was there."""
    if typing.get_origin(wanted) in UNIONS:
        rest = [each for each in typing.get_args(wanted) if each is not type(None)]
        if len(rest) < len(typing.get_args(wanted)):
            return typing.Union[tuple(rest)], True  # noqa: UP007
    return wanted, False


def _struct_in(wanted: Any) -> type[msgspec.Struct] | None:
    """The table type among what is wanted, if there is one."""
    choices = typing.get_args(wanted) if typing.get_origin(wanted) in UNIONS else (wanted,)
    for each in choices:
        if isinstance(each, type) and issubclass(each, msgspec.Struct):
            return each
    return None


def _bare(wanted: Any) -> Any:
    return typing.get_args(wanted)[0] if typing.get_origin(wanted) is typing.Annotated else wanted


def _placeholder(wanted: Any, value: Any = None) -> Any:
    """Something of the type to go on with; a text that breaks a pattern stands for itself."""
    bare = _bare(_without_none(wanted)[0])
    if wanted == Text:
        return NO_TEXT
    if typing.get_origin(bare) is list:
        return []
    if typing.get_origin(bare) is typing.Literal:
        return typing.get_args(bare)[0]
    if bare in (int, float):
        return bare()
    return value if isinstance(value, str) else UNKNOWN


def _remedy(value: Any, wanted: Any) -> str:
    """What to write instead, in plain words."""
    bare = _bare(wanted)
    if typing.get_origin(bare) is typing.Literal:
        choices = typing.get_args(bare)
        known = f"Write one of {some_of(choices)}."
        return did_you_mean(value, choices, known) if isinstance(value, str) else known
    if typing.get_origin(bare) is list:
        return "Write a list: [ … ], or [[ … ]] for each table of it."
    if _struct_in(wanted) is not None:
        return "Write a table here, as in the guide's example."
    meta = typing.get_args(wanted)[1] if bare is not wanted else msgspec.Meta()
    if meta.description:
        return f"Write {meta.description}."
    limits = [f"{word} {limit:g}" for word, limit in (
        ("from", meta.ge), ("above", meta.gt), ("to", meta.le)) if limit is not None]  # fmt: skip
    return " ".join(["Write", KINDS.get(bare, "text in quotes, or a list of them"), *limits]) + "."


def _example(wanted: Any) -> str:
    """A value of the type as it is written in TOML."""
    bare = _bare(wanted)
    if wanted == Text:
        return '{ uk = "…", en = "…" }'
    return {int: "0", float: "0.0", str: '"…"'}.get(bare, "[ … ]")


def _shown(value: Any) -> str:
    """The value as a person would recognise it, cut short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a table"
    text = f'"{value}"' if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"

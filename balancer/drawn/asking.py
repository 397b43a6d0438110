"""What the reader is asked: which service, from where, how. And the list of services that fit what he
types.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from balancer.city.catalogue import Facility
from balancer.city.definition import Service
from balancer.city.travel import MODES
from balancer.drawn.question import Question
from balancer.drawn.saying import Saying
from balancer.drawn.tree import Child, Node, el

COMBOBOX = {
    "id": "service",
    "type": "text",
    "role": "combobox",
    "autocomplete": "off",
    "spellcheck": "false",
    "aria-expanded": "false",
    "aria-controls": "services",
    "aria-autocomplete": "list",
}
RADIO = {"type": "radio", "name": "mode", "class": "sr"}


def asking(saying: Saying, question: Question, service: Service | None) -> Node:
    """The three fields. The widget makes a list of the first one, and finds the place for "here"."""
    return el(
        "div",
        {"class": "ask", "role": "search"},
        _service(saying, service),
        _place(saying, question) if question.branch is None else None,
        _need(saying, question) if question.branch is None else None,
        _mode(saying, question) if question.place is not None else None,
    )


def _service(saying: Saying, service: Service | None) -> Node:
    words = saying.words
    name = saying.local(service.name) if service else ""
    clear = {
        "type": "button",
        "id": "clear",
        "class": "clear",
        "aria-label": words.clear,
        "data-ask": "service=",
    }
    options = {"id": "services", "class": "stack", "role": "listbox", "aria-label": words.service}
    return el(
        "div",
        {"class": "field"},
        el("label", {"for": "service"}, words.service),
        el("input", {**COMBOBOX, "placeholder": words.choose, "value": name}),
        el("button", {**clear, "aria-label": words.clear}, "×") if service else None,
        el("ul", {**options, "data-slot": "options"}),
        el("p", {"class": "sr", "role": "status", "data-slot": "found"}),
    )


def _place(saying: Saying, question: Question) -> Node:
    words, chosen = saying.words, ",".join(map(str, question.place or ()))
    known = [
        (f"{each.lat},{each.lon}", words.near.format(name=saying.local(each.name)))
        for each in saying.city.branches
        if each.is_public
    ]
    choices = [("", words.nowhere), ("here", words.here), *known]
    if chosen not in dict(choices):
        choices.append((chosen, words.point))
    options = [el("option", {"value": value, "selected": value == chosen}, text) for value, text in choices]
    return el(
        "div",
        {"class": "field"},
        el("label", {"for": "place"}, words.place),
        el("select", {"id": "place", "name": "place"}, *options),
    )


def _need(saying: Saying, question: Question) -> Child:
    """What there must be: all that some public branch has. None where none says what it has."""
    words = saying.words
    public = [each for each in saying.city.branches if each.is_public]
    there = {facility for each in public for facility in each.facilities}
    if not there and question.need is None:
        return None
    choices = [("", words.anything)]
    choices += [(each, words.facilities[each]) for each in get_args(Facility) if each in there]
    options = [
        el("option", {"value": value, "selected": value == (question.need or "")}, text)
        for value, text in choices
    ]
    return el(
        "div",
        {"class": "field"},
        el("label", {"for": "need"}, words.need),
        el("select", {"id": "need", "name": "need"}, *options),
    )


def _mode(saying: Saying, question: Question) -> Node:
    words = saying.words
    choices = [
        el(
            "label",
            {"class": "btn main" if mode == question.mode else "btn"},
            el("input", {**RADIO, "value": mode, "checked": mode == question.mode}),
            el("span", {}, getattr(words, mode)),
        )
        for mode in MODES
    ]
    return el(
        "fieldset", {"class": "mode"}, el("legend", {"class": "sr"}, words.mode), el("div", {}, *choices)
    )


def found_services(
    saying: Saying, found: Sequence[Service], chosen: str | None, *, grouped: bool
) -> list[Node]:
    """Options of the list: all of them in their groups, those found by words in the order of fitness."""
    words = saying.words
    if not found:
        contact = f": {saying.city.contact}" if saying.city.contact else ""
        return [
            el(
                "li",
                {"class": "nothing", "role": "option", "aria-disabled": "true"},
                words.not_found.format(contact=contact),
            )
        ]
    if not grouped:
        return [_option(saying, each, chosen) for each in found]
    nodes: list[Node] = []
    for category in saying.city.categories:
        inside = [each for each in found if each.category == category.category]
        if inside:
            nodes.append(el("li", {"class": "category", "role": "presentation"}, saying.local(category.name)))
            nodes += [_option(saying, each, chosen) for each in inside]
    return nodes


def _option(saying: Saying, service: Service, chosen: str | None) -> Node:
    online: Child = el("small", {}, saying.words.online) if service.online_url else None
    return el(
        "li",
        {
            "role": "option",
            "id": f"option-{service.service}",
            "data-ask": f"service={service.service}",
            "aria-selected": "true" if service.service == chosen else "false",
        },
        saying.local(service.name),
        " " if online else None,
        online,
    )

"""A real map, only where the city has tiles and a library of its own; else, and until then, the drawn one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.city_files import spoiled
from tests.server import RunningServer, running_server
from tests.waiting import wait_until_sync

Open = Callable[..., Any]
MAPS = "https://maps.dolyna.example"
PIXEL = bytes.fromhex(
    "47494638396101000100800000ffffff00000021f90401000000002c00000000010001000002024401003b"
)
LIBRARY = """// What the map layer uses of Leaflet's module.
class Layer {
  addTo(owner) { owner.hold(this); return this }
  bindTooltip(label) { this.label = label; return this }
}
class Group extends Layer {
  layers = []
  hold(layer) { this.layers.push(layer); this.owner?.append(layer.label) }
  clearLayers() { for (const layer of this.layers) layer.label.remove(); this.layers = [] }
}
class Map {
  zoom = 12
  constructor(ground) { this.ground = ground }
  hold(layer) {
    layer.owner = this.ground
    if (!layer.url) return
    const tile = new Image()
    tile.src = layer.url.replace('{z}', 12).replace('{x}', 1).replace('{y}', 2)
    this.ground.append(tile)
  }
  fitBounds(places) { this.ground.dataset.places = places.length }
  on(type, tell) { this.ground.addEventListener(type, () => tell({ latlng: { lat: 50.01, lng: 36.25 } })) }
  getZoom() { return this.zoom }
  setZoom(zoom) { this.ground.dataset.zoom = this.zoom = zoom }
}
export const map = (ground) => new Map(ground)
export const tileLayer = (url) => Object.assign(new Layer(), { url })
export const layerGroup = () => new Group()
export const circleMarker = (at, look) => Object.assign(new Layer(), { at, look })
"""


def serve_maps(page: Any, *, broken: bool = False) -> list[str]:
    """The city's map service for that page: tiles, the library and its style sheet; `broken`: no library.
    The addresses that were asked for.
    """
    asked: list[str] = []

    def answer(route: Any) -> None:
        path = route.request.url.removeprefix(MAPS)
        asked.append(path)
        kinds = {".js": ("text/javascript", LIBRARY), "css": ("text/css", ".map { overflow: hidden }")}
        kind, body = kinds.get(path[-3:], ("image/gif", PIXEL))
        status = 404 if broken and kind == "text/javascript" else 200
        route.fulfill(
            status=status, content_type=kind, body=body, headers={"access-control-allow-origin": "*"}
        )

    page.route(f"{MAPS}/**", answer)
    return asked


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The small city with that map service."""
    file = tmp_path_factory.mktemp("maps") / "maps.toml"
    tiles = (
        f'[map_tiles]\nurl = "{MAPS}/{{z}}/{{x}}/{{y}}.png"\nattribution = "© Мапи Долини"\n'
        f'library = "{MAPS}/leaflet.js"\n\n[policy]'
    )
    file.write_text(spoiled(("[policy]", tiles)), "utf-8")
    with running_server(city=str(file)) as running:
        yield running


def test_the_real_map_takes_the_place_of_the_drawn_one(server: RunningServer, open_page: Open) -> None:
    """Tiles, a mark for each branch, whom to credit; a touch says where the reader is."""
    page = open_page("", width=1440, height=900)
    asked = serve_maps(page)
    page.goto(f"{server.base_url}/?service=extract")
    layer = page.locator("queue-board city-map")
    layer.locator(".map img").wait_for(state="attached")
    assert layer.locator(".credit").inner_text() == "© Мапи Долини"
    assert "Центр" in layer.locator(".map").inner_text()
    assert layer.locator("svg").is_hidden()
    layer.get_by_role("button", name="+").click()
    assert layer.locator(".map").get_attribute("data-zoom") == "13"
    layer.locator(".map").click()
    page.locator("queue-board .mode").wait_for()
    wait_until_sync(lambda: "Ви" in layer.locator(".map").inner_text(), what="the reader's own mark")
    assert "/12/1/2.png" in asked


def test_the_drawn_map_stays_where_the_library_does_not_come(server: RunningServer, open_page: Open) -> None:
    """The board goes on as everywhere else."""
    page = open_page("", width=1440, height=900)
    serve_maps(page, broken=True)
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto(f"{server.base_url}/?service=extract")
    wait_until_sync(lambda: page.evaluate("1") and any("city-map" in each for each in told), what="a warning")
    assert page.locator("queue-board city-map svg").is_visible()


def test_the_policy_names_the_hosts_of_the_map_and_no_others(server: RunningServer) -> None:
    """On the board and in the frame; on no other page."""
    for path in ("/", "/embed"):
        policy = server.ask("GET", path).headers["content-security-policy"]
        for part in ("script-src", "connect-src", "img-src"):
            assert f"{part} 'self' {MAPS}" in policy
    assert MAPS not in server.ask("GET", "/t").headers["content-security-policy"]

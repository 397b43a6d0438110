/**
 * `<city-map>`: a real map in place of the drawn one, where the city has tiles and Leaflet of its own (`[map_tiles]` of its file).
 * What stands inside it, the drawn map, stays until the library is here, and where it never comes.
 *
 * `data-tiles`, `data-attribution`, `data-library`: as in the city file. `data-points`: JSON of `Point[]`. A touch on the map sets
 * `data-ask` for the board around it. No markup is parsed: Trusted Types may be enforced.
 */

/** @typedef {{ lat: number, lon: number, name: string, says: string, level: string, size: number }} Point */

const ZOOM = { zoomControl: false, attributionControl: false };
const EDGE = { padding: [36, 36] };
const COLOUR = { quiet: "--quiet", moderate: "--moderate", busy: "--busy", you: "--accent" };
const STYLE = `
  :host { display: block; position: relative; height: 400px; }
  .map { height: 100%; border-radius: 10px; background: var(--surface); }
  .zoom { position: absolute; z-index: 1000; top: 8px; right: 8px; display: grid; gap: 4px; }
  .zoom button { width: 44px; height: 44px; border: 1.5px solid var(--edge); border-radius: 10px; background: var(--surface); color: var(--ink); font-size: 1.25rem; }
  .credit { position: absolute; z-index: 1000; right: 0; bottom: 0; padding: 0 6px; background: var(--surface); color: var(--ink); font-size: .75rem; }`;

class CityMap extends HTMLElement {
  static observedAttributes = ["data-points"];
  /** @type {any} */
  #leaflet;
  /** @type {any} */
  #map;
  /** @type {any} */
  #marks;

  connectedCallback() {
    if (!this.#map) this.#open().catch(() => console.warn("city-map: the drawn map stays, the library did not come"));
  }

  attributeChangedCallback() {
    if (this.#map) this.#mark();
  }

  async #open() {
    const { library = "", tiles = "", attribution = "" } = this.dataset;
    this.#leaflet = await import(new URL(library, document.baseURI).href);
    const sheet = await fetch(new URL("leaflet.css", new URL(library, document.baseURI)));
    if (!sheet.ok) throw new Error("no style sheet beside the library");
    const styles = [await new CSSStyleSheet().replace(await sheet.text()), await new CSSStyleSheet().replace(STYLE)];
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = styles;
    const ground = document.createElement("div");
    ground.className = "map";
    const credit = document.createElement("p");
    credit.className = "credit";
    credit.textContent = attribution;
    root.replaceChildren(ground, this.#zoom(), credit);
    this.#map = this.#leaflet.map(ground, ZOOM);
    this.#leaflet.tileLayer(tiles).addTo(this.#map);
    this.#marks = this.#leaflet.layerGroup().addTo(this.#map);
    this.#map.fitBounds(this.#points().map(({ lat, lon }) => [lat, lon]), EDGE);
    this.#map.on("click", (/** @type {any} */ { latlng }) => {
      this.dataset.ask = `place=${latlng.lat.toFixed(4)},${latlng.lng.toFixed(4)}`;
    });
    this.#mark();
  }

  /** @returns {Point[]} */
  #points() {
    return JSON.parse(this.dataset.points ?? "[]");
  }

  #zoom() {
    const zoom = document.createElement("div");
    zoom.className = "zoom";
    for (const [sign, by] of /** @type {[string, number][]} */ ([["+", 1], ["−", -1]])) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = sign;
      button.onclick = (event) => {
        event.stopPropagation();
        this.#map.setZoom(this.#map.getZoom() + by);
      };
      zoom.append(button);
    }
    return zoom;
  }

  #mark() {
    const look = getComputedStyle(this);
    this.#marks.clearLayers();
    for (const { lat, lon, name, says, level, size } of this.#points()) {
      const color = look.getPropertyValue(Reflect.get(COLOUR, level) ?? "--ink-2").trim();
      const fillOpacity = { busy: 1, moderate: 0.5, you: 1 }[level] ?? 0;
      const label = document.createElement("span");
      const strong = document.createElement("b");
      strong.textContent = says;
      label.append(name, " ", strong);
      const mark = this.#leaflet.circleMarker([lat, lon], { radius: size, color, weight: 3, fillOpacity, interactive: false });
      mark.bindTooltip(label, { permanent: true, direction: "bottom" }).addTo(this.#marks);
    }
  }
}

if (!customElements.get("city-map")) customElements.define("city-map", CityMap);

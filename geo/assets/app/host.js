// @ts-check
// The map host in the Streamlit page: one sandboxed frame, the document's message API, the address.

/** @type {WeakMap<object, Host>} */
const hosts = new WeakMap();

/** The map's state, kept while the reader looks at another page of the app. */
let lastSearch = "";

/** Milliseconds after its last change before the server hears of what was done on the map. */
const SETTLED = 150;

/** Streamlit's own address parameters; all others are the map's. */
const STREAMLIT = ["embed", "embed_options"];

/** The page's era slider, by the key it has in atlas_page.py. */
const SLIDER = ".st-key-era input[type=range]";

class Host {
  /**
   * @param {any} parent
   * @param {string} address of the document, relative to the app
   */
  constructor(parent, address) {
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    this.frame.setAttribute("referrerpolicy", "no-referrer");
    this.frame.setAttribute("allow", "clipboard-write; fullscreen");
    this.frame.title = "Map of the era, with its list of features";
    this.frame.style.cssText =
      "display:block;width:100%;height:max(460px,calc(100vh - 175px));border:0;border-radius:4px";
    this.frame.src = new URL(address, document.baseURI).href;
    this.path = window.location.pathname;
    this.ready = false;
    /** @type {string[]} */
    this.eras = [];
    this.era = "";
    this.layers = "";
    this.turn = -1;
    this.leaving = 0;
    this.telling = 0;
    /** Whether the slider moves because the reader moves it; else it follows the map. */
    this.sliding = false;
    /** @type {Record<string, any>} */
    this.told = {};
    /** @type {any} */
    this.wanted = undefined;
    /** @type {(name: string, value: any) => void} */
    this.report = () => {};
    this.hear = this.hear.bind(this);
    this.back = this.back.bind(this);
    this.touch = this.touch.bind(this);
    window.addEventListener("message", this.hear);
    window.addEventListener("popstate", this.back);
    for (const sign of ["keydown", "pointerdown"]) document.addEventListener(sign, this.touch, true);
    // The map follows the slider itself: it need not wait for the server, and a slow answer cannot undo a step.
    this.slider = new MutationObserver(() => this.slide());
    this.slider.observe(document.body, { subtree: true, attributes: true, attributeFilter: ["value"] });
    parent.append(this.frame);
  }

  /** @param {Event} event */
  touch(event) {
    if (/** @type {Element} */ (event.target).closest?.(".st-key-era")) this.sliding = true;
  }

  /** Step with the page's slider. */
  slide() {
    const era = this.sliderEra();
    if (!this.sliding || !era || era === this.era) return;
    this.era = era;
    this.tell("setEra", { era });
  }

  sliderEra() {
    const slider = /** @type {HTMLInputElement | null} */ (document.querySelector(SLIDER));
    return slider ? this.eras[Number(slider.getAttribute("value"))] : "";
  }

  /** @param {any} data what the server says */
  show(data) {
    this.wanted = data;
    if (!this.ready || data.turn === this.turn) return;
    this.turn = data.turn;
    // An answer to an older step says nothing of the era the reader is in by now.
    if (data.era !== (this.sliderEra() || data.era)) return;
    // Always told, even what the map seems to show already: an older wish may still be under way.
    this.tell("setEra", { era: data.era });
    this.tell("setLayers", { layers: data.layers.split("~").filter(Boolean) });
  }

  /** @param {string} type @param {Record<string, any>} content */
  tell(type, content) {
    // The frame has no origin of its own (it is sandboxed), so none can be named here.
    if (this.frame.contentWindow) this.frame.contentWindow.postMessage({ atlas: 1, type, ...content }, "*");
  }

  /** @param {MessageEvent} event */
  hear(event) {
    const message = event.data;
    if (event.source !== this.frame.contentWindow || !message || message.atlas !== 1) return;
    if (message.type === "ready") {
      this.ready = true;
      this.eras = message.eras;
      this.remember(message);
      this.tell("setLink", { address: window.location.origin + window.location.pathname });
      if (lastSearch && this.turn < 0) this.tell("setState", { search: lastSearch });
      if (this.wanted) this.show(this.wanted);
    } else if (message.type === "erachange" || message.type === "layerschange") {
      this.remember(message);
      if (message.by !== "reader") return;
      this.sliding = false;
      window.clearTimeout(this.telling);
      this.telling = window.setTimeout(() => this.tellServer(), SETTLED);
    } else if (message.type === "statechange") {
      lastSearch = message.search;
      this.write(message.search, message.push);
    }
  }

  /** Tell the server where the map has come to. */
  tellServer() {
    for (const name of /** @type {("era" | "layers")[]} */ (["era", "layers"])) {
      if (this.told[name] !== this[name]) this.report(name, this[name]);
      this.told[name] = this[name];
    }
  }

  /** @param {any} message */
  remember(message) {
    this.era = message.era;
    this.layers = message.layers.join("~");
  }

  /**
   * Keep the page's address in step with the map's state.
   * @param {string} search of the document
   * @param {boolean} push whether Back undoes it
   */
  write(search, push) {
    const { pathname, hash, search: before } = window.location;
    if (pathname !== this.path) return;
    const kept = [...new URLSearchParams(before)].filter(([name]) => STREAMLIT.includes(name));
    const address = `${pathname}${search}${kept.map(([name, value]) => `&${name}=${encodeURIComponent(value)}`).join("")}${hash}`;
    if (push) window.history.pushState(window.history.state, "", address);
    else window.history.replaceState(window.history.state, "", address);
  }

  /** Back or Forward. */
  back() {
    if (window.location.pathname === this.path) this.tell("setState", { search: window.location.search });
  }

  close() {
    window.removeEventListener("message", this.hear);
    window.removeEventListener("popstate", this.back);
    for (const sign of ["keydown", "pointerdown"]) document.removeEventListener(sign, this.touch, true);
    this.slider.disconnect();
    this.frame.remove();
  }
}

/** @param {any} component */
export default function atlasMap({ data, parentElement, setStateValue }) {
  let host = hosts.get(parentElement);
  if (!host) {
    host = new Host(parentElement, data.document);
    hosts.set(parentElement, host);
  }
  host.report = setStateValue;
  host.show(data);
  window.clearTimeout(host.leaving);
  const kept = host;
  return () => {
    // Streamlit also calls this when it only re-runs the component, and a frame that is taken out
    // for a moment loads anew: leave only when the place is really gone.
    kept.leaving = window.setTimeout(() => {
      if (parentElement.isConnected) return;
      kept.close();
      hosts.delete(parentElement);
    }, 1000);
  };
}

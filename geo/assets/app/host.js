// @ts-check
// The map host in the Streamlit page: one sandboxed frame, the document's message API, the address.

/** @type {WeakMap<object, Host>} */
const hosts = new WeakMap();

/** The reader's view, kept while they look at another page of the app. */
let lastView = "";

class Host {
  /**
   * @param {any} parent
   * @param {string} address of the document, relative to the app
   */
  constructor(parent, address) {
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts allow-popups");
    this.frame.setAttribute("referrerpolicy", "no-referrer");
    this.frame.title = "Map of the era, with its list of features";
    this.frame.style.cssText =
      "display:block;width:100%;height:max(460px,calc(100vh - 175px));border:0;border-radius:4px";
    this.frame.src = new URL(address, document.baseURI).href;
    this.ready = false;
    this.era = "";
    this.layers = "";
    this.turn = -1;
    this.leaving = 0;
    /** @type {any} */
    this.wanted = undefined;
    /** @type {(name: string, value: any) => void} */
    this.report = () => {};
    this.hear = this.hear.bind(this);
    window.addEventListener("message", this.hear);
    parent.append(this.frame);
  }

  /** @param {any} data */
  show(data) {
    this.wanted = data;
    if (!this.ready || data.turn === this.turn) return;
    this.turn = data.turn;
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
      this.remember(message);
      if (lastView && this.turn < 0) this.tell("setView", { view: lastView });
      if (this.wanted) this.show(this.wanted);
    } else if (message.type === "erachange" || message.type === "layerschange") {
      const { era, layers } = this;
      this.remember(message);
      if (message.by === "reader") {
        if (this.era !== era) this.report("era", this.era);
        if (this.layers !== layers) this.report("layers", this.layers);
      }
      this.write({ era: this.era, layers: message.custom ? this.layers : "" });
    } else if (message.type === "viewchange") {
      lastView = message.view;
      this.write({ view: message.view });
    } else if (message.type === "select") {
      this.write({ select: message.id });
    }
  }

  /** @param {any} message */
  remember(message) {
    this.era = message.era;
    this.layers = message.layers.join("~");
  }

  /**
   * Keep the page's address in step; empty values are taken out. @param {Record<string, string>} values
   */
  write(values) {
    const address = new URL(window.location.href);
    for (const [key, value] of Object.entries(values)) {
      if (value) address.searchParams.set(key, value);
      else address.searchParams.delete(key);
    }
    // Commas and tildes are legal in a query and easier to read than their escapes.
    const search = address.search.replace(/%2C/g, ",").replace(/%7E/g, "~");
    window.history.replaceState(window.history.state, "", address.pathname + search + address.hash);
  }

  close() {
    window.removeEventListener("message", this.hear);
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

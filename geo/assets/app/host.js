// @ts-check
// The map host in the Streamlit page: one sandboxed frame, the document's message API, the address.
// The frame stands beside Streamlit's own tree and stays while the reader looks at other pages of the app.

/** The frame's attributes: geo/app/frontend.py writes them in front of this file. @type {Record<string, string>} */
// @ts-ignore: the module is served beside this one
const ATTRIBUTES = ATLAS_FRAME;

/** Milliseconds after its last change before the server hears of what was done on the map. */
const SETTLED = 150;

/** Milliseconds after which a place that Streamlit took away is really gone. */
const GONE = 100;

/** What readers do to a slider, and Streamlit does not when it sets one; and what ends it. */
const HANDS = ["keydown", "input", "pointerdown"];
const OFF = ["pointerup", "pointercancel"];

/** Milliseconds in which a slider has moved that a reader moves. */
const MOVES = 50;

/** Address parameters that are not the map's: Streamlit's own, and what the host tells the document. */
const STREAMLIT = ["embed", "embed_options"];
const OURS = ["gestures", "slider", "theme"];

/** The place of the page's era slider, by the key it has in atlas_page.py, and the slider. */
const PLACE = ".st-key-era";
const SLIDER = `${PLACE} input[type=range]`;

/** Where Streamlit says whether it has its server. */
const CONNECTION = "data-test-connection-state";

/** @type {Host | undefined} */
let host;

class Host {
  /** @param {string} address of the document, relative to the app @param {string} title of the frame */
  constructor(address, title) {
    // in the server's page
    const known = /** @type {HTMLIFrameElement | null} */ (document.getElementById(ATTRIBUTES.id));
    this.frame = known || document.createElement("iframe");
    if (!known) {
      for (const [name, value] of Object.entries(ATTRIBUTES)) this.frame.setAttribute(name, value);
      this.frame.title = title || "";
      // Without an address the reader was faster than we: any document of this release will do.
      const any = `embed/latest.html?gestures=greedy&slider=host&lang=${document.documentElement.lang}`;
      this.frame.src = new URL(address || any, document.baseURI).href;
      document.body.append(this.frame);
    }
    this.path = window.location.pathname;
    this.ready = false;
    /** @type {string[]} */
    this.eras = [];
    /** Where the reader is, by what was done last on map or page: no answer of the server's changes it. */
    this.era = "";
    /** The era that the map was last told to show, until the reader steps on it. */
    this.asked = "";
    /** Whether the server's era has been heard of. */
    this.opened = false;
    this.leaving = 0;
    this.telling = 0;
    this.resting = 0;
    this.search = "";
    this.title = "";
    /** Whether the slider moves because the reader moves it; else the server has moved it. */
    this.sliding = Boolean(document.activeElement?.closest(PLACE));
    /** Whether a pointer holds it, or may do so. */
    this.pressed = this.sliding;
    /** Whether the server is away; and whether it has come back and has not answered yet. */
    this.away = false;
    this.returned = false;
    /** @type {any} */
    this.wanted = undefined;
    /** @type {(name: string, value: any) => void} */
    this.report = () => {};
    window.addEventListener("message", (event) => this.hear(event));
    window.addEventListener("popstate", (event) => {
      if (event.isTrusted) this.back(); // ours is for Streamlit: see reconnect
    });
    for (const sign of HANDS) document.addEventListener(sign, (event) => this.touch(event), true);
    for (const sign of OFF) document.addEventListener(sign, () => this.rest(), true);
    document.addEventListener("keydown", (event) => this.press(event));
    // The map follows the slider itself: it need not wait for the server, and a slow answer cannot undo a step.
    new MutationObserver(() => this.slide()).observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ["value"],
    });
    new MutationObserver(() => this.reconnect()).observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: [CONNECTION],
    });
    /** What Streamlit calls the tab, with every run of the whole page. */
    this.plain = document.title;
    new MutationObserver(() => {
      if (document.title === this.plain && this.title !== this.plain) this.nameTab();
    }).observe(document.head, { subtree: true, childList: true, characterData: true });
    this.track = new ResizeObserver(() => this.tellTrack());
    window.addEventListener("resize", () => this.tellTrack());
    this.tell("getState", {}); // a frame that was there first may have been ready before us
  }

  /** Stand in a place of the page: the map is seen as long as the place is there. @param {any} parent */
  enter(parent) {
    window.clearTimeout(this.leaving);
    this.frame.removeAttribute("data-away");
    if (parent !== this.parent) this.watchTheme(parent);
    this.parent = parent;
    if (this.search && !new URLSearchParams(window.location.search).has("era")) this.write(this.search, false);
  }

  leave() {
    window.clearTimeout(this.leaving);
    // Streamlit also calls this when it only re-runs the component.
    this.leaving = window.setTimeout(() => {
      if (!this.parent.isConnected) this.frame.setAttribute("data-away", "");
    }, GONE);
  }

  /** Hear of the page's colours, whatever changes them: a transition tells. @param {any} parent */
  watchTheme(parent) {
    const probe = document.createElement("span");
    probe.style.cssText =
      "forced-color-adjust:none;color:var(--st-background-color);transition:color 1ms;position:absolute";
    probe.addEventListener("transitionend", () => this.tellTheme());
    parent.append(probe);
    this.probe = probe;
    this.tellTheme();
  }

  tellTheme() {
    const [red = 255, green = 255, blue = 255] =
      (getComputedStyle(/** @type {Element} */ (this.probe)).color.match(/[\d.]+/g) || []).map(Number);
    this.tell("setTheme", { theme: 0.3 * red + 0.6 * green + 0.1 * blue < 128 ? "dark" : "light" });
  }

  /** Tell where the middle of the slider's thumb is at either end. */
  tellTrack() {
    const slider = document.querySelector(SLIDER);
    const ends = slider && endsOf(slider);
    if (ends) this.tell("setTrack", ends);
    if (slider && slider !== this.measured) {
      this.track.disconnect();
      this.track.observe(slider.closest("[data-orientation]") || slider);
      /** @type {Element | undefined} */
      this.measured = slider;
    }
  }

  /** @param {Event} event */
  touch(event) {
    // What the host itself does to the slider is no hand.
    if (!event.isTrusted || !(/** @type {Element} */ (event.target).closest?.(PLACE))) return;
    window.clearTimeout(this.resting);
    this.sliding = true;
    this.pressed = event.type === "pointerdown" || (this.pressed && event.type === "input");
    if (!this.pressed) this.rest();
  }

  /** The reader's hand has left the slider. */
  rest() {
    window.clearTimeout(this.resting);
    this.pressed = false;
    this.resting = window.setTimeout(() => {
      this.sliding = false;
    }, MOVES);
  }

  /** The page's slider has moved: step with it; but put it back where an answer to an older step has moved it. */
  slide() {
    if (document.querySelector(SLIDER) !== this.measured) this.tellTrack();
    const era = this.sliderEra();
    if (!era || era === this.era) return;
    if (this.sliding) {
      window.clearTimeout(this.telling); // the server hears of it by the slider
      this.step(era);
      this.sliding = this.pressed; // a key moves it once: what moves it next is an answer
    } else {
      this.tellServer();
    }
  }

  /** Step the map. @param {string} era */
  step(era) {
    this.era = era;
    this.asked = era;
    this.tell("setEra", { era });
  }

  sliderEra() {
    const slider = /** @type {HTMLInputElement | null} */ (document.querySelector(SLIDER));
    return slider ? this.eras[this.sliderPlace(Number(slider.getAttribute("value")))] : "";
  }

  /** Let the slider show where the reader is. Streamlit does not tell the server of this. */
  putSlider() {
    const slider = /** @type {HTMLInputElement} */ (document.querySelector(SLIDER));
    const { set } = /** @type {any} */ (Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value"));
    set.call(slider, this.sliderPlace(this.eras.indexOf(this.era))); // past React, which looks for what has changed
    slider.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** The place of the era at a place: in texts from right to left the slider goes the other way. @param {number} at */
  sliderPlace(at) {
    return document.dir === "rtl" ? this.eras.length - 1 - at : at;
  }

  /**
   * Let a server that has come back run the page again: Streamlit itself does not always, a server that was started
   * anew knows nothing of this reader, and what was done meanwhile has reached nobody. The address has it all.
   */
  reconnect() {
    const away = document.querySelector(`[${CONNECTION}]`)?.getAttribute(CONNECTION) !== "CONNECTED";
    if (this.away && !away) {
      this.returned = true;
      // For Streamlit this is Back to where the reader is. The map is there, or a step ahead of the address.
      window.dispatchEvent(new PopStateEvent("popstate", { state: window.history.state }));
    }
    this.away = away;
  }

  /** @param {{era: string, revision: number}} data what the server says */
  show(data) {
    this.wanted = data;
    if (this.returned) {
      this.returned = false;
      if (data.era !== this.era) this.tellServer();
      return;
    }
    if (!this.ready || this.opened) return; // an answer says nothing of the era the reader is in by now
    this.opened = true;
    // The document opens by its address; the server knows better only if the slider was moved before we came.
    if (data.revision && data.era === (this.sliderEra() || data.era)) this.step(data.era);
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
    if (message.type === "ready" || (message.type === "state" && !this.ready)) {
      this.begin(message);
    } else if (message.type === "state") {
      this.title = message.title;
      this.nameTab();
    } else if (message.type === "erachange") {
      // The map tells also what it was told; all but the last of that is past.
      if (message.by === "reader") this.asked = "";
      else if (this.asked && message.era !== this.asked) return;
      this.era = message.era;
      if (!this.asked) this.tellLater();
    } else if (message.type === "statechange") {
      this.search = message.search;
      this.title = message.title;
      this.write(message.search, message.push);
    }
  }

  /** The document has started. @param {any} message */
  begin(message) {
    this.ready = true;
    this.eras = message.eras;
    this.era = message.era;
    this.search = message.search;
    this.title = message.title;
    this.nameTab();
    // Before we came the reader may have gone back or forward on the page, or stepped on the map, or come here by a
    // link of the app's, which names no era.
    const [first] = this.eras;
    const [asked, opened] = [window.location.href, this.frame.src].map((address) => {
      const named = new URL(address).searchParams.get("era") || "";
      return this.eras.includes(named) ? named : "";
    });
    if (asked && asked !== (opened || first)) this.back();
    else if (this.era !== (asked || first)) this.write(this.search, false);
    this.tell("setLink", { address: window.location.origin + this.path });
    if (this.probe) this.tellTheme();
    this.tellTrack();
    if (this.wanted) {
      this.show(this.wanted);
      const slid = this.sliderEra();
      if (slid && slid !== this.wanted.era) { // the reader moved the slider before we came
        this.sliding = this.pressed = true; // and may not have let go of it
        this.step(slid);
      } else if (!this.wanted.revision && this.wanted.era !== this.era) {
        this.tellServer(); // an address may name what the server does not know
      }
    }
  }

  /** Arrows step where nothing has the focus, as in the document by itself. @param {KeyboardEvent} event */
  press(event) {
    if (document.activeElement !== document.body || window.location.pathname !== this.path) return;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key] || 0;
    const era = this.eras[this.eras.indexOf(this.era) + (document.dir === "rtl" ? -way : way)];
    if (!way || !era) return;
    event.preventDefault();
    this.step(era);
    this.tellLater();
  }

  /** Once the reader has stepped elsewhere than on the slider. */
  tellLater() {
    this.sliding = false;
    window.clearTimeout(this.telling);
    this.telling = window.setTimeout(() => this.tellServer(), SETTLED);
  }

  /** Let slider and server come to where the map is. */
  tellServer() {
    const slid = this.sliderEra();
    if (slid && slid !== this.era) this.putSlider(); // at once, however long the server takes
    this.report("era", this.era);
  }

  /**
   * Keep the page's address in step with the map's state.
   * @param {string} search of the document
   * @param {boolean} push whether Back undoes it
   */
  write(search, push) {
    const { pathname, hash, search: before } = window.location;
    if (pathname !== this.path) return;
    this.nameTab();
    const asked = new URLSearchParams(search);
    const kept = [...new URLSearchParams(before)].filter(([name]) => STREAMLIT.includes(name));
    const shown = search.slice(1).split("&").filter((part) => !OURS.includes(part.split("=")[0]));
    for (const [name, value] of kept) if (!asked.has(name)) shown.push(`${name}=${encodeURIComponent(value)}`);
    const address = `${pathname}?${shown.join("&")}${hash}`;
    if (push) window.history.pushState(window.history.state, "", address);
    else window.history.replaceState(window.history.state, "", address);
  }

  /** Name the browser's tab by what the map shows. */
  nameTab() {
    if (this.title && window.location.pathname === this.path) document.title = this.title;
  }

  /** Back or Forward. */
  back() {
    if (window.location.pathname === this.path) {
      this.asked = "";
      this.tell("setState", { search: window.location.search });
      this.tell("getState", {}); // what it is called there
    }
  }
}

/**
 * Where the middle of a slider's thumb is at either end, pixels from the left of the window.
 * @param {Element} slider
 */
function endsOf(slider) {
  // The thumb is placed by per cent of this element.
  const box = slider.closest("[data-orientation]")?.getBoundingClientRect();
  return box?.width ? { left: box.left, right: box.right } : undefined;
}

/**
 * @param {any} component whose data are era, revision and, at first, the document and its title: see geo/app/host.py
 */
export default function atlasMap({ data, parentElement, setTriggerValue }) {
  const [era, revision, address, title] = data;
  host = host || new Host(address, title);
  // A trigger, not a state: told once, so that no later answer hears again of where the map once was.
  host.report = setTriggerValue;
  host.enter(parentElement);
  host.show({ era, revision });
  const kept = host;
  return () => kept.leave();
}

// @ts-check
// The preview in the Embed page: the frame an author will paste, and what it shows once it rests.

/**
 * @typedef {object} Wish
 * @property {string} load address of the document relative to the app, with the parameters that need it anew
 * @property {string} search where it opens, such as "?era=1907-spheres&view=33,52,6"
 * @property {number} revision how often the author has acted on the page; the map is told when it grows
 * @property {number} width pixels, 0 for all there is
 * @property {number} height pixels
 * @property {string} title
 * @property {string} sandbox
 */

/** @type {WeakMap<object, Preview>} */
const previews = new WeakMap();

/** Milliseconds after the last change on the map before the page hears of it. */
const SETTLED = 300;

class Preview {
  /** @param {any} parent @param {string} sandbox */
  constructor(parent, sandbox) {
    // A frame wider than the page can be scrolled to its end.
    this.box = document.createElement("div");
    this.box.style.cssText = "overflow-x:auto;max-width:100%";
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", sandbox);
    this.frame.setAttribute("referrerpolicy", "no-referrer");
    this.frame.setAttribute("allow", "fullscreen; clipboard-write");
    this.frame.style.cssText = "display:block;border:0";
    this.loaded = "";
    this.revision = 0;
    /** What the map could not take of its address, as the page has been told. */
    this.notices = "[]";
    this.timer = 0;
    this.leaving = 0;
    this.whole = false;
    /** @type {URLSearchParams} */
    this.state = new URLSearchParams();
    /** @type {(name: string, value: any) => void} */
    this.report = () => {};
    this.hear = this.hear.bind(this);
    window.addEventListener("message", this.hear);
    this.box.append(this.frame);
    parent.append(this.box);
  }

  /** @param {Wish} wish */
  show(wish) {
    this.frame.title = wish.title;
    this.frame.style.width = wish.width ? `${wish.width}px` : "100%";
    this.frame.style.height = `${wish.height}px`;
    if (wish.load !== this.loaded) {
      this.loaded = wish.load;
      this.revision = wish.revision;
      this.whole = false;
      window.clearTimeout(this.timer); // what the old document said is no longer true
      this.state = new URLSearchParams(wish.search);
      const address = new URL(wish.load, document.baseURI);
      for (const [name, value] of this.state) address.searchParams.set(name, value);
      this.frame.src = address.href;
    } else if (wish.revision !== this.revision) {
      this.revision = wish.revision;
      this.tell("setState", { search: wish.search });
    }
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
      this.note(message.notices);
      return;
    }
    if (message.type === "statechange") {
      this.whole = true;
      this.state = new URLSearchParams(message.search);
    } else if (this.whole) {
      return; // the map says all it shows in one; its parts are not needed
    } else if (message.type === "erachange" || message.type === "layerschange") {
      this.set("era", message.era);
      if (message.custom) this.state.set("layers", message.layers.join("~")); // none at all is a choice, too
      else this.state.delete("layers");
      if (message.type === "erachange") this.state.delete("select"); // a card that opens with it tells so next
    } else if (message.type === "viewchange") {
      this.set("view", message.view);
    } else if (message.type === "select") {
      this.set("select", message.id);
    } else {
      return;
    }
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.report("search", `?${this.state}`), SETTLED);
  }

  /** Tell the page what the map could not take, when that has changed. @param {string[]} notices */
  note(notices) {
    const told = JSON.stringify(notices);
    if (told !== this.notices) this.report("notices", notices);
    this.notices = told;
  }

  /** @param {string} name @param {string} value */
  set(name, value) {
    if (value) this.state.set(name, value);
    else this.state.delete(name);
  }

  close() {
    window.clearTimeout(this.timer);
    window.removeEventListener("message", this.hear);
    this.box.remove();
  }
}

/** @param {any} component */
export default function atlasPreview({ data, parentElement, setStateValue }) {
  let preview = previews.get(parentElement);
  if (!preview) {
    preview = new Preview(parentElement, data.sandbox);
    previews.set(parentElement, preview);
  }
  preview.report = setStateValue;
  preview.show(data);
  window.clearTimeout(preview.leaving);
  const kept = preview;
  return () => {
    // As in host.js: Streamlit also calls this when it only re-runs the component.
    kept.leaving = window.setTimeout(() => {
      if (parentElement.isConnected) return;
      kept.close();
      previews.delete(parentElement);
    }, 1000);
  };
}

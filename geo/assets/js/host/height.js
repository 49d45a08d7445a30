// @ts-check
// How high the document wants to be, told to the page that frames it in every way pages listen for.

/** Least and most pixels a host is asked for; WordPress takes no more than 1000. */
const [LEAST, MOST, MOST_WORDPRESS] = [200, 5000, 1000];

/**
 * Room below the caption where the rest lies under it, and where a caption that is cut fades out (guest.css); pixels.
 */
const [FOOT, FADE] = [14, 22];

/** A frame lower than this has no room for the caption, so that its height is not known yet; pixels. */
const LOW = 520;

// Said before anything is laid out: a framed map keeps to its natural height when there is more room.
document.documentElement.toggleAttribute("data-framed", window.parent !== window);

/**
 * The natural height for a width: it never depends on the height the frame has.
 * @param {string} ui full, compact or map
 * @param {number} width of the frame, pixels
 * @param {{stacked: boolean, timeline: number, header: number}} content whether the panel is under the map; heights
 */
function naturalHeight(ui, width, { stacked, timeline, header }) {
  const clamp = (/** @type {number} */ least, /** @type {number} */ value, /** @type {number} */ most) =>
    Math.max(least, Math.min(most, value));
  if (ui === "map") return clamp(240, width * 0.7, 640);
  // Below 600 pixels of width in its low layout (atlas.css), above in its full one: never in between.
  if (ui === "compact") return width < 600 ? clamp(280, width * 0.72, 430) : clamp(480, width * 0.64, 720);
  if (!stacked) return clamp(480, width * 0.56, 720);
  return clamp(260, width, 440) + timeline + header + FOOT; // the same clamp is in atlas.css
}

/**
 * @param {(type: string, content: Record<string, any>) => void} tell our own host API
 * @returns {{tell: () => void}} tells it again
 */
export function makeHeight(tell) {
  const page = document.documentElement;
  const host = window.parent === window ? undefined : window.parent;
  const at = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const narrow = window.matchMedia("(max-width: 720px)");
  const secret = (/[#&?]secret=([a-zA-Z0-9]+)/.exec(window.location.hash) || [])[1];
  const child = new URLSearchParams(window.location.search).get("childId");
  const send = (/** @type {any} */ message) => {
    if (host) host.postMessage(message, "*");
  };
  let told = 0;

  function wanted() {
    const panel = at("panel").getBoundingClientRect();
    const header = /** @type {Element} */ (at("panel").firstElementChild).getBoundingClientRect();
    // Where the frame never scrolls, the caption takes what room there is.
    const drawer = at("drawer").offsetHeight;
    const more = !drawer || !narrow.matches
      ? 0
      : !header.height
      ? drawer + FOOT
      : textHeight(at("era-caption")) - at("era-caption").clientHeight + drawer + FADE;
    const height = naturalHeight(page.getAttribute("data-ui") || "full", window.innerWidth, {
      stacked: narrow.matches,
      timeline: at("timeline").offsetHeight,
      header: (header.height && header.bottom - panel.top + at("panel").scrollTop) + more,
    });
    const least = drawer && narrow.matches && header.height && !at("era-caption").offsetParent ? LOW : LEAST;
    return Math.max(least, Math.min(MOST, Math.ceil(height)));
  }

  /** @param {HTMLElement} node */
  function textHeight(node) {
    const text = document.createRange();
    text.selectNodeContents(node);
    return text.getBoundingClientRect().height;
  }

  function tellWordPress() {
    if (secret) send({ message: "height", value: Math.min(told, MOST_WORDPRESS), secret });
  }

  function tellPym() {
    if (child) send(["pym", child, "height", told].join("xPYMx"));
  }

  /** @param {boolean} [again] also when it has not changed */
  function update(again) {
    if (page.hasAttribute("data-drawer")) return; // the panel is elsewhere for now
    const height = window.innerWidth ? wanted() : 0; // a frame that is not shown has no size yet
    if (!height || (height === told && !again)) return;
    told = height;
    tell("height", { height });
    send({ "datawrapper-height": { atlas: height } });
    send({ sentinel: "amp", type: "embed-size", height });
    send(JSON.stringify({ src: window.location.href, context: "iframe.resize", height }));
    tellPym();
    tellWordPress();
  }

  if (host) {
    const observer = new ResizeObserver(() => update());
    for (
      const node of [page, at("timeline"), /** @type {Element} */ (at("panel").firstElementChild), at("era-caption")]
    ) observer.observe(node);
    window.addEventListener("message", ({ source, data }) => {
      if (source !== host || !data) return;
      if (data.message === "ready" && data.secret === secret) tellWordPress();
      if (typeof data === "string" && child && data.startsWith(`pymxPYMx${child}xPYMxwidthxPYMx`)) tellPym();
    });
  }
  return { tell: () => update(true) };
}

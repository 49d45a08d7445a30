// @ts-check
// What goes fades; while time plays, what comes appears in the order it happened; nothing moves for who
// wants no motion.

/** Milliseconds something takes to come or go. */
const FADE = 180;

/** How much of the era left is still seen in the first frame of the next. */
const LINGER = 0.5;

/** A machine that took longer for the last step does not fade, milliseconds: half of it is waiting for the frame. */
const SLOW = 30;

/** Milliseconds between the first and the last to come, and how many times some come together. */
const [SPREAD, WAVES] = [420, 6];

/** Steps that follow each other faster than this are shown at once, milliseconds. */
const HURRY = 320;

/** As many symbols fade one by one; more would cost each frame more than a frame has time for. */
const MOST = 12;

/** @typedef {{going: SVGElement[], coming: SVGElement[]}} Change symbols to hide and to show */

export function makeMotion() {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {{animation: Animation | undefined, end: () => void}[]} */
  let running = [];
  /** Symbols that are yet to come, by their sheet. @type {Map<SVGElement, SVGElement[]>} */
  const waiting = new Map();
  let last = -Infinity;
  let slow = false; // as the last step of a reader who takes time has shown

  /** Whether the reader takes time: notes a change. */
  function calm() {
    const now = performance.now();
    const taken = now - last > HURRY && last > -Infinity && !still.matches;
    last = now;
    stop();
    return taken;
  }

  /** Hide some symbols of the sheet in front and show others. @param {Change} change */
  function exchange({ going, coming }) {
    if (!going.length && !coming.length) return;
    if (!calm() || going.length + coming.length > MOST) {
      setAtOnce({ going, coming });
      return;
    }
    setAtOnce({ going: [], coming });
    for (const node of coming) running.push({ animation: fade(node, [0, 1], stop), end: () => {} });
    for (const node of going) {
      node.classList.add("going");
      const end = () => {
        node.classList.remove("going");
        node.setAttribute("display", "none");
      };
      running.push({ animation: fade(node, [1, 0], stop), end });
    }
  }

  /** @param {Change} change */
  function setAtOnce({ going, coming }) {
    for (const node of coming) node.removeAttribute("display");
    for (const node of going) node.setAttribute("display", "none");
  }

  /**
   * Put a sheet in front of another: all of it is there at once, and what is gone fades over it.
   * @param {SVGElement | undefined} from
   * @param {SVGElement} to
   * @param {boolean} alike whether both show the same view; nothing can fade between two views
   */
  function turn(from, to, alike) {
    const takesTime = calm();
    appear(to, Infinity);
    to.classList.add("now");
    placeOf(to).classList.remove("away");
    if (!from) return;
    from.classList.remove("now");
    const entry = takesTime && alike && !slow ? linger(from) : undefined;
    if (!entry) placeOf(from).classList.add("away");
    if (!takesTime) return;
    // An animation is a second picture for the browser to prepare: the first is drawn without it.
    const begun = performance.now();
    window.requestAnimationFrame(() =>
      window.setTimeout(() => {
        slow = performance.now() - begun > SLOW;
        if (!entry || !running.includes(entry)) return;
        if (slow) stop();
        else entry.animation = fade(from, [LINGER, 0], stop);
      })
    );
  }

  /** Let the browser paint a sheet that has just been made ready, and put it away. @param {SVGElement} sheet */
  function paintOnce(sheet) {
    placeOf(sheet).classList.remove("away");
    window.requestAnimationFrame(() =>
      window.setTimeout(() => placeOf(sheet).classList.toggle("away", !sheet.matches(".now, .leaving")))
    );
  }

  /**
   * Let a sheet be seen over the one in front. Both are opaque: where they are alike, nothing is seen to change.
   * @param {SVGElement} sheet
   */
  function linger(sheet) {
    sheet.classList.add("leaving");
    sheet.style.opacity = String(LINGER);
    /** @type {{animation: Animation | undefined, end: () => void}} */
    const entry = {
      animation: undefined,
      end: () => {
        sheet.style.opacity = "";
        sheet.classList.remove("leaving");
        placeOf(sheet).classList.add("away");
      },
    };
    running.push(entry);
    return entry;
  }

  /**
   * Hide what a sheet has new, and let it appear in waves.
   * @param {SVGElement} sheet
   * @param {SVGElement[]} coming in the order in which it is to appear
   */
  function appearInOrder(sheet, coming) {
    if (still.matches || !coming.length) return;
    for (const node of coming) node.classList.add("waiting");
    waiting.set(sheet, coming);
    const share = Math.ceil(coming.length / WAVES);
    for (let wave = 1; wave <= WAVES; wave += 1) window.setTimeout(() => appear(sheet, share), (SPREAD * wave) / WAVES);
  }

  /** Let the first of those that wait appear. @param {SVGElement} sheet @param {number} count */
  function appear(sheet, count) {
    const nodes = waiting.get(sheet) || [];
    for (const node of nodes.splice(0, count)) node.classList.remove("waiting");
    if (!nodes.length) waiting.delete(sheet);
  }

  /**
   * @param {SVGElement} node
   * @param {number[]} opacity
   * @param {() => void} end
   */
  function fade(node, opacity, end) {
    const animation = node.animate({ opacity }, { duration: FADE, fill: "both" });
    animation.onfinish = end;
    return animation;
  }

  /** Bring everything that fades to its end: all of it began together. */
  function stop() {
    const ended = running;
    running = [];
    for (const { animation, end } of ended) {
      end();
      if (animation) animation.cancel();
    }
  }

  return { exchange, setAtOnce, turn, paintOnce, appearInOrder };
}

/** What of the page a sheet alone stands in. @param {SVGElement} sheet */
function placeOf(sheet) {
  return /** @type {HTMLElement} */ (sheet.parentElement);
}

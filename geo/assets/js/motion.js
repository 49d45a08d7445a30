// @ts-check
// What goes fades, what comes appears in the order it happened; nothing moves for who wants no motion.

/** Milliseconds a feature takes to come or go. */
const FADE = 180;

/** Milliseconds between the first and the last to come. */
const SPREAD = 420;

/** Steps that follow each other faster than this are shown at once, milliseconds. */
const HURRY = 320;

export function makeMotion() {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {{animation: Animation, end: () => void}[]} */
  let running = [];
  let last = -Infinity;

  /**
   * Hide some nodes and show others.
   * @param {SVGElement[]} going
   * @param {SVGElement[]} coming in the order in which they are to appear
   */
  function change(going, coming) {
    const now = performance.now();
    const calm = now - last > HURRY && last > -Infinity && !still.matches;
    last = now;
    stop();
    for (const node of coming) node.removeAttribute("display");
    if (!calm) {
      for (const node of going) node.setAttribute("display", "none");
      return;
    }
    for (const node of going) {
      node.classList.add("going");
      fade(node, [1, 0], 0, () => {
        node.classList.remove("going");
        node.setAttribute("display", "none");
      });
    }
    const pause = SPREAD / Math.max(1, coming.length);
    coming.forEach((node, i) => fade(node, [0, 1], i * pause, () => {}));
  }

  /**
   * @param {SVGElement} node
   * @param {number[]} opacity
   * @param {number} delay
   * @param {() => void} end
   */
  function fade(node, opacity, delay, end) {
    const animation = node.animate({ opacity }, { duration: FADE, delay, fill: "backwards" });
    const entry = { animation, end };
    running.push(entry);
    animation.onfinish = () => {
      end();
      running = running.filter((other) => other !== entry);
    };
  }

  /** Bring everything to its end at once. */
  function stop() {
    for (const { animation, end } of running) {
      animation.cancel();
      end();
    }
    running = [];
  }

  return { change };
}

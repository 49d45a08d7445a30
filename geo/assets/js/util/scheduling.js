// @ts-check
// When work is done: at once but never twice a frame, or when the browser has nothing else to do.

/** Milliseconds between two runs: a frame. */
const FRAME = 16;

/**
 * A function that runs at once, and again a frame later if it was called meanwhile: calls never queue
 * up, and the last one is never lost.
 * @param {() => void} run
 */
export function throttle(run) {
  let busy = false;
  let again = false;

  function rest() {
    busy = false;
    if (again) call();
  }

  function call() {
    again = busy;
    if (busy) return;
    busy = true;
    // A timer and not an animation frame: frames stand still where a page is out of sight.
    window.setTimeout(rest, FRAME);
    run();
  }

  return call;
}

/** Milliseconds without a call after which a held key has been let go. */
const CALM = 150;

/**
 * A function that runs its latest call once no other follows.
 * @param {(...values: any[]) => void} run
 * @param {number} [wait] milliseconds
 */
export function debounce(run, wait = CALM) {
  let timer = 0;
  return (/** @type {any[]} */ ...values) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => run(...values), wait);
  };
}

/** Milliseconds after which idle work goes on in a page that is never idle. */
const PATIENCE = 500;

/**
 * Do something in small parts while the browser has nothing else to do.
 * @param {Iterator<void>} parts
 * @returns {() => void} stop it
 */
export function whenIdle(parts) {
  let on = true;
  const idle = window.requestIdleCallback ||
    ((/** @type {any} */ run) => window.setTimeout(() => run({ timeRemaining: () => 5 }), 30));
  const go = (/** @type {any} */ deadline) => {
    let done = false;
    do done = Boolean(parts.next().done); while (on && !done && deadline.timeRemaining() > 2);
    if (on && !done) idle(go, { timeout: PATIENCE });
  };
  idle(go, { timeout: PATIENCE });
  return () => {
    on = false;
  };
}

/**
 * Do something in small parts, the first at once and one a frame, so that no frame has to take them all.
 * @param {Iterator<void>} parts
 * @returns {() => void} stop it
 */
export function runInSlices(parts) {
  let timer = 0;
  const go = () => {
    if (!parts.next().done) timer = window.setTimeout(go, FRAME);
  };
  go();
  return () => window.clearTimeout(timer);
}

// @ts-check
// When work is done: at once but never twice a frame, or when the browser has nothing else to do.

/** Milliseconds between two runs: a frame. */
const FRAME = 16;

/**
 * A function that runs at once, and again a frame later if it was called meanwhile: calls never queue
 * up, and the last one is never lost.
 * @param {() => void} run
 */
export function spaced(run) {
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
const CALM = 80;

/**
 * A function that runs its latest call once no other follows.
 * @param {(...values: any[]) => void} run
 */
export function calmly(run) {
  let timer = 0;
  return (/** @type {any[]} */ ...values) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => run(...values), CALM);
  };
}

/**
 * Do small tasks while the browser has nothing else to do, so that no era is slow the first time.
 * @param {(() => void)[]} tasks
 */
export function whenIdle(tasks) {
  const idle = window.requestIdleCallback || ((/** @type {any} */ run) => window.setTimeout(() => run({ timeRemaining: () => 5 }), 30));
  idle((/** @type {any} */ deadline) => {
    while (tasks.length && deadline.timeRemaining() > 2) /** @type {() => void} */ (tasks.shift())();
    if (tasks.length) whenIdle(tasks);
  });
}

// Watches a page draw eras: runs in every frame before the page's own scripts.
// `readEra` (an expression put in by bench/browser.py) gives the era that the DOM shows, or nothing.

(() => {
  const readEra = () => {
    try {
      return READ_ERA;
    } catch {
      // deno-lint-ignore no-unreachable -- a script of the page under test stands in for READ_ERA
      return undefined;
    }
  };
  const nextFrame = window.requestAnimationFrame.bind(window);
  const now = () => performance.timeOrigin + performance.now(); // the clock all frames share
  const after = new MessageChannel();
  const handled = new MessageChannel();
  const bench = { drawn: [], keys: [], shown: [], running: true, first: !ALWAYS, opened: performance.timeOrigin };
  let last;
  let frameAt = 0;
  let pending = [];

  // A task posted inside a frame runs when the frame is done: styles, layout, paint, commit.
  const look = () => {
    const era = readEra();
    if (era === undefined || era === null || era === last) return;
    last = era;
    pending.push({ era, frame: frameAt });
    if (pending.length === 1) after.port2.postMessage(0);
  };
  after.port1.onmessage = () => {
    const at = now();
    for (const entry of pending) tell({ ...entry, at, work: at - entry.frame });
    pending = [];
    if (bench.first) {
      bench.first = false;
      bench.running = false;
    }
  };
  const tell = (entry) => {
    if (window.top === window) bench.drawn.push(entry);
    else window.top.postMessage({ bench: entry }, "*");
  };
  // A loop ends when another is started; a frame that is moved in its page loses its own.
  let current = 0;
  const loop = (number) => {
    if (!bench.running || number !== current) return;
    frameAt = now();
    look();
    nextFrame(() => loop(number));
  };

  // Eras may change inside an animation frame of the page's own; they are then drawn by that frame.
  window.requestAnimationFrame = (callback) =>
    nextFrame((time) => {
      try {
        callback(time);
      } finally {
        if (bench.running) look();
      }
    });

  const press = (event) => {
    if (!bench.running) return;
    const entry = { at: performance.timeOrigin + event.timeStamp, from: now(), handling: 0 };
    bench.keys.push(entry);
    handled.port2.postMessage(0);
  };
  // Posted while the key is handled, so it runs when the handling is done.
  handled.port1.onmessage = () => {
    const entry = bench.keys.findLast((key) => key.handling === 0);
    if (entry) entry.handling = now() - entry.from;
  };
  window.addEventListener("keydown", press, true);
  window.addEventListener("click", (event) => {
    if (event.detail > 0) press(event);
  }, true);
  window.addEventListener("message", (event) => {
    if (event.data && event.data.bench) bench.drawn.push(event.data.bench);
  });
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) {
      if (bench.running && (name === "keydown" || name === "click")) {
        bench.shown.push({ at: performance.timeOrigin + startTime, duration });
      }
    }
  }).observe({ type: "event", durationThreshold: 16 });

  bench.clear = () => {
    bench.drawn = [];
    bench.keys = [];
    bench.shown = [];
  };
  bench.start = () => {
    bench.clear();
    last = readEra();
    pending = [];
    bench.first = false;
    bench.running = true;
    current += 1;
    loop(current);
  };
  bench.stop = () => {
    bench.running = false;
  };
  bench.now = () => readEra();
  /** Resolve with what was drawn once there are some entries, or none within a time. */
  bench.wait = (count, patience) =>
    new Promise((resolve) => {
      const deadline = now() + patience;
      const check = () => bench.drawn.length >= count || now() > deadline ? resolve(bench.drawn) : setTimeout(check, 4);
      check();
    });
  /** Resolve when nothing new has been drawn for a time. */
  bench.settled = (quiet, patience) =>
    new Promise((resolve) => {
      const deadline = now() + patience;
      let seen = bench.drawn.length;
      let since = now();
      const check = () => {
        if (bench.drawn.length !== seen) {
          seen = bench.drawn.length;
          since = now();
        }
        if (now() - since > quiet || now() > deadline) resolve(bench.drawn);
        else setTimeout(check, 20);
      };
      check();
    });
  /** Where a Leaflet map of the page looks. */
  bench.view = () => {
    const map = window.L &&
      Object.getOwnPropertyNames(window).filter((name) => /^map/.test(name)).map((name) => window[name]).find((item) =>
        item instanceof L.Map
      );
    return map ? `${map.getCenter().lat.toFixed(3)},${map.getCenter().lng.toFixed(3)},${map.getZoom()}` : "";
  };
  window.bench = bench;
  nextFrame(() => loop(current));
})();

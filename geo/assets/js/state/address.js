// @ts-check
// The address of the page follows the state, so that every state is a link; Back and Forward work.

/** Milliseconds after the last change before it is written. */
const SETTLED = 150;

/**
 * @param {() => {search: string, step: string}} now the state as an address, and the part of it that Back undoes
 * @param {{settled: (search: string, push: boolean) => void, back: (search: string) => void}} act
 */
export function makeAddress(now, act) {
  let timer = 0;
  let step = now().step;
  // A page in a frame shares Back with the page around it: there the host keeps the address.
  const framed = window.parent !== window;

  /** Something has changed; the last of many changes is written. */
  function changed() {
    window.clearTimeout(timer);
    timer = window.setTimeout(write, SETTLED);
  }

  function write() {
    const { search, step: next } = now();
    const push = next !== step;
    step = next;
    try {
      if (framed || !push) window.history.replaceState(null, "", search);
      else if (search !== window.location.search) window.history.pushState(null, "", search);
    } catch {
      // A sandboxed frame or a srcdoc has no address of its own; the host keeps the state then.
    }
    act.settled(search, push);
  }

  /** Take the state as it is for one that was gone to, not made. */
  function arrived() {
    window.clearTimeout(timer);
    step = now().step;
  }

  window.addEventListener("popstate", () => act.back(window.location.search));
  return { changed, arrived };
}

// @ts-check
// Low windows have no room for what plays and compares: it is behind a button of the timeline.

/** @param {Record<string, string>} ui */
export function makeLowControls(ui) {
  const button = /** @type {HTMLElement} */ (document.getElementById("more-time"));
  const timeline = /** @type {HTMLElement} */ (document.getElementById("timeline"));
  button.setAttribute("aria-label", ui["more-time"]);
  button.title = ui["more-time"];
  button.addEventListener("click", () => set(!timeline.hasAttribute("data-more")));
  timeline.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !timeline.hasAttribute("data-more")) return;
    event.stopPropagation();
    set(false);
    button.focus();
  });
  // Open it would cover what has the focus next.
  timeline.addEventListener("focusout", ({ relatedTarget: next }) => {
    if (next && !/** @type {Element} */ (next).closest("#controls, #more-time")) set(false);
  });

  // On a phone the page scrolls below the timeline, or in a host's frame below the track: what has the focus is not
  // to lie there.
  const track = /** @type {HTMLElement} */ (document.getElementById("track"));
  const bars = new ResizeObserver(() => {
    document.documentElement.style.scrollPaddingTop = `${timeline.offsetHeight || track.offsetHeight}px`;
  });
  for (const bar of [timeline, track]) bars.observe(bar);

  /** @param {boolean} open */
  function set(open) {
    timeline.toggleAttribute("data-more", open);
    button.setAttribute("aria-expanded", String(open));
  }
  set(false);
}

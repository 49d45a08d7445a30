// @ts-check
// Pointing at what is drawn on a map: a click chooses a feature, the mouse lights it up.

/**
 * @param {{root: HTMLElement}} surface
 * @param {any} map its Leaflet map
 * @param {{select: (id: string) => void, hover: (id: string) => void}} act
 */
export function listenTo({ root }, map, { select, hover }) {
  root.addEventListener("click", (event) => {
    if (map.dragging.moved()) return; // the end of a drag
    const node = /** @type {Element} */ (event.target).closest(".now :is([data-id], [data-label])");
    if (!node) return;
    event.stopPropagation();
    select(node.getAttribute("data-id") || node.getAttribute("data-label") || "");
  });
  root.addEventListener("mouseover", (event) => {
    const node = /** @type {Element} */ (event.target).closest(".now [data-id]");
    hover(node ? node.getAttribute("data-id") || "" : "");
  });
}

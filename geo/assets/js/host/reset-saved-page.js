// @ts-check
// A page saved by a browser holds what our script made of it; it has to start from that as from new.

/**
 * Take away what an earlier run left in the page, and the picture that stood for the map until now.
 * @param {any} map the new Leaflet map, on the old map's element
 * @param {HTMLElement} page
 * @returns {string} id of the era that was shown, or ""
 */
export function resetSavedPage(map, page) {
  const own = [map.getPane("mapPane"), map._controlContainer];
  for (const child of [...map.getContainer().children]) if (!own.includes(child)) child.remove();
  for (const id of ["map-compare", "divider", "print", "patterns", "gesture-hint"]) {
    document.getElementById(id)?.remove();
  }
  for (const id of ["notice", "card"]) /** @type {HTMLElement} */ (document.getElementById(id)).hidden = true;
  for (const name of ["data-atlas-picture", "data-atlas-prepared", "data-compare"]) page.removeAttribute(name);
  page.setAttribute("data-atlas-state", "loading");
  return page.getAttribute("data-atlas-era") || "";
}

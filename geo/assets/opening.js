// Runs while the page is still being read. A picture of the first era stands where the map will be,
// if that is what the address asks for; the map's scripts wait until the reader sees it, and until the
// fonts are there that names are measured in.
(() => {
  const page = document.documentElement;
  const map = document.querySelector(".folium-map");
  const picture = document.getElementById("picture");
  /** Milliseconds. */
  const PATIENCE = 3000;
  const asked = new URLSearchParams(window.location.search);

  page.toggleAttribute("data-framed", window.parent !== window);
  if (/^(compact|map)$/.test(asked.get("ui"))) page.setAttribute("data-ui", asked.get("ui"));
  if (/^(light|dark)$/.test(asked.get("theme"))) page.setAttribute("data-theme", asked.get("theme"));
  page.setAttribute("data-atlas-fonts", "loading");
  document.fonts?.addEventListener("loadingdone", showTexts, { once: true });
  const scale = scaleOf();
  if (scale) {
    picture.setAttribute("width", scale * picture.viewBox.baseVal.width);
    map.append(picture);
    page.setAttribute("data-atlas-picture", picture.dataset.era);
  } else {
    picture?.remove();
  }
  document.addEventListener("DOMContentLoaded", () => {
    const frame = new Promise((done) => (scale ? afterFrame(done) : done()));
    Promise.all([frame, fonts().then(showTexts)]).then(start);
  });

  /** Wait for the fonts, though not for ever: a page may not get them, and is read in others then. */
  function fonts() {
    const loaded = Promise.all([...(document.fonts || [])].map((face) => face.load()));
    return Promise.race([loaded.catch(() => {}), new Promise((done) => window.setTimeout(done, PATIENCE))]);
  }

  function showTexts() {
    page.removeAttribute("data-atlas-fonts");
  }

  /** How large the picture has to be to lie on the map, or 0 where it cannot or should not. */
  function scaleOf() {
    if (!picture || document.hidden) return 0;
    if ([...asked.keys()].some((name) => !["era", "ui", "theme"].includes(name))) return 0;
    if ((asked.get("era") || picture.dataset.era) !== picture.dataset.era) return 0;
    const [width, height] = [map.clientWidth, map.clientHeight];
    const fit = picture.dataset.fit.split(" ");
    // As the map will fit the era's bounds: 6 pixels of padding, zoom in quarters and 3 at least.
    const room = Math.min((width - 12) / fit[0], (height - 12) / fit[1]);
    const zoom = Math.floor(4 * (Number(picture.dataset.zoom) + Math.log2(room)) + 0.001) / 4;
    const scale = 2 ** (Math.max(3, zoom) - picture.dataset.zoom);
    const drawn = picture.viewBox.baseVal;
    const around = 2 * picture.dataset.around;
    return width <= scale * (drawn.width + around) && height <= scale * (drawn.height + around) ? scale : 0;
  }

  /** Run once a frame has been drawn; a page nobody sees draws none. @param {() => void} run */
  function afterFrame(run) {
    let waiting = true;
    const once = () => {
      if (waiting) run();
      waiting = false;
    };
    window.requestAnimationFrame(() => window.setTimeout(once));
    window.setTimeout(once, 300);
  }

  /** Run the scripts that wait in the page. */
  function start() {
    for (const later of document.querySelectorAll("script.later")) {
      const script = document.createElement("script");
      script.textContent = later.textContent;
      document.body.append(script);
      script.remove();
    }
  }
})();

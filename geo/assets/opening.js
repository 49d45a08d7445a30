// Runs before anything is drawn. As it is written, the page is a still: a picture of the first era with what
// it shows, for places where no script or style sheet works. This script makes room for the map and lays the
// picture where the map will be, if that is what the address asks for; the map's scripts wait until the reader
// sees it. Whatever goes wrong until the map is there leads back to the still.
(() => {
  const page = document.documentElement;
  const asked = new URLSearchParams(window.location.search);
  /** Milliseconds that texts wait for their fonts. */
  const PATIENCE = 3000;
  const SIZES = ["width", "height"];
  let picture = null;
  let scale = 0;
  let takeBack = () => {};

  // A page that is framed with a policy of its own may run our scripts and refuse our style.
  if (!window.getComputedStyle(page).getPropertyValue("--paper")) return;
  orStill(() => {
    makeRoom();
    const arrivals = new MutationObserver(() => orStill(takeIn));
    arrivals.observe(page, { childList: true, subtree: true });
    // The fonts stand in the page after the picture; texts that are seen load theirs by themselves.
    document.fonts.addEventListener("loadingdone", showTexts, { once: true });
    window.setTimeout(showTexts, PATIENCE);
    document.addEventListener("DOMContentLoaded", () => {
      arrivals.disconnect();
      const frame = new Promise((done) => (scale ? afterFrame(done) : done()));
      Promise.all([frame, fonts().then(showTexts)]).then(start);
    });

    /** Once the picture begins, what stands around it is there: show all at once, and nothing moves. */
    function takeIn() {
      picture = document.getElementById("picture");
      if (!picture) return;
      arrivals.disconnect();
      setInert(false);
      layPicture();
    }
  });

  function makeRoom() {
    page.setAttribute("data-atlas-state", "loading");
    page.setAttribute("data-atlas-picture", "");
    page.setAttribute("data-atlas-fonts", "loading");
    page.toggleAttribute("data-framed", window.parent !== window);
    // Who has the wheel and the finger, and whether the page around the frame has the slider: the layout depends on it.
    const gestures = asked.get("gestures");
    const polite = gestures === "polite" || (gestures !== "greedy" && window.parent !== window);
    page.setAttribute("data-gestures", polite ? "polite" : "greedy");
    page.setAttribute("data-heading", asked.get("heading") === "none" ? "none" : "own");
    page.setAttribute("data-slider", asked.get("slider") === "host" ? "host" : "own");
    page.removeAttribute("data-drawer");
    if (/^(compact|map)$/.test(asked.get("ui"))) page.setAttribute("data-ui", asked.get("ui"));
    if (/^(light|dark)$/.test(asked.get("theme"))) page.setAttribute("data-theme", asked.get("theme"));
    page.removeAttribute("data-plain");
  }

  /** @param {boolean} inert whether what only the map's scripts bring to life is hidden */
  function setInert(inert) {
    for (const part of document.querySelectorAll("[data-inert]")) part.hidden = inert;
  }

  /** Lay the picture on the map's place, while its content is still on the way. */
  function layPicture() {
    const heading = document.querySelector("#panel > header");
    const written = heading.cloneNode(true);
    const sizes = SIZES.map((name) => picture.getAttribute(name));
    takeBack = () => {
      heading.replaceWith(written);
      SIZES.forEach((name, number) => picture.setAttribute(name, sizes[number]));
    };
    scale = scaleOf(document.querySelector(".folium-map"));
    if (!scale) return;
    for (const name of SIZES) picture.setAttribute(name, scale * picture.viewBox.baseVal[name]);
    page.setAttribute("data-atlas-picture", picture.dataset.era);
  }

  /** How large the picture has to be to lie on the map, or 0 where it cannot or should not. @param {Element} map */
  function scaleOf(map) {
    if (document.hidden || picture.dataset.moved) return 0;
    if ([...asked.keys()].some((name) => !["era", "ui", "theme", "gestures", "slider", "heading"].includes(name))) {
      return 0;
    }
    if ((asked.get("era") || picture.dataset.era) !== picture.dataset.era) return 0;
    const [width, height] = [map.clientWidth, map.clientHeight];
    const fit = picture.dataset.fit.split(" ");
    // As the map will fit the era's bounds: 6 pixels of padding, zoom in quarters, and no farther than it goes.
    const room = Math.min((width - 12) / fit[0], (height - 12) / fit[1]);
    const zoom = Math.floor(4 * (Number(picture.dataset.zoom) + Math.log2(room)) + 0.001) / 4;
    const scale = 2 ** (Math.max(picture.dataset.least, zoom) - picture.dataset.zoom);
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

  /** Wait for the fonts, though not for ever: a page may not get them, and is read in others then. */
  function fonts() {
    const loaded = Promise.all([...document.fonts].map((face) => face.load()));
    return Promise.race([loaded.catch(() => {}), new Promise((done) => window.setTimeout(done, PATIENCE))]);
  }

  function showTexts() {
    page.removeAttribute("data-atlas-fonts");
  }

  /** Run the scripts that wait in the page. None of them puts off what may go wrong. */
  function start() {
    if (page.getAttribute("data-atlas-state") !== "loading") return;
    orStill(() => {
      for (const later of document.querySelectorAll("script.later")) {
        const script = document.createElement("script");
        script.textContent = later.textContent;
        document.body.append(script);
        script.remove();
      }
    });
    if (page.getAttribute("data-atlas-state") === "ready") document.getElementById("still")?.remove();
    else backToStill();
  }

  /** Do what may go wrong. @param {() => void} act */
  function orStill(act) {
    try {
      act();
    } catch (error) {
      backToStill();
      throw error;
    }
  }

  /** Make the page what it is without its scripts; one saved by a browser has no still any more. */
  function backToStill() {
    page.setAttribute("data-atlas-state", "error");
    showTexts();
    if (document.readyState !== "loading" && !document.getElementById("still")) return;
    setInert(true);
    takeBack();
    page.removeAttribute("data-atlas-picture");
    page.setAttribute("data-ui", "full");
    page.setAttribute("data-plain", "");
  }
})();

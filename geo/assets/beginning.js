// Runs before anything is drawn, so that a page with scripts never stands as one without them.
// Texts wait for opening.js to say that their fonts are there; should it not run, the page is plain again.
(() => {
  const page = document.documentElement;
  page.removeAttribute("data-plain");
  page.setAttribute("data-atlas-picture", "");
  page.setAttribute("data-atlas-fonts", "waiting");
  document.addEventListener("DOMContentLoaded", () => {
    if (page.getAttribute("data-atlas-fonts") !== "waiting") return;
    for (const name of ["data-atlas-picture", "data-atlas-fonts"]) page.removeAttribute(name);
    page.setAttribute("data-plain", "");
  });
})();

// @ts-check
// What a host tells of itself: its colours, and where its slider stands.

/** @param {any} theme @returns {string} the theme taken over, or "" */
export function takeTheme(theme) {
  if (!["auto", "light", "dark"].includes(theme)) return "";
  document.documentElement.setAttribute("data-theme", theme);
  return theme;
}

/** Let the ticks stand on the ends of the host's slider, pixels from the left of the frame. @param {any} message */
export function takeTrack({ left, right }) {
  if (!Number.isFinite(left) || !Number.isFinite(right) || right <= left) return;
  const { style } = document.documentElement;
  style.setProperty("--track-left", `${left}px`);
  style.setProperty("--track-right", `${right}px`);
}

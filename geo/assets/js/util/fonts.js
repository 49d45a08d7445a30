// @ts-check
// The document's own fonts: opening.js lets the map wait for them; where it cannot, they come late.

/**
 * Call whenever faces have come that texts were measured without; never where all were there.
 * @param {() => void} run
 */
export function whenFacesCome(run) {
  const { fonts } = document;
  if ([...fonts].every(({ status }) => status === "loaded")) return;
  fonts.addEventListener("loadingdone", run);
}

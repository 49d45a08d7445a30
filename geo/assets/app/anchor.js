// @ts-check
// Streamlit puts a page of records together after the browser has looked for what the address names: it looks again.

/** The address that was looked for last: a run of the page alone moves nobody. */
let sought = "";

export default function seekAnchor() {
  const wanted = window.location.hash.slice(1); // ids are plain: what is not finds nothing
  if (!wanted || sought === window.location.href) return undefined;
  const seek = () => {
    if (!document.getElementById(wanted)) return;
    watch.disconnect();
    sought = window.location.href;
    window.location.replace(window.location.hash); // scrolls there, and the next Tab goes on from there
  };
  const watch = new MutationObserver(seek);
  watch.observe(document.body, { childList: true, subtree: true });
  seek();
  return () => watch.disconnect();
}

// Makes each framed map as high as its content asks.
addEventListener("message", (event) => {
  const heights = event.data && event.data["datawrapper-height"];
  if (!heights) return;
  for (const frame of document.querySelectorAll("iframe")) {
    if (frame.contentWindow !== event.source) continue;
    for (const height of Object.values(heights)) {
      if (height >= 100 && height <= 5000) frame.style.height = `${height}px`;
    }
  }
});

// Gives every map of the atlas on this page the height it asks for. See docs/embedding.md.
(function () {
  "use strict";
  addEventListener("message", function (event) {
    const message = event.data;
    if (!message || message.atlas !== 1 || message.type !== "height" || !(message.height > 0)) return;
    // A sandboxed frame has the origin "null"; its window tells which one it is.
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source) {
        frame.style.height = Math.max(200, Math.min(5000, message.height)) + "px";
      }
    });
  });
  // Maps that were there before this script are asked; later ones tell by themselves.
  document.querySelectorAll("iframe").forEach(function (frame) {
    frame.contentWindow.postMessage({ atlas: 1, type: "getHeight" }, "*");
  });
})();

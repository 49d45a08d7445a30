// @ts-check
// The message API: what a host page may ask, and what the document tells it. See docs/embedding.md.

/**
 * @param {Record<string, (message: any) => void>} handlers by message type
 */
export function makeMessages(handlers) {
  const host = window.parent === window ? undefined : window.parent;

  window.addEventListener("message", (event) => {
    const message = event.data;
    if (!host || event.source !== host || !message || typeof message !== "object" || message.atlas !== 1) return;
    const handle = Object.prototype.hasOwnProperty.call(handlers, message.type) && handlers[message.type];
    if (handle) handle(message);
  });

  /**
   * Tell the host. The document holds nothing secret, so any host may hear it.
   * @param {string} type
   * @param {Record<string, any>} [content]
   */
  function tell(type, content = {}) {
    if (host) host.postMessage({ atlas: 1, type, ...content }, "*");
  }

  return { tell };
}

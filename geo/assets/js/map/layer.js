// @ts-check
// Leaflet's part of our drawings: a place that is moved and zoomed with the map.

/**
 * A layer that tells ("update") when its place has changed.
 * @param {any} L Leaflet
 * @param {{root: Element, pile: HTMLElement | SVGElement, padding: number, pane?: string}} options `root` is put on the
 * map, and what lies on `pile` stands in the layer's own pixels, so that it stays where it is when the map is dragged
 */
export function makeLayer(L, options) {
  const { root, pile } = options;
  return new (L.Renderer.extend({
    _initContainer() {
      this._container = root;
    },
    _destroyContainer() {
      root.remove();
    },
    _update() {
      if (this._map._animatingZoom && this._bounds) return;
      L.Renderer.prototype._update.call(this);
      const { min } = this._bounds;
      L.DomUtil.setPosition(root, min);
      pile.style.transform = `translate(${-min.x}px, ${-min.y}px)`;
      this.fire("update");
    },
  }))(options);
}

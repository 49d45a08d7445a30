// @ts-check
// Names on the map, in order of rank, placed where nothing overlaps and nothing is cut.

import { drawLeader, drawPointer, leaderOf } from "./callouts.js";
import { fitAlong, fitBlock } from "./fitting.js";
import { collectNames, COLUMN, linesOf, SMALL_MAP } from "./names.js";
import { node } from "./node.js";
import { alongLine, EDGES, inside, LINES, makeObstacles, NOTHING, overlaps } from "./obstacles.js";
import { hush, makeDot, signBoxes } from "./signs.js";

/** @typedef {{data: Data, view: Box, width: Width, ink: Ink, id: string}} Setting */
/** @typedef {import("../state/data.js").Data} Data */
/** @typedef {import("./fitting.js").Box} Box */
/** @typedef {import("./ink.js").Ink} Ink */
/** @typedef {import("./names.js").Name} Name */
/** @typedef {import("./names.js").Scene} Scene */
/** @typedef {import("./node.js").SvgNode} SvgNode */
/** @typedef {import("./obstacles.js").Obstacles} Obstacles */
/** @typedef {(text: string, style: string) => number} Width of a text in a style, pixels */
/** @typedef {{boxes: Box[], nodes: SvgNode[], lines: string[], leader?: number[]}} Placed */
/** @typedef {{name: Name, boxes: Box[], lines: string[]}} Laid a name as it stands */

/** Names that only orient or tell the map's thesis: they do not count as things a reader has to take in. */
const QUIET = new Set(["water", "state", "power", "home", "date", "callout", "pointer"]);

/** Names of places: a town's, or that of what happened there. */
const PLACES = new Set(["point", "city", "town"]);

/** Share of a line's height from its top to the foot of its letters. */
const BASELINE = 0.78;

/** How far below a line letters stand whose middle is on it, as a share of their size. */
const MIDDLE = 0.33;

/** Room on both sides of a leader line, on which no name may stand, pixels. */
const LEADER = 1.5;

/** Room at both ends of a name along a line, pixels. */
const ENDS = 4;

/** Features are named beyond that, as a share of it: a sign without a name says little. */
const MORE = 0.6;

/**
 * Names that come before this may stand on lines if there is no other place: rank 1 on small maps, 1 and 2 on others.
 */
const [URGENT_SMALL, URGENT] = [20, 30];

/** Names so near each other are of one place, pixels. */
const SAME = 20;

/** Half the side of what a town's dot keeps clear of names, pixels where nothing is grown. */
const DOT = 3;

/** Between the columns of a badge's key, and around it in its box, pixels. */
const [GUTTER, PAD] = [10, 3];

/**
 * How many features and towns are named at once in a view of some size, pixels.
 * @param {Box} view
 * @param {number} growth
 */
function allowance(view, growth) {
  return 10 + (view.w * view.h) / (43000 * growth * growth);
}

/**
 * @param {Data} data
 * @param {Scene} scene
 * @param {object} sheet
 * @param {Box} sheet.view where names may stand
 * @param {Box[]} sheet.taken where none may stand
 * @param {Box} [sheet.inset] that of its era, on which none may stand, either
 * @param {import("./names.js").Name[]} [sheet.names] the only ones it shows; those of its era if not said
 * @param {Width} sheet.width
 * @param {Ink} sheet.ink
 * @returns {{dots: SvgNode[], texts: SvgNode[], laid: Laid[]}}
 */
export function drawNames(data, scene, { view, taken: controls, inset, width, ink, names: wanted }) {
  const { growth } = scene.projection;
  const taken = [...controls, ...(inset ? [inset] : [])];
  const grown = (/** @type {string} */ text, /** @type {string} */ style) => width(text, style) * growth;
  const fixed = makeObstacles(view);
  fixed.add(taken);
  const obstacles = makeObstacles(view);
  obstacles.add(taken);
  const cities = makeObstacles(view); // their dots are kept free until they are named, and the ends of leaders
  const signs = signBoxes(scene.projection, scene.visible, scene.signs);
  obstacles.add(signs);
  for (const { points, width: thick, id } of linesOf(data, scene)) obstacles.addLine(points, thick, id);
  if (data.eras[scene.era].callouts) { for (const points of edgesOf(scene)) obstacles.addEdge(points); }
  /** @type {SvgNode[]} */
  const texts = [];
  /** @type {SvgNode[]} */
  const dots = [];
  /** @type {Laid[]} */
  const laid = [];
  let left = allowance(view, growth);
  const more = left * MORE;
  /** Radius of a town's dot before it is grown: at a sign it needs none. @param {Name} name */
  const dotOf = (name) => (signAt(name, signs) ? 0 : name.dot || 0);
  /** @param {Name} name @param {boolean} overLines @returns {boolean} whether it is done with */
  function place(name, overLines) {
    const quiet = QUIET.has(name.style);
    if (!quiet && left < (name.dot && !name.event ? 1 : -more)) return true;
    if (isSaid(name, laid)) return true;
    const radius = dotOf(name) * growth;
    if (radius && !inside(boxAround(name, radius), view)) return true; // the edge would cut it
    // A city's dot has been kept free of all but what is needed.
    const kept = name.style === "city" ? fixed : obstacles;
    if (radius && !name.needed && !name.event && !kept.isFree([boxAround(name, radius)], LINES)) return true;
    const setting = {
      data,
      growth,
      width: grown,
      ink,
      id: `${ink.prefix}along-${texts.length}`,
      overLines,
      signs,
      fixed,
      cities,
    };
    const made = setName(name, obstacles, setting) || (name.needed ? setName(name, fixed, setting) : undefined);
    if (!made) return Boolean(name.instead) && place(/** @type {Name} */ (name.instead), true);
    if (!quiet) left -= 1;
    fixed.add(name.needed ? made.boxes : []);
    if (radius) {
      dots.push(
        node("circle", {
          class: "town-dot",
          cx: name.x.toFixed(1),
          cy: name.y.toFixed(1),
          r: radius,
          ...ink.style("town-dot"),
        }),
      );
      obstacles.add([boxAround(name, DOT * growth)]);
    }
    obstacles.add(made.boxes);
    for (const all of [fixed, obstacles]) all.add(alongLine(made.leader || [], LEADER, view));
    texts.push(...made.nodes);
    laid.push({ name, boxes: made.boxes, lines: made.lines });
    return true;
  }
  const names = wanted || collectNames(data, scene, { view, width: grown, inset });
  for (const name of names) {
    if (name.style === "callout" || (name.style === "city" && dotOf(name))) {
      cities.add([boxAround(name, DOT * growth)]);
    }
  }
  const later = names.filter((name) => !place(name, Boolean(name.overLines)));
  // What matters most is better read on a line than left without its name.
  const urgent = view.w < SMALL_MAP ? URGENT_SMALL : URGENT;
  for (const name of later) if (name.id && name.order < urgent) place(name, true);
  demote(data, scene, laid, view);
  return { dots, texts, laid };
}

/** The edges of areas, x0, y0, x1, y1 … @param {Scene} scene @returns {number[][]} */
function edgesOf({ visible, projection }) {
  return visible.flatMap(({ shape, own }) => (shape && own ? own.map((line) => projection.line(line)) : []));
}

/**
 * Icons that found no room for a name become dots: an icon without one is a riddle. Those whose legend says all there
 * is
 * to know stay, and are only hinted at unless their place has a name. What the edge of the view would cut is a dot,
 * too.
 * @param {Data} data
 * @param {Scene} scene
 * @param {Laid[]} laid
 * @param {Box} view
 */
function demote(data, { visible, signs, projection }, laid, view) {
  const named = new Set(laid.flatMap(({ name }) => [name.id, ...(name.says || [])]));
  for (const feature of visible) {
    const sign = signs.of.get(feature.id);
    if (!feature.at || !sign) continue;
    const [x, y] = projection.point(feature.at);
    const at = { x: x + sign.dx, y: y + sign.dy };
    const box = { x: at.x - sign.size / 2, y: at.y - sign.size / 2, w: sign.size, h: sign.size };
    if (overlaps(box, view) && !inside(box, view)) makeDot(sign, projection.growth);
    else if (named.has(feature.id)) continue;
    else if (!data.kinds[feature.kind].series) {
      if (!isSaid({ ...at, lines: [feature.label] }, laid)) makeDot(sign, projection.growth);
    } else if (!laid.some(({ name }) => PLACES.has(name.style) && isSame(name, at))) hush(sign);
  }
}

/**
 * Whether a name says no more than one at the same place does, as that of a town at a treaty's point.
 * @param {{x: number, y: number, lines: string[], style?: string, also?: string[]}} name
 * @param {Laid[]} laid
 */
function isSaid({ x, y, lines, style, also = [] }, laid) {
  const own = wordsOf(lines);
  return laid.some(({ name, lines: others }) => {
    if (!isSame(name, { x, y }) || !PLACES.has(name.style)) return false;
    const theirs = wordsOf(others);
    return theirs.includes(own) ||
      (style === "town" && [lines.join(" "), ...also].some((other) => wordsOf([other]).includes(theirs)));
  });
}

/** @param {{x: number, y: number}} one @param {{x: number, y: number}} other */
function isSame(one, other) {
  return Math.hypot(one.x - other.x, one.y - other.y) < SAME;
}

/** @param {{x: number, y: number}} at @param {number} half its side @returns {Box} */
function boxAround({ x, y }, half) {
  return { x: x - half, y: y - half, w: 2 * half, h: 2 * half };
}

/** Words between blanks, so that one name is found in another. @param {string[]} lines */
function wordsOf(lines) {
  return ` ${lines.join(" ").split(/[\s:,.-]+/).join(" ")} `;
}

/** The sign that lies on a point. @param {Name} name @param {Box[]} signs */
function signAt({ x, y }, signs) {
  return signs.find((box) => x > box.x && x < box.x + box.w && y > box.y && y < box.y + box.h);
}

/**
 * Set a name where it fits; its boxes are the place it takes. Lines are covered only where there is no other place.
 * @param {Name} name
 * @param {Obstacles} obstacles
 * @param {{data: any, growth: number, width: Width, ink: Ink, id: string, overLines: boolean, signs: Box[], fixed:
 *   Obstacles, cities: Obstacles}} setting `fixed`: what leaders of callouts keep clear of
 * @returns {Placed | undefined}
 */
function setName(name, obstacles, { data, growth, width, ink, id, overLines, signs, fixed, cities }) {
  const type = data.type[name.style];
  const leading = type.leading * growth;
  const attributes = {
    class: `label ${name.style} a-${name.actor || "none"}`,
    "data-label": name.id,
    ...grownType(ink.type(name.style, name.actor), growth),
  };
  for (const may of [...(name.style === "callout" ? [NOTHING] : []), EDGES, ...(overLines ? [LINES] : [])]) {
    const spared = (/** @type {Box[]} */ boxes) =>
      obstacles === fixed || name.style === "city" || cities.isFree(boxes, LINES);
    const free = (/** @type {Box[]} */ boxes) => obstacles.isFree(boxes, may) && spared(boxes);
    if (name.path) {
      const whole = name.lines.join(" ");
      const beside = (/** @type {Box[]} */ boxes) => obstacles.isFree(boxes, may, name.id) && spared(boxes);
      const along = fitAlong(name.path, width(whole, name.style) + ENDS, leading, (name.lift || 0) * growth, beside);
      if (along) {
        return {
          boxes: along.boxes,
          lines: [whole],
          nodes: setAlong(whole, along.points, id, type.size * growth, attributes),
        };
      }
    }
    for (const own of [name.lines, ...(name.otherwise || [])]) {
      const second = Math.max(
        0,
        ...own.map((
          line,
        ) => (line.includes(COLUMN) ? width(line.split(COLUMN)[0], name.style) + GUTTER * growth : 0)),
      );
      const w = Math.max(...own.map((line) => lengthIn(line, second, (part) => width(part, name.style))));
      const size = /** @type {[number, number]} */ ([w, leading * own.length]);
      for (const place of name.places ? name.places(size) : [/** @type {import("./names.js").Stand} */ (name)]) {
        const lines = place.led && name.heading ? [name.heading, ...own] : own;
        const h = leading * lines.length;
        const block = fitBlock(place, w, h, free);
        if (!block) continue;
        const sign = signAt(name, signs);
        const leader = place.led ? leaderOf(name, block, h, sign) : [];
        const crossed = alongLine(leader, 1, obstacles.view);
        // Leaders cross each other only where there is no place at all.
        const last = may === LINES && obstacles === fixed;
        if (name.members ? !obstacles.isFree(crossed, LINES) : !last && !fixed.isFree(crossed, EDGES)) continue;
        const text = setBlock(lines, block, attributes, leading, second);
        const nodes = [
          ...(place.led ? drawLeader(name, leader, sign, ink) : place.tip ? drawPointer(name, place, ink) : []),
          ...(name.members ? [drawBox(block, h, ink)] : []),
          text,
        ];
        return { boxes: block.boxes, lines: own, nodes, leader };
      }
    }
  }
  return undefined;
}

/**
 * The box that a badge's key stands in.
 * @param {import("./fitting.js").Block} block
 * @param {number} h
 * @param {Ink} ink
 */
function drawBox({ left, top, w }, h, ink) {
  return node("rect", {
    class: "leader",
    x: (left - PAD).toFixed(1),
    y: (top - 1).toFixed(1),
    width: (w + 2 * PAD).toFixed(1),
    height: (h + 2).toFixed(1),
    rx: 2,
    ...ink.style("key-box"),
  });
}

/**
 * Length of a line, which may have two columns.
 * @param {string} line
 * @param {number} second where the second begins, pixels
 * @param {(part: string) => number} width
 */
function lengthIn(line, second, width) {
  const parts = line.split(COLUMN);
  return parts.length > 1 ? second + width(parts[1]) : width(line);
}

/** Type as large as the map is. @param {Record<string, any>} type @param {number} growth */
function grownType(type, growth) {
  if (growth === 1) return type;
  const grown = (/** @type {number | undefined} */ value) => value && Math.round(value * growth * 100) / 100;
  return { ...type, "font-size": grown(type["font-size"]), "letter-spacing": grown(type["letter-spacing"]) };
}

/**
 * @param {string} text
 * @param {[number, number][]} points
 * @param {string} id of the line it stands on
 * @param {number} size
 * @param {Record<string, any>} attributes
 */
function setAlong(text, points, id, size, attributes) {
  const d = `M${points.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`;
  const carried = node("textPath", { href: `#${id}`, startOffset: "50%" }, text);
  return [
    node("path", { id, d, fill: "none" }),
    node("text", { ...attributes, "text-anchor": "middle", dy: (size * MIDDLE).toFixed(1) }, carried),
  ];
}

/**
 * @param {string[]} lines
 * @param {import("./fitting.js").Block} block
 * @param {Record<string, any>} attributes
 * @param {number} height of a line
 * @param {number} second where a second column begins, pixels from the first; 0 where there is none
 */
function setBlock(lines, { side, left, top, w }, attributes, height, second) {
  const anchor = second || side.startsWith("start") ? "start" : side.startsWith("end") ? "end" : "middle";
  const x = anchor === "start" ? left : anchor === "end" ? left + w : left + w / 2;
  const spans = lines.flatMap((line, i) =>
    line.split(COLUMN).map((part, column) =>
      node("tspan", { x: (x + column * second).toFixed(1), y: (top + height * (i + BASELINE)).toFixed(1) }, part)
    )
  );
  return node("text", { ...attributes, "text-anchor": anchor }, ...spans);
}

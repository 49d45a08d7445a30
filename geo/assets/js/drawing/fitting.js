// @ts-check
// Where a name fits: beside its point, within its area, or along a line.

/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {{boxes: Box[], side: string, left: number, top: number, w: number}} Block a place for a block of lines */
/** @typedef {{boxes: Box[], points: [number, number][]}} Curve a place along a line: the line the letters stand on */

/** Clear space kept around a label, pixels. */
const GAP = 2;

/** Distance between samples along a line, pixels. */
const SAMPLE = 8;

/** How many times longer a stretch may become to make up for a bend. */
const LONGER = 1.5;

/** A line that turns more than this over a label cannot carry it, radians. */
const BEND = 1.1;

/**
 * The first place for a block of text where nothing overlaps and nothing is cut.
 * @param {{x: number, y: number, spots: [number, number, string][]}} anchor
 * @param {number} w
 * @param {number} h
 * @param {(boxes: Box[]) => boolean} isFree
 * @returns {Block | undefined}
 */
export function fitBlock({ x, y, spots }, w, h, isFree) {
  for (const [dx, dy, side] of spots) {
    const [px, py] = [x + dx, y + dy];
    const left = side.startsWith("start") ? px : side.startsWith("end") ? px - w : px - w / 2;
    const top = side.endsWith("above") ? py - h : side.endsWith("below") ? py : py - h / 2;
    const box = { x: left - GAP, y: top - GAP, w: w + 2 * GAP, h: h + 2 * GAP };
    if (isFree([box])) return { boxes: [box], side, left, top, w };
  }
  return undefined;
}

/**
 * The first stretch of a line that can carry a text.
 * @param {[number, number][]} line
 * @param {number} w length of the text
 * @param {number} h its height
 * @param {number} lift how far above the line the letters stand, to their middle; where there is no room, below it
 * @param {(boxes: Box[]) => boolean} isFree
 * @returns {Curve | undefined}
 */
export function fitAlong(line, w, h, lift, isFree) {
  const samples = sampled(line);
  const count = Math.ceil(w / SAMPLE) + 1;
  if (samples.length < count + 2) return undefined;
  const last = samples.length - count;
  for (const side of lift ? [lift, -lift] : [0]) {
    for (const share of [0.5, 0.36, 0.64, 0.22, 0.78, 0.1, 0.9]) {
      const letters = carrier(samples, Math.floor(last * share), count, w, side);
      if (!letters || bend(letters) > BEND) continue;
      const boxes = letters.map(([x, y]) => ({ x: x - h / 2 - 1, y: y - h / 2 - 1, w: h + 2, h: h + 2 }));
      if (isFree(boxes)) return { boxes, points: letters };
    }
  }
  return undefined;
}

/**
 * The line that a text stands on: lifted from its own, and at least as long as the text.
 * @param {[number, number][]} samples
 * @param {number} start index of the first
 * @param {number} count of samples
 * @param {number} w length of the text
 * @param {number} lift
 * @returns {[number, number][] | undefined} nothing where the line is too short
 */
function carrier(samples, start, count, w, lift) {
  // Lifted to the inner side of a bend, a line grows shorter: letters beyond its end would not be drawn.
  for (let longer = count; start + longer <= samples.length && longer <= count * LONGER; longer += 1) {
    const letters = lifted(upright(samples.slice(start, start + longer)), lift);
    if (lengthOf(letters) >= w) return letters;
  }
  return undefined;
}

/** @param {[number, number][]} points */
function lengthOf(points) {
  return points.slice(1).reduce((sum, [x, y], i) => sum + Math.hypot(x - points[i][0], y - points[i][1]), 0);
}

/** @param {[number, number][]} line @returns {[number, number][]} points every few pixels */
function sampled(line) {
  /** @type {[number, number][]} */
  const points = [line[0]];
  let left = SAMPLE;
  for (let i = 1; i < line.length; i += 1) {
    const [x0, y0] = line[i - 1];
    const [x1, y1] = line[i];
    const length = Math.hypot(x1 - x0, y1 - y0);
    let at = left;
    for (; at <= length; at += SAMPLE) points.push([x0 + ((x1 - x0) * at) / length, y0 + ((y1 - y0) * at) / length]);
    left = at - length;
  }
  return points;
}

/** Turned so that the text does not stand on its head. @param {[number, number][]} points */
function upright(points) {
  return points[points.length - 1][0] >= points[0][0] ? points : points.slice().reverse();
}

/** @param {[number, number][]} points @param {number} lift @returns {[number, number][]} */
function lifted(points, lift) {
  return points.map(([x, y], i) => {
    const [px, py] = points[Math.max(0, i - 1)];
    const [qx, qy] = points[Math.min(points.length - 1, i + 1)];
    const along = Math.hypot(qx - px, qy - py) || 1;
    return [x + ((qy - py) / along) * lift, y - ((qx - px) / along) * lift];
  });
}

/** How much a line turns in all. @param {[number, number][]} points */
function bend(points) {
  let turned = 0;
  for (let i = 2; i < points.length; i += 1) {
    const before = Math.atan2(points[i - 1][1] - points[i - 2][1], points[i - 1][0] - points[i - 2][0]);
    const after = Math.atan2(points[i][1] - points[i - 1][1], points[i][0] - points[i - 1][0]);
    turned += Math.abs(Math.atan2(Math.sin(after - before), Math.cos(after - before)));
  }
  return turned;
}

/**
 * Break a text into lines.
 * @param {string} text
 * @param {number} [longest] characters before a break
 */
export function wrapped(text, longest = 20) {
  const lines = [""];
  for (const word of text.split(/ (?!\d{3}(?:\D|$))/)) { // 5 060 is one number
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= longest) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}

// @ts-check
// One spelling for the many that readers type: what of a text matters, in the scripts of the atlas.

/** Letters that have two forms, after accents are taken off. @type {Record<string, string>} */
const SAME = {
  ı: "i",
  ə: "e",
  ø: "o",
  ß: "ss",
  ي: "ی",
  ى: "ی",
  ك: "ک",
  ة: "ه",
  ھ: "ه",
  ہ: "ه",
  ە: "ه",
  ѣ: "е",
  і: "и",
  ѳ: "ф",
};
const LETTERS = new RegExp(`[${Object.keys(SAME).join("")}]`, "g");

/** Zeros of the Persian and the Arabic digits. */
const ZEROS = [0x6f0, 0x660];

/** Cyrillic in Latin letters, as its sounds are spelled in English; ь is silent. @type {Record<string, string>} */
const LATIN = Object.fromEntries([
  ...[..."абвгдезиклмнопрстуфыьэ"].map((letter, i) => [letter, [..."abvgdeziklmnoprstufi", "", "e"][i]]),
  ["ж", "zh"],
  ["х", "kh"],
  ["ц", "ts"],
  ["ч", "ch"],
  ["ш", "sh"],
  ["щ", "sh"],
  ["ю", "yu"],
  ["я", "ya"],
]);

/** Latin spellings of one sound, in this order: the first letters stand for the last. @type {[RegExp, string][]} */
const SOUNDS = [
  [/sch|sh/g, "s"],
  [/tch|ch|cz/g, "c"],
  [/dzh|dj/g, "j"],
  [/kh|x/g, "h"],
  [/gh|q/g, "k"],
  [/w/g, "v"],
  [/oo|ou|o/g, "u"],
  [/ee|y|e/g, "i"],
  [/([a-z])\1+/g, "$1"],
  [/h\b/g, ""],
];

/** Bring a text to the letters that matter; joiners within words do not. @param {string} text */
export function fold(text) {
  return text.toLowerCase().normalize("NFD").replace(/[\p{M}'’‘ʻʼʾʿ\x60\u200c\u200d]/gu, "")
    .replace(LETTERS, (letter) => SAME[letter])
    .replace(
      /[۰-۹٠-٩]/g,
      (digit) => String(ZEROS.map((zero) => digit.charCodeAt(0) - zero).find((value) => value >= 0 && value < 10)),
    )
    .replace(/ъ(?![\p{L}])/gu, "")
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

/** Both ways to read hyphens and joiners: as one word and as two. @param {string} text */
export function foldBoth(text) {
  return `${fold(text.replace(/\u200c/g, " "))} ${fold(text.replace(/[-‐–]/g, ""))}`;
}

/**
 * Bring a folded text to its sounds: Mosaddeq and Mossadegh are one, and so are Baku and Баку.
 * @param {string} folded
 */
export function sound(folded) {
  const latin = folded.replace(/[а-я]/g, (letter) => LATIN[letter] ?? letter);
  return SOUNDS.reduce((text, [letters, one]) => text.replace(letters, one), latin);
}

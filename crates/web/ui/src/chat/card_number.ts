/**
 * Hides payment card numbers, by the rules of the server's `hide_card_numbers` (crates/kernel/src/card_number.rs): what
 * a guest types stays in this browser, and others may use it after them.
 */

/** What stands where a card number was. */
const HIDDEN = "[card number]";

/** How many letters after a number its expiry and security code are looked for in. */
const CLOSE = 48;

/** The most digits a card number has. */
const LONGEST = 19;

const SAID = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

/** Latin, full-width, Arabic and Persian. */
const ZEROS = [0x30, 0xff10, 0x660, 0x6f0];

/** Where digits stand together, or letters. */
const WORDS = /[0-9０-９٠-٩۰-۹]+|(?:(?![0-9０-９٠-٩۰-۹])[\p{Alphabetic}\p{N}])+/gu;

/** Nothing but this lies between the groups of one number. */
const WITHIN = /^[\s\-–.·_]*$/u;

/** Digits that stand together, or a word for one. */
interface Figure {
  digits: number[];
  start: number;
  end: number;
  /** It may belong to the same number as the one before. */
  goesOn: boolean;
  /** A quote or a brace lies between this one and the one before: what follows is another field of a record. */
  apart: boolean;
}

/** The text without the card numbers in it, nor the figures that follow one closely. */
export function hideCardNumbers(text: string): string {
  const all = figures(text);
  let shown = "";
  let from = 0;
  for (let at = 0; at < all.length; at++) {
    const past = cardFrom(all, at);
    if (past === undefined) continue;
    const end = endOfWhatFollows(all, past);
    shown += text.slice(from, all[at]?.start) + HIDDEN;
    from = all[end - 1]?.end ?? text.length;
    at = end - 1;
  }
  return shown + text.slice(from);
}

function figures(text: string): Figure[] {
  const found: Figure[] = [];
  let repeated: { times: number; start: number } | undefined;
  let [last, unbroken, apart] = [0, false, false];
  for (const match of text.matchAll(WORDS)) {
    const [word, start] = [match[0], match.index];
    const between = text.slice(last, start);
    unbroken &&= WITHIN.test(between);
    apart ||= /["{}]/.test(between);
    last = start + word.length;
    const times = { double: 2, triple: 3 }[word.toLowerCase()];
    if (times !== undefined) {
      repeated = { times, start };
      continue;
    }
    const digits = digitsOf(word);
    if (digits !== undefined) {
      const many = Array.from({ length: repeated?.times ?? 1 }, () => digits).flat();
      found.push({ digits: many, start: repeated?.start ?? start, end: last, goesOn: unbroken, apart });
      apart = false;
    }
    repeated = undefined;
    unbroken = digits !== undefined;
  }
  return found;
}

function digitsOf(word: string): number[] | undefined {
  const lower = word.toLowerCase();
  if (lower === "oh") return [0];
  const said = SAID.indexOf(lower);
  if (said >= 0) return [said];
  const digits = [...word].map(digit);
  return digits.every((it) => it !== undefined) ? digits : undefined;
}

function digit(letter: string): number | undefined {
  const code = letter.codePointAt(0) ?? 0;
  const zero = ZEROS.find((it) => code >= it && code < it + 10);
  return zero === undefined ? undefined : code - zero;
}

/** Past which figure a card number ends that begins with the figure `start`. */
function cardFrom(all: Figure[], start: number): number | undefined {
  const digits: number[] = [];
  for (let at = start; at < all.length; at++) {
    const figure = all[at];
    if (figure === undefined || (at > start && !figure.goesOn)) return undefined;
    const before = digits.length;
    digits.push(...figure.digits);
    const ends = lengthsOf(digits).filter((length) => length > before && length <= digits.length);
    if (ends.some((length) => checks(digits.slice(0, length)))) return at + 1;
    if (digits.length > LONGEST) return undefined;
  }
  return undefined;
}

/** How many digits the cards of an issuer have, by the digits its numbers begin with. */
function lengthsOf(digits: number[]): number[] {
  const begins = (from: number, to = from) => {
    const count = String(from).length;
    const number = Number(digits.slice(0, count).join(""));
    return digits.length >= count && number >= from && number <= to;
  };
  if (begins(4)) return [16, 19];
  if (begins(51, 55) || begins(2221, 2720)) return [16];
  if (begins(34) || begins(37)) return [15];
  if (begins(36) || begins(38, 39) || begins(300, 305)) return [14, 16, 19];
  if (begins(3528, 3589)) return [16, 19];
  if (begins(50) || begins(56, 69)) return [16, 17, 18, 19];
  return [];
}

/** Whether the last digit is the one that follows from the others (Luhn). */
function checks(number: number[]): boolean {
  const products = [...number].reverse().map((it, at) => it * (at % 2 === 0 ? 1 : 2));
  const sum = products.reduce((all, it) => all + Math.trunc(it / 10) + (it % 10), 0);
  return sum % 10 === 0 && number.some((it) => it !== 0);
}

/** Past which figure what belongs to the card ends: figures of up to six digits close behind it. */
function endOfWhatFollows(all: Figure[], end: number): number {
  const near = (all[end - 1]?.end ?? 0) + CLOSE;
  let past = end;
  for (const it of all.slice(end)) {
    if (it.apart || it.start >= near || it.digits.length > 6) break;
    past += 1;
  }
  return past;
}

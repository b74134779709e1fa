import { fields, text } from "../http";
import { hideCardNumbers } from "./card_number";

/** One line of a conversation as this browser remembers it. */
export interface Line {
  from: "guest" | "desk";
  text: string;
  booking?: BookingCard;
  paymentUrl?: string;
}

/** What the guest sees of a booking made by chat. */
export interface BookingCard {
  code: string;
  facts: [string, string][];
}

const MOST_LINES = 80;

/** The conversation with one place, kept in this browser so that a reload loses nothing. */
export class Memory {
  conversationId: string | undefined;
  lines: Line[] = [];
  readonly #key: string;

  constructor(endpoint: string) {
    this.#key = `remotemotel.chat:${endpoint}`;
    this.#load();
  }

  /** Keeps a line without the card numbers in it, and answers it as it is kept. */
  add(line: Line): Line {
    const kept = withoutCards(line);
    this.lines = [...this.lines, kept].slice(-MOST_LINES);
    this.save();
    return kept;
  }

  forget(): void {
    this.conversationId = undefined;
    this.lines = [];
    this.save();
  }

  save(): void {
    const kept = { conversationId: this.conversationId, lines: this.lines };
    try {
      localStorage.setItem(this.#key, JSON.stringify(kept));
    } catch {
      // Private windows may refuse storage; the chat then lasts as long as the page.
    }
  }

  #load(): void {
    try {
      const kept = fields(JSON.parse(localStorage.getItem(this.#key) ?? "null"));
      this.conversationId = text(kept["conversationId"]);
      if (!Array.isArray(kept["lines"])) return;
      const known = kept["lines"].filter(isLine);
      this.lines = known.map(withoutCards);
      if (this.lines.some((line, at) => line.text !== known[at]?.text)) this.save();
    } catch {
      this.forget();
    }
  }
}

function withoutCards(line: Line): Line {
  return { ...line, text: hideCardNumbers(line.text) };
}

function isLine(value: unknown): value is Line {
  const line = fields(value);
  const sender = line["from"] === "guest" || line["from"] === "desk";
  return sender && typeof line["text"] === "string";
}

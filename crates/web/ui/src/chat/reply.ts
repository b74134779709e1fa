import { fields, text } from "../http";
import type { BookingCard } from "./memory";

/** What the front desk answered. */
export interface Reply {
  conversationId: string | undefined;
  text: string;
  booking: BookingCard | undefined;
  paymentUrl: string | undefined;
  /** Which booking this browser's guest has shown to be theirs. */
  proof: { code: string; email: string } | undefined;
}

/** Reads the answer of `POST /chat`. */
export function readReply(answer: unknown): Reply {
  const reply = fields(answer);
  return {
    conversationId: text(reply["conversation_id"]),
    text: withoutLink(text(reply["reply"]) ?? "", text(reply["payment_url"])),
    booking: readBooking(reply["booking"]),
    paymentUrl: text(reply["payment_url"]),
    proof: readProof(fields(reply["entities"])),
  };
}

function readProof(entities: Record<string, unknown>): Reply["proof"] {
  const [code, email] = [text(entities["booking_code"]), text(entities["email"])];
  return code === undefined || email === undefined ? undefined : { code, email };
}

function readBooking(value: unknown): BookingCard | undefined {
  const booking = fields(value);
  const code = text(booking["code"]) ?? text(booking["booking_code"]) ?? text(value);
  if (code === undefined) return undefined;
  const facts: [string, string][] = [];
  const add = (label: string, fact: string | undefined) => fact !== undefined && facts.push([label, fact]);
  add("Room", text(booking["room_name"]) ?? text(booking["name"]) ?? spelled(text(booking["room_type"])));
  add("Check-in", day(text(booking["check_in"])));
  add("Check-out", day(text(booking["check_out"])));
  add("Total", price(booking["total"], text(booking["currency"])));
  return { code, facts };
}

/** The card's button stands for the address. */
function withoutLink(words: string, link: string | undefined): string {
  return link === undefined ? words : words.replace(link, "").trimEnd();
}

/** "king_suite" as "King Suite". */
function spelled(code: string | undefined): string | undefined {
  return code?.replaceAll("_", " ").replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function day(iso: string | undefined): string | undefined {
  if (iso === undefined) return undefined;
  const date = new Date(`${iso}T12:00:00`);
  return Number.isNaN(date.valueOf())
    ? iso
    : date.toLocaleDateString("en-US", { weekday: "short", month: "short", day: "numeric" });
}

/** The server writes money as an exact number, as text, or in minor units with its currency. */
function price(total: unknown, currency = "USD"): string | undefined {
  if (typeof total === "string") return total;
  if (typeof total === "number") return money(currency).format(total);
  const { amount_minor: minor, currency: own } = fields(total);
  if (typeof minor !== "number") return undefined;
  const format = money(text(own) ?? currency);
  return format.format(minor / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2));
}

function money(currency: string): Intl.NumberFormat {
  return new Intl.NumberFormat("en-US", { style: "currency", currency });
}

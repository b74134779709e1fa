import { make } from "../dom";

const TOAST_MS = 8_000;
const NEWS: Record<string, string> = {
  "booking.confirmed": "New booking",
  "booking.cancelled": "Booking cancelled",
  "payment.received": "Payment received",
  "lead.captured": "Somebody left their details",
  "conversation.handed_over": "A guest asks for a person",
  "call.started": "A call came in",
};

/** Keeps a page of lists true: on news from the server it fetches the lists again and swaps them. */
export class LiveDesk {
  readonly #desk: HTMLElement;
  readonly #lamp: HTMLElement | null;
  readonly #toasts: HTMLElement;
  #fetching = false;
  #stale = false;

  constructor(desk: HTMLElement) {
    this.#desk = desk;
    this.#lamp = document.querySelector("[data-live-lamp]");
    this.#toasts = make("div", "toasts");
    this.#toasts.setAttribute("role", "status");
    document.body.append(this.#toasts);
    this.#listen(desk.dataset["live"] ?? "/console/events");
  }

  #listen(url: string): void {
    const events = new EventSource(url);
    events.addEventListener("open", () => {
      this.#lampShows("Live", false);
      // News may have been missed while the line was down.
      void this.#refresh();
    });
    events.addEventListener("error", () => this.#lampShows("Reconnecting…", true));
    events.addEventListener("news", (event) => {
      void this.#refresh();
      this.#announce(String((event as MessageEvent).data));
    });
  }

  #lampShows(words: string, lost: boolean): void {
    if (this.#lamp === null) return;
    this.#lamp.textContent = words;
    this.#lamp.classList.toggle("lost", lost);
  }

  async #refresh(): Promise<void> {
    this.#stale = true;
    if (this.#fetching) return;
    this.#fetching = true;
    try {
      while (this.#stale) {
        this.#stale = false;
        await this.#swap();
      }
    } catch {
      this.#lampShows("Reconnecting…", true);
    } finally {
      this.#fetching = false;
    }
  }

  async #swap(): Promise<void> {
    const response = await fetch(this.#desk.dataset["fragment"] ?? location.href, { headers: { accept: "text/html" } });
    if (response.status === 401 || response.redirected) return location.reload();
    if (!response.ok) return;
    const known = new Set(this.#rows().map((row) => row.dataset["row"]));
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    this.#desk.replaceChildren(...fresh.body.childNodes);
    for (const row of this.#rows()) row.classList.toggle("row-new", !known.has(row.dataset["row"]));
  }

  #rows(): HTMLElement[] {
    return [...this.#desk.querySelectorAll<HTMLElement>("[data-row]")];
  }

  #announce(kind: string): void {
    const words = NEWS[kind];
    if (words === undefined) return;
    const toast = make("div", "toast");
    toast.append(make("strong", "", words), make("span", "", "The lists are up to date."));
    this.#toasts.append(toast);
    setTimeout(() => toast.remove(), TOAST_MS);
  }
}

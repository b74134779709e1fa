const BEAT_MS = 30_000;
const SIGNS = ["pointerdown", "pointermove", "keydown", "scroll", "touchstart"] as const;

/** Tells the server twice a minute that somebody works with this page: only if they did something since, so that a page that
 * was left open neither shows them as there nor keeps them signed in. */
export function tellPresence(url: string): void {
  let active = true;
  for (const sign of SIGNS) {
    document.addEventListener(sign, () => (active = true), { passive: true, capture: true });
  }
  setInterval(() => {
    if (!active || document.visibilityState !== "visible") return;
    active = false;
    // Whoever was signed out meanwhile hears of it with the next thing they do.
    fetch(url, { cache: "no-store" }).catch(() => undefined);
  }, BEAT_MS);
}

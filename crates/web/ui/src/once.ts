/** Keeps an impatient second click from sending a form twice. */
export function sendOnce(form: HTMLFormElement): void {
  const button = form.querySelector<HTMLButtonElement>("[type=submit]");
  form.addEventListener("submit", (event) => {
    if (button?.getAttribute("aria-disabled") === "true") event.preventDefault();
    button?.setAttribute("aria-disabled", "true");
  });
  // Coming back by the back button shows the page as it was left.
  addEventListener("pageshow", () => button?.removeAttribute("aria-disabled"));
}

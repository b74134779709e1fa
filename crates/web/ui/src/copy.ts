/** Shows a button that copies what stands in a field; without a script, or where copying is not allowed, people mark it by hand. */
export function installCopy(button: HTMLButtonElement): void {
  const field = document.getElementById(button.dataset["copy"] ?? "");
  const said = document.querySelector<HTMLElement>("[data-copied]");
  if (!(field instanceof HTMLInputElement)) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    field.select();
    navigator.clipboard
      ?.writeText(field.value)
      .then(() => said?.replaceChildren("Copied."))
      .catch(() => said?.replaceChildren("Marked: copy it with your keyboard."));
  });
}

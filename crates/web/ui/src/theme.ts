/** The light/dark switch. The server reads the cookie, so a page never flashes in the wrong theme. */
export function installThemeSwitch(): void {
  const root = document.documentElement;
  root.classList.add("scripted");
  const device = matchMedia("(prefers-color-scheme: dark)");
  const isDark = () => root.dataset["theme"] === "dark" || (root.dataset["theme"] !== "light" && device.matches);
  const show = () => root.classList.toggle("dark-now", isDark());
  show();
  device.addEventListener("change", show);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-theme-switch]")) {
    button.addEventListener("click", () => {
      const choice = isDark() ? "light" : "dark";
      root.dataset["theme"] = choice;
      document.cookie = `theme=${choice}; path=/; max-age=31536000; samesite=lax`;
      show();
    });
  }
}

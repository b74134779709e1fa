import { LiveDesk } from "./console/live_desk";
import { installThemeSwitch } from "./theme";

installThemeSwitch();
for (const desk of document.querySelectorAll<HTMLElement>("[data-live]")) new LiveDesk(desk);

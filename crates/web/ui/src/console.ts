import { LiveDesk } from "./console/live_desk";
import { sendOnce } from "./once";
import { installThemeSwitch } from "./theme";

installThemeSwitch();
for (const desk of document.querySelectorAll<HTMLElement>("[data-live]")) new LiveDesk(desk);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-once]")) sendOnce(form);

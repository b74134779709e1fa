import { Handset } from "./phone/handset";
import { installThemeSwitch } from "./theme";

installThemeSwitch();
for (const phone of document.querySelectorAll<HTMLElement>("[data-phone]")) new Handset(phone);

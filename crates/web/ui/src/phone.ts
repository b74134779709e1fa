import { ChatPanel } from "./chat/panel";
import { Handset } from "./phone/handset";
import { installThemeSwitch } from "./theme";

installThemeSwitch();
for (const phone of document.querySelectorAll<HTMLElement>("[data-phone]")) new Handset(phone);
for (const chat of document.querySelectorAll<HTMLElement>("[data-chat]")) new ChatPanel(chat);

import { ChatPanel } from "./chat/panel";
import { sendOnce } from "./once";
import { joinStayFields } from "./stay_fields";
import { installThemeSwitch } from "./theme";

installThemeSwitch();
for (const chat of document.querySelectorAll<HTMLElement>("[data-chat]")) new ChatPanel(chat);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-search]")) joinStayFields(form);
for (const form of document.querySelectorAll<HTMLFormElement>("[data-once]")) sendOnce(form);

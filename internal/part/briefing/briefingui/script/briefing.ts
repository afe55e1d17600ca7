// The form that calls a briefing: single units are offered only where single units
// are asked for.
import {all, one} from "web/dom";

const list = one("[data-chosen-sites]");
const choices = all<HTMLInputElement>("input[name=sites]");
function show(): void {
  if (list) list.hidden = !choices.some((c) => c.checked && c.value === "chosen");
}
for (const choice of choices) choice.addEventListener("change", show);
if (choices.length > 0) show();

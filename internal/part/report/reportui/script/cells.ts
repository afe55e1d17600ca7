// The tick list of cells: the day for all, which stands ready in every line that
// is ticked from now on and replaces the one before it in lines ticked already.
import {all, one} from "web/dom";

for (const part of all("[data-set-all]")) part.hidden = false;

for (const field of all<HTMLInputElement>("[data-day-all]")) {
  const list = one(field.dataset.dayAll ?? "");
  if (!list) continue;
  let before = field.value;
  field.addEventListener("change", () => {
    list.dataset.day = field.value;
    for (const box of all<HTMLInputElement>("input[type=checkbox]:checked", list)) {
      const day = box.closest("li")?.querySelector<HTMLInputElement>("input[type=text]:not([hidden])");
      if (day && (day.value === before || day.value === "")) day.value = field.value;
    }
    before = field.value;
    list.dispatchEvent(new Event("change", {bubbles: true}));
    list.dispatchEvent(new Event("input", {bubbles: true})); // to be kept
  });
}

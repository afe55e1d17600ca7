// Small things that need a line or two each.
import {all, one} from "./dom";
import {number} from "./format";

/** smallThings connects what needs no file of its own. */
export function smallThings(): void {
  // Not away from the field of someone who went on before the script had loaded.
  if (document.activeElement === document.body) one("[data-focus]:not([data-unfocused] *)")?.focus();
  for (const button of all("[data-dismiss]")) {
    button.hidden = false;
    button.addEventListener("click", () => button.closest(".notice, .banner")?.remove());
  }
  for (const button of all("[data-back]")) {
    button.hidden = history.length < 2;
    button.addEventListener("click", () => history.back());
  }
  for (const button of all("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
  for (const button of all("[data-fullscreen]")) {
    button.hidden = !document.fullscreenEnabled;
    button.addEventListener("click", () => void document.documentElement.requestFullscreen());
  }
  for (const button of all("[data-copy]")) {
    button.hidden = !navigator.clipboard;
    button.addEventListener("click", () => void copy(button));
  }
  // A choice that sends its form at once: <select data-send>. Its button is for
  // pages without script.
  for (const field of all<HTMLSelectElement>("[data-send]")) {
    for (const button of all("[data-send-button]", field.form ?? document)) button.hidden = true;
    field.addEventListener("change", () => field.form?.requestSubmit());
  }
  for (const told of all("[data-counted]")) countLetters(told);
  // On a phone the tab that is open may stand outside the row.
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({block: "nearest", inline: "center"});
  reachScrollers();
  window.addEventListener("resize", reachScrollers);
}

// What scrolls sideways can be reached, and scrolled, by keyboard.
function reachScrollers(): void {
  for (const scroller of all(".scroll")) {
    if (scroller.scrollWidth > scroller.clientWidth) scroller.tabIndex = 0;
    else scroller.removeAttribute("tabindex");
  }
}

async function copy(button: HTMLElement): Promise<void> {
  const source = document.getElementById(button.dataset.copy ?? "");
  await navigator.clipboard.writeText(source?.textContent?.trim() ?? "");
  button.setAttribute("aria-pressed", "true");
  setTimeout(() => button.removeAttribute("aria-pressed"), 1500);
}

function countLetters(told: HTMLElement): void {
  const area = document.getElementById(told.dataset.counted ?? "") as HTMLTextAreaElement | null;
  if (!area) return;
  const show = () => {
    const left = area.maxLength - area.value.length;
    told.textContent = left < area.maxLength / 5 ? (told.dataset.left ?? "#").replace("#", number(left)) : "";
  };
  area.addEventListener("input", show);
  show();
}

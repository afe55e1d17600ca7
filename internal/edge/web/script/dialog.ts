// Dialogs. <a href="#id" data-dialog="id"> opens <dialog id="id">; without
// script the link's target shows it in the page.
import {all} from "./dom";

/** openDialogs connects links and buttons with their dialogs. */
export function openDialogs(): void {
  document.addEventListener("click", (event) => {
    const element = event.target as HTMLElement;
    const opener = element.closest<HTMLElement>("[data-dialog]");
    if (opener) {
      event.preventDefault();
      const dialog = document.getElementById(opener.dataset.dialog ?? "");
      if (dialog instanceof HTMLDialogElement) dialog.showModal(); // the browser gives the focus back
      return;
    }
    const closer = element.closest("[data-dialog-close]");
    const dialog = element.closest("dialog");
    if (dialog && (closer || element === dialog)) {
      event.preventDefault();
      dialog.close();
    }
  });
  // A dialog whose form came back with errors opens again by itself.
  for (const dialog of all<HTMLDialogElement>("dialog")) {
    if (dialog.querySelector(".errors, .wrong")) dialog.showModal();
  }
}

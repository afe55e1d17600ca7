// While a list is being applied the page says how far it is. The form is sent
// as any other; its answer ends this page.
import {all, one} from "web/dom";
import {number} from "web/format";

type Progress = {done: number; total: number};

for (const form of all<HTMLFormElement>("form[data-apply]")) {
  form.addEventListener("submit", () => {
    const dialog = one<HTMLDialogElement>("dialog[data-applying]");
    if (!dialog) return;
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.showModal();
    window.setInterval(() => void tell(form.dataset.apply ?? "", dialog), 400);
  });
}

async function tell(address: string, dialog: HTMLElement): Promise<void> {
  const answer = await fetch(address, {headers: {Accept: "application/json"}}).catch(() => null);
  if (!answer?.ok) return; // the next time will tell
  const {done, total} = (await answer.json()) as Progress;
  const bar = one<HTMLProgressElement>("progress", dialog);
  const told = one("[data-applied]", dialog);
  if (!bar || !told || total === 0) return;
  bar.max = total;
  bar.value = done;
  told.textContent = (told.dataset.text ?? "").replace("#", number(done)).replace("%", number(total));
}

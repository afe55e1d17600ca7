// Puts a figure of a board where the person is in the article: the server says what the
// board does, and the editor keeps it whole.
import {one} from "web/dom";

const form = one<HTMLFormElement>("[data-figure-form]");
const field = one<HTMLTextAreaElement>("textarea[data-prose]");
const said = one("[data-figure-said]");

if (form && field && said) {
  form.closest<HTMLElement>("details")!.hidden = false;
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    said.textContent = "";
    const asked = new URLSearchParams();
    for (const [name, value] of new FormData(form)) asked.set(name, String(value));
    try {
      const answer = await fetch(`${form.action}?${asked}`, {headers: {Accept: "application/json"}});
      const body = (await answer.json()) as {error?: {message: string}};
      if (!answer.ok) throw new Error(body.error?.message ?? "");
      field.dispatchEvent(new CustomEvent("prose-put", {detail: body}));
      said.textContent = said.dataset.done ?? "";
    } catch (error) {
      said.textContent = (error as Error).message || (said.dataset.failed ?? "");
    }
  });
}

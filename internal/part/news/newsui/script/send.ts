// The form of a reader's comment: for whoever cannot see or hear the code, the browser
// proves some work instead, and the form carries the proof.
import {one} from "web/dom";

const place = one("[data-code]");
const begin = one<HTMLButtonElement>("[data-work-begin]");
const said = one("[data-work-said]");
const proof = one<HTMLInputElement>("input[name=work]");

if (place && begin && said && proof && "Worker" in window) {
  begin.hidden = false;
  begin.addEventListener("click", async () => {
    begin.disabled = true;
    said.textContent = said.dataset.working ?? "";
    try {
      const challenge: unknown = await (await fetch(place.dataset.work ?? "")).json();
      proof.value = btoa(JSON.stringify({challenge, solution: await solved(challenge)}));
      place.hidden = true;
      said.textContent = place.dataset.done ?? "";
    } catch {
      begin.disabled = false;
      said.textContent = said.dataset.failed ?? "";
    }
  });
}

function solved(challenge: unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker("/news/work.js");
    worker.addEventListener("message", (e) => {
      worker.terminate();
      const answer = e.data as {derivedKey?: string} | null;
      answer?.derivedKey ? resolve(answer) : reject(new Error("no solution"));
    });
    worker.addEventListener("error", reject);
    worker.postMessage({type: "work", challenge, counterStart: 0, counterStep: 1});
  });
}

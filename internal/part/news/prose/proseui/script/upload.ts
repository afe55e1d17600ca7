// Pictures that are chosen, pasted or dropped: the server takes each, and the editor puts
// it where the person is.
import {NodeSelection} from "./prosemirror/prosemirror.esm.js";
import type {EditorView} from "./prosemirror/prosemirror.esm.js";
import {captioning} from "./link";
import {put, say} from "./put";

/** Where the page sends pictures; "" for nowhere. */
export const uploads = {to: ""};

const taken = "image/jpeg,image/png,image/webp,image/gif";

/** picturesIn are the pictures that a clipboard or a drop carries as files. */
export function picturesIn(data: DataTransfer | null): File[] {
  return uploads.to ? Array.from(data?.files ?? []).filter((f) => taken.includes(f.type) && f.type) : [];
}

/** choose asks for pictures and sends them. */
export function choose(view: EditorView): void {
  const input = Object.assign(document.createElement("input"), {type: "file", accept: taken, multiple: true});
  input.addEventListener("change", () => void send(view, Array.from(input.files ?? [])));
  input.click();
}

/** send has the server take pictures, one after the other, and puts each into the text. */
export async function send(view: EditorView, files: File[]): Promise<void> {
  for (const file of files) {
    say(view, "picture-sending");
    const form = new FormData();
    form.set("key", crypto.randomUUID());
    form.set("picture", file);
    try {
      const answer = await fetch(uploads.to, {method: "POST", headers: {Accept: "application/json"}, body: form});
      const body = (await answer.json()) as {file?: string; error?: {message?: string}};
      if (!body.file) return say(view, "picture-failed", body.error?.message);
      put(view, {version: 1, blocks: [{picture: {file: body.file, alt: "", caption: "", credit: ""}}]});
      say(view, "picture-put");
      if (file === files.at(-1)) describe(view, body.file);
    } catch {
      return say(view, "picture-failed");
    }
  }
}

// describe asks at once what the picture shows.
function describe(view: EditorView, file: string): void {
  let at = -1;
  view.state.doc.descendants((node, pos) => {
    if (node.attrs.file === file) at = pos;
  });
  if (at < 0) return;
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
  captioning(view.state, view.dispatch, view);
}

// What is pasted is read by the server, which knows what Word means; the editor gets the
// structure. When it cannot be asked, the plain text is pasted; what it refuses as too long
// or too large is not pasted at all. Either is said.
import {Plugin, TextSelection} from "./prosemirror/prosemirror.esm.js";
import {hush, put, say} from "./put";
import {typed} from "./shape";
import type {Shape} from "./shape";
import {picturesIn, send} from "./upload";

/** pasting reads pastes at an address of the server. It comes before the editor's own
 * reading, which would try the source's styles. */
export function pasting(address: string): Plugin {
  return new Plugin({
    props: {
      handleDOMEvents: {
        paste(view, event) {
          const html = event.clipboardData?.getData("text/html") ?? "";
          const text = event.clipboardData?.getData("text/plain") ?? "";
          event.preventDefault();
          const pictures = html ? [] : picturesIn(event.clipboardData);
          if (pictures.length) void send(view, pictures);
          else void read(address, html, text).then(({shape, plain, refused}) => {
            hush(view);
            if (!shape) return say(view, "paste-refused", refused);
            put(view, shape);
            if (plain) say(view, "paste-plain");
            else if (foreign(html, shape)) say(view, "picture-dropped");
          });
          return true;
        },
        drop(view, event) {
          event.preventDefault(); // of what is dropped pictures alone are taken
          const at = view.posAtCoords({left: event.clientX, top: event.clientY});
          if (at) view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
          void send(view, picturesIn(event.dataTransfer));
          return true;
        },
      },
    },
  });
}

// Read is what is pasted, and why it is not, or not all of it.
interface Read {shape?: Shape; plain?: boolean; refused?: string}

async function read(address: string, html: string, text: string): Promise<Read> {
  const plain = (): Shape => typed(text.replace(/\r\n?/g, "\n"));
  if (!html || !address) return {shape: plain()};
  try {
    const answer = await fetch(address, {method: "POST", headers: {Accept: "application/json", "Content-Type": "text/html"}, body: html});
    if (answer.ok) return {shape: (await answer.json()) as Shape};
    if (answer.status === 422) return {refused: ((await answer.json()) as {error?: {message?: string}}).error?.message};
  } catch {
    // the line is lost: the plain text is better than nothing
  }
  return {shape: plain(), plain: true};
}

// foreign says whether a page shows pictures that are not the desk's: they stay behind.
function foreign(html: string, shape: Shape): boolean {
  return (html.match(/<img\b/gi)?.length ?? 0) > shape.blocks.filter((b) => b.picture).length;
}

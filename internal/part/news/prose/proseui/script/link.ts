// Links, and what stands beneath a picture: what is asked for before it is set.
import {NodeSelection} from "./prosemirror/prosemirror.esm.js";
import type {Command} from "./prosemirror/prosemirror.esm.js";
import {ask} from "./ask";
import type {Question} from "./ask";
import {hush} from "./put";
import {schema} from "./schema";
import {beneath} from "./table";

const link = schema.marks.link;

// host is an address as people say it: giaoban.vn/tin.
const host = /^[^\s/\\:@?#]+\.[a-z]{2,}(?:[/?#]\S*)?$/i;

/** linking takes the link from the selection, or asks where it shall lead. */
export const linking: Command = (state, dispatch, view) => {
  const {from, to, empty} = state.selection;
  if (empty || state.selection instanceof NodeSelection) return false;
  if (state.doc.rangeHasMark(from, to, link)) {
    dispatch?.(state.tr.removeMark(from, to, link));
    return true;
  }
  if (!dispatch || !view) return true;
  ask(view, [{name: "link-to", value: "", hint: "https://"}], "link-set", ({"link-to": said}) => {
    const typed = host.test(said) ? "https://" + said : said;
    if (!/^(https?:\/\/[^\s/\\]|mailto:[^\s@]+@|\/(?![/\\]))/i.test(typed)) return "link-wrong";
    view.dispatch(view.state.tr.addMark(from, to, link.create({to: typed})));
  });
  return true;
};

/** captioning asks for what is said of the picture that is selected. */
export const captioning: Command = (state, dispatch, view) => {
  const {selection} = state;
  if (!(selection instanceof NodeSelection) || selection.node.type !== schema.nodes.picture) return false;
  if (!dispatch || !view) return true;
  const {attrs} = selection.node;
  const questions: Question[] = ["alt", "caption", "credit"].map((name) => ({name, value: attrs[name] as string}));
  questions.splice(1, 0, {name: "decorative", value: attrs.decorative ? "yes" : "", check: true});
  ask(view, questions, "picture-set", (answers) => {
    hush(view);
    view.dispatch(beneath(view.state.tr.setNodeMarkup(selection.from, null, {...attrs, ...answers, decorative: answers.decorative !== ""}), selection.to));
  });
  return true;
};

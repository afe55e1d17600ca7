// The tree opens branch by branch: the units below one come when they are asked
// for. Without this script a branch holds the way to the unit's own page.
import {all, one} from "web/dom";

function attach(root: ParentNode): void {
  for (const branch of all<HTMLDetailsElement>("details[data-branch]", root)) {
    branch.addEventListener("toggle", () => { if (branch.open) void load(branch); });
  }
}

async function load(branch: HTMLDetailsElement): Promise<void> {
  const address = branch.dataset.branch;
  const list = one("ul", branch);
  if (!address || !list) return;
  delete branch.dataset.branch;
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, {headers: {Accept: "text/html"}});
    if (!answer.ok) throw new Error(String(answer.status));
    list.innerHTML = await answer.text();
    attach(list);
  } catch {
    branch.dataset.branch = address; // opened again, it is asked for again
  } finally {
    list.removeAttribute("aria-busy");
  }
}

for (const tree of all("[data-tree]")) attach(tree);

// Finding elements, typed.

/** all gives the elements below root that match, as an array. */
export function all<E extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return Array.from(root.querySelectorAll<E>(selector));
}

/** one gives the first element that matches, or null. */
export function one<E extends HTMLElement = HTMLElement>(selector: string, root: ParentNode = document): E | null {
  return root.querySelector<E>(selector);
}

/** The language of the page: "vi" or "en". */
export const lang = document.documentElement.lang || "vi";

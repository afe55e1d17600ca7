// Search without diacritics, as the server's package fold does it.

/** fold gives the search key of a text: no marks, đ as d, lower case, single spaces. */
export function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[đĐ]/g, "d")
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim();
}

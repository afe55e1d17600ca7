// The page of one paper: it is read alone.
import {all, one} from "web/dom";
import {read} from "./reader";

for (const root of all("[data-reader]")) {
  read(root, () => {
    if (!one<HTMLInputElement>("input[type=file]")?.value) location.reload(); // a file that was chosen would be lost
  });
}

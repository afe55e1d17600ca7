// The page of one paper: it is read alone.
import {all} from "web/dom";
import {read} from "./reader";

for (const root of all("[data-reader]")) read(root);

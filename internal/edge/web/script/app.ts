// What every page does. Each behaviour is its own file and attaches itself by
// data attributes; pages work without any of it, only less well.
import {keepForms} from "./keep";
import {guardSubmits} from "./submit";
import {tickClocks} from "./clock";
import {openDialogs} from "./dialog";
import {closeMenus} from "./menu";
import {pickDays} from "./day";
import {sortTables} from "./sort";
import {filterRows} from "./filter";
import {tickLists} from "./tick";
import {dropFiles} from "./drop";
import {smallThings} from "./small";
import {usePasskeys} from "./passkey";
import {rememberLog} from "./remember";
import {ringBell} from "./bell";
import {seekThings} from "./seek";

for (const begin of [guardSubmits, keepForms, tickClocks, openDialogs, closeMenus, pickDays, sortTables, filterRows, tickLists, dropFiles, smallThings, usePasskeys, rememberLog, seekThings, ringBell]) {
  begin();
}

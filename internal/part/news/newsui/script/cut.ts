// The frame over a picture that says which part of it is shown: it is dragged, by its
// corner made larger or smaller, or moved with the arrow keys. The numbers of the form
// keep in step; without this script they are typed.
import {lang, one} from "web/dom";

/** The part that is shown, in hundredths of the picture's sides. */
interface Part {left: number; top: number; width: number; height: number}
type Side = keyof Part;

const sides: Side[] = ["left", "top", "width", "height"];
const least = 5;

function mount(place: HTMLElement, picture: HTMLImageElement, shape: HTMLSelectElement): void {
  const frame = Object.assign(document.createElement("div"), {className: "cutting-frame", tabIndex: 0});
  frame.setAttribute("role", "group");
  frame.setAttribute("aria-label", place.dataset.label ?? "");
  const corner = Object.assign(document.createElement("span"), {className: "cutting-corner"});
  frame.append(corner);
  place.append(frame);
  one("[data-cutting-shape]")!.hidden = false;
  one<HTMLDetailsElement>(".cutting-numbers")!.open = !!one(".cutting-numbers .error");
  const inputs = Object.fromEntries(sides.map((side) => [side, one<HTMLInputElement>(`#cut-${side}`)!])) as Record<Side, HTMLInputElement>;

  const read = (): Part => Object.fromEntries(sides.map((side) => [side, parseFloat(inputs[side].value.replace(",", ".")) || 0])) as unknown as Part;
  const draw = (part: Part): void => {
    for (const side of sides) frame.style[side] = `${part[side]}%`;
  };
  // How much higher than wide the part is, in hundredths of the sides; 0 for any.
  const ratio = (): number => {
    const [wide, high] = shape.value.split("-").map(Number);
    return high && picture.naturalHeight ? (high / wide) * (picture.naturalWidth / picture.naturalHeight) : 0;
  };
  const set = (wanted: Part): void => {
    const part = within(wanted, ratio());
    for (const side of sides) inputs[side].value = part[side].toFixed(1).replace(".", lang === "en" ? "." : ",");
    draw(part);
  };
  drag(place, frame, corner, read, set);
  shape.addEventListener("change", () => set(read()));
  for (const side of sides) inputs[side].addEventListener("input", () => draw(read()));
  draw(read());
}

/** within is the part nearest to the one wanted that lies in the picture. */
function within(wanted: Part, ratio: number): Part {
  const clamp = (n: number, low: number, high: number): number => Math.min(Math.max(n, low), high);
  let width = clamp(wanted.width, least, 100);
  let height = ratio ? width * ratio : clamp(wanted.height, least, 100);
  if (height > 100) [width, height] = [100 / ratio, 100];
  return {width, height, left: clamp(wanted.left, 0, 100 - width), top: clamp(wanted.top, 0, 100 - height)};
}

// drag moves the part with the pointer and with the arrow keys; with Shift, or at the
// corner, it changes its size.
function drag(place: HTMLElement, frame: HTMLElement, corner: HTMLElement, read: () => Part, set: (part: Part) => void): void {
  const move = (from: Part, right: number, down: number, resizes: boolean): void => {
    if (resizes) set({...from, width: Math.min(from.width + right, 100 - from.left), height: Math.min(from.height + down, 100 - from.top)});
    else set({...from, left: from.left + right, top: from.top + down});
  };
  frame.addEventListener("pointerdown", (e) => {
    e.preventDefault();
    frame.focus();
    frame.setPointerCapture(e.pointerId);
    const from = read();
    const resizes = e.target === corner;
    const moved = (to: PointerEvent): void => move(from, (100 * (to.clientX - e.clientX)) / place.clientWidth, (100 * (to.clientY - e.clientY)) / place.clientHeight, resizes);
    frame.addEventListener("pointermove", moved);
    frame.addEventListener("pointerup", () => frame.removeEventListener("pointermove", moved), {once: true});
  });
  frame.addEventListener("keydown", (e) => {
    const step = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]}[e.key];
    if (!step) return;
    e.preventDefault();
    move(read(), step[0], step[1], e.shiftKey);
  });
}

const place = one("[data-cutting]");
const shape = one<HTMLSelectElement>("[data-cutting-shape] select");
if (place && shape) mount(place, one<HTMLImageElement>("img", place)!, shape);

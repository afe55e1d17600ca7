// The browser keeps the newest signed checkpoint of the log that it saw. About
// once an hour it asks for the proof that the log has only grown since, and
// checks the proof by itself (RFC 6962, section 2.1.2): a log that was rewritten
// or cut off is found out by everybody who worked with it before.

const kept = "giaoban.checkpoint", asked = "giaoban.checkpoint.asked";

interface Answer {
  checkpoint: string;
  verdict?: string;
  proof?: string[];
  title: string;
  text: string;
  accept?: string;
}

/** compare asks for the proof and keeps the newest checkpoint, or shouts. */
export async function compare(where: string): Promise<void> {
  const old = localStorage.getItem(kept);
  const query = old ? "?kept=" + pack(old) : "";
  const response = await fetch(where + query, {headers: {Accept: "application/json"}}).catch(() => null);
  if (!response?.ok) return; // no line, or a server that ends: the next page asks again
  const answer = await response.json() as Answer;
  if (answer.checkpoint === "") return;
  if (old && !await grown(old, answer)) shout(answer, old);
  else if (localStorage.getItem(kept) === old) localStorage.setItem(kept, answer.checkpoint); // else another tab has kept a newer one since
}

/** parse reads size and root of a checkpoint: its second and third line. */
function parse(checkpoint: string): {size: number; root: string} {
  const lines = checkpoint.split("\n");
  return {size: Number(lines[1]), root: lines[2] ?? ""};
}

/** pack is a checkpoint as an address has room for: size, root, signature. */
function pack(checkpoint: string): string {
  const {size, root} = parse(checkpoint);
  const bytes: number[] = [];
  let rest = size;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push(rest % 128 + 128);
  bytes.push(rest);
  const signature = checkpoint.trimEnd().split(" ").pop() ?? "";
  const packed = String.fromCharCode(...bytes) + atob(root) + atob(signature);
  return btoa(packed).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

/** grown says whether the answer proves that the log has only grown. */
async function grown(old: string, answer: Answer): Promise<boolean> {
  if (answer.verdict !== "holds") return false;
  const before = parse(old), now = parse(answer.checkpoint);
  const proof = (answer.proof ?? []).map(decode);
  if (before.size > now.size) return false;
  if (before.size === now.size) return before.root === now.root;
  let first = before.size - 1, second = now.size - 1;
  if (Math.log2(before.size) % 1 === 0) proof.unshift(decode(before.root));
  while (first % 2 === 1) [first, second] = [Math.floor(first / 2), Math.floor(second / 2)];
  const start = proof.shift();
  if (!start) return false;
  let [left, all] = [start, start];
  for (const hash of proof) {
    if (second === 0) return false;
    if (first % 2 === 1 || first === second) {
      left = await join(hash, left);
      all = await join(hash, all);
      while (first % 2 === 0 && first !== 0) [first, second] = [first / 2, Math.floor(second / 2)];
    } else {
      all = await join(all, hash);
    }
    [first, second] = [Math.floor(first / 2), Math.floor(second / 2)];
  }
  return second === 0 && same(left, decode(before.root)) && same(all, decode(now.root));
}

const decode = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));

const same = (a: Uint8Array, b: Uint8Array) => a.length === b.length && a.every((byte, i) => byte === b[i]);

async function join(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  const both = new Uint8Array(1 + left.length + right.length);
  both.set([1]);
  both.set(left, 1);
  both.set(right, 1 + left.length);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", both));
}

/** shout tells what is wrong at the head of the page, with what this browser
 * holds as evidence. What it kept stays kept. */
function shout(answer: Answer, old: string): void {
  localStorage.removeItem(asked); // every page says so
  const banner = document.createElement("div");
  banner.className = "banner bad";
  banner.setAttribute("role", "alert");
  banner.dataset.broken = answer.verdict ?? "";
  const words = document.createElement("div");
  const title = document.createElement("b"), text = document.createElement("p"), evidence = document.createElement("pre");
  title.textContent = answer.title;
  text.textContent = answer.text;
  evidence.textContent = old;
  evidence.className = "hash lines";
  words.append(title, text, evidence);
  if (answer.accept) { // another key: perhaps the system was installed anew
    const accept = document.createElement("button");
    accept.className = "btn";
    accept.textContent = answer.accept;
    accept.addEventListener("click", () => {
      localStorage.setItem(kept, answer.checkpoint);
      banner.remove();
    });
    words.append(accept);
  }
  banner.append(words);
  document.querySelector("main")?.prepend(banner);
}

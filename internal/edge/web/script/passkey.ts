// Passkeys: a button marked data-passkey asks the server what there is to sign,
// has an authenticator sign it, and sends the form with the answer. What is wrong
// with the form the server says on the page, as without a passkey.
import {all, one} from "./dom";

type Descriptor = {type: "public-key"; id: string};
type Asked = {
  challenge: string; rpId?: string; timeout?: number; userVerification?: UserVerificationRequirement;
  allowCredentials?: Descriptor[]; excludeCredentials?: Descriptor[]; user?: {id: string; name: string; displayName: string};
};

/** usePasskeys makes the buttons of the page work; where the browser knows no
 * passkeys, the weaker way opens instead. */
export function usePasskeys(): void {
  for (const button of all<HTMLButtonElement>("button[data-passkey]")) {
    if (!window.PublicKeyCredential) {
      for (const weaker of all<HTMLDetailsElement>("details[data-weaker]", button.form ?? document)) weaker.open = true;
      continue;
    }
    button.hidden = false;
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (button.getAttribute("aria-busy")) return;
      button.setAttribute("aria-busy", "true");
      void use(button).finally(() => button.removeAttribute("aria-busy"));
    });
  }
}

async function use(button: HTMLButtonElement): Promise<void> {
  const form = button.form;
  if (!form) return;
  tell(form, "");
  set(form, "with", "passkey");
  set(form, "passkey", "");
  set(form, button.name || "act", button.value);
  let answer: Response;
  try {
    answer = await ask(form);
  } catch {
    tell(form, button.dataset.offline);
    return;
  }
  if (!answer.ok && form.hasAttribute("data-confirms")) {
    tell(form, await said(answer)); // sent once more, a wrong password would count twice
    return;
  }
  if (!answer.ok) {
    form.submit(); // the page tells what is wrong, at its fields
    return;
  }
  const asked = ((await answer.json()) as {publicKey: Asked}).publicKey;
  try {
    set(form, "passkey", JSON.stringify(asked.user ? await create(asked) : await get(asked)));
  } catch (error) {
    tell(form, (error as DOMException).name === "InvalidStateError" ? button.dataset.known : button.dataset.cancelled);
    return;
  }
  form.dispatchEvent(new Event("signed", {bubbles: true}));
  form.submit();
}

async function said(answer: Response): Promise<string> {
  const error = ((await answer.json()) as {error: {message: string; fields?: Record<string, string>}}).error;
  return Object.values(error.fields ?? {}).join(" ") || error.message;
}

// ask sends the form's fields without secrets.
function ask(form: HTMLFormElement): Promise<Response> {
  const values = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && (name !== "password" || form.hasAttribute("data-confirms"))) values.append(name, value);
  }
  return fetch(form.action, {method: "POST", body: values, headers: {Accept: "application/json"}, credentials: "same-origin"});
}

async function get(asked: Asked): Promise<unknown> {
  const made = (await navigator.credentials.get({publicKey: {
    challenge: bytes(asked.challenge), rpId: asked.rpId, timeout: asked.timeout, userVerification: asked.userVerification,
    allowCredentials: asked.allowCredentials?.map(described),
  }})) as PublicKeyCredential;
  const response = made.response as AuthenticatorAssertionResponse;
  return {
    ...plain(made),
    response: {
      clientDataJSON: letters(response.clientDataJSON), authenticatorData: letters(response.authenticatorData),
      signature: letters(response.signature), userHandle: response.userHandle ? letters(response.userHandle) : undefined,
    },
  };
}

async function create(asked: Asked): Promise<unknown> {
  const options = {
    ...asked, challenge: bytes(asked.challenge), excludeCredentials: asked.excludeCredentials?.map(described),
    user: {...asked.user, id: bytes(asked.user?.id ?? "")},
  } as unknown as PublicKeyCredentialCreationOptions;
  const made = (await navigator.credentials.create({publicKey: options})) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return {
    ...plain(made),
    response: {clientDataJSON: letters(response.clientDataJSON), attestationObject: letters(response.attestationObject)},
  };
}

function plain(made: PublicKeyCredential): object {
  return {id: made.id, rawId: letters(made.rawId), type: made.type, clientExtensionResults: made.getClientExtensionResults()};
}

function described(d: Descriptor): PublicKeyCredentialDescriptor {
  return {type: d.type, id: bytes(d.id)};
}

// bytes and letters turn base64url into bytes and back.
function bytes(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
}

function letters(buffer: ArrayBuffer): string {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function set(form: HTMLFormElement, name: string, value: string): void {
  let field = one<HTMLInputElement>(`input[type=hidden][name="${name}"]`, form);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

function tell(form: HTMLFormElement, text: string | undefined): void {
  for (const place of all("[data-passkey-told]", form)) {
    place.textContent = text ?? "";
    place.hidden = !text;
  }
  if (!text) return;
  for (const name of ["with", "passkey", "act"]) one(`input[type=hidden][name="${name}"]`, form)?.remove();
}

// Forms that make a passkey or log in with one (WebAuthn). What the browser answers is posted like any form.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

// The question as the server writes it in JSON, with bytes where the browser wants them (WebAuthn, 5.1.8).
function readable(question) {
  const known = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const read = { ...question, challenge: bytes(question.challenge) };
  if (question.user) read.user = { ...question.user, id: bytes(question.user.id) };
  if (question.excludeCredentials) read.excludeCredentials = known(question.excludeCredentials);
  if (question.allowCredentials) read.allowCredentials = known(question.allowCredentials);
  return read;
}

// The answer as JSON (WebAuthn, 5.1.7).
function written(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function use(form) {
  const token = new FormData();
  token.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  const asked = await fetch(form.dataset.question, { method: "POST", body: token, redirect: "error" });
  if (!asked.ok) throw new Error(asked.status);
  const question = { publicKey: readable(await asked.json()) };
  const container = navigator.credentials;
  const made = form.dataset.passkey === "create" ? await container.create(question) : await container.get(question);
  form.elements.passkey.value = written(made);
  form.submit();
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const [button, failed] = [form.querySelector("button"), form.querySelector("[role=alert]")];
    form.hidden = false;
    button.addEventListener("click", async () => {
      failed.hidden = true;
      button.disabled = true;
      try {
        await use(form);
      } catch {
        failed.hidden = false;
      }
      button.disabled = false;
    });
  }
}

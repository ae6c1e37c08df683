// The button that copies the plain text of an article. Without this script there is the link beside it.
const button = document.querySelector(".copy-text");
const status = document.querySelector(".copied");

async function plainText() {
  const response = await fetch(button.dataset.address);
  if (!response.ok) throw new Error(response.status);
  return response.text();
}

async function copy() {
  if (window.ClipboardItem && ClipboardItem.supports?.("text/plain")) {
    // Safari forgets the click while a page is loaded, unless the clipboard itself waits for it.
    const blob = plainText().then((text) => new Blob([text], { type: "text/plain" }));
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
  } else {
    await navigator.clipboard.writeText(await plainText());
  }
}

if (button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await copy();
      status.textContent = status.dataset.done;
    } catch {
      status.textContent = status.dataset.failed;
    }
  });
}

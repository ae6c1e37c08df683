// The editor that opened this window waits for an answer under the number it gave.
document.querySelector(".pick-grid")?.addEventListener("click", (event) => {
  const button = event.target.closest("button")
  if (!button || !window.opener) return
  const { src, alt, caption, id } = button.dataset
  const number = event.currentTarget.dataset.callback
  window.opener.CKEDITOR.tools.callFunction(number, src, { id, alternative_text: alt, caption })
  window.close()
})

// The image picker: sends the chosen picture to the editor that opened this window (prose-figure.js).
document.querySelector(".pick-grid")?.addEventListener("click", (event) => {
  const button = event.target.closest("button")
  if (!button || !window.opener?.pictureChosen) return
  window.opener.pictureChosen({ ...button.dataset })
  window.close()
})

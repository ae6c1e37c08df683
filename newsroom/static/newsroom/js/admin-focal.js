// The focal point of a picture: a click fills in the two numbers, the numbers move the mark.
const frame = document.querySelector(".focal-frame")
if (frame) {
  const x = document.getElementById(frame.dataset.x)
  const y = document.getElementById(frame.dataset.y)
  if (x && y) {
    const mark = document.createElement("span")
    mark.className = "focal-mark"
    frame.append(mark)
    const show = () => {
      mark.style.insetBlockStart = `${(y.value || 0.5) * 100}%`
      mark.style.left = `${(x.value || 0.5) * 100}%`
    }
    frame.addEventListener("click", (event) => {
      const box = frame.getBoundingClientRect()
      x.value = ((event.clientX - box.left) / box.width).toFixed(2)
      y.value = ((event.clientY - box.top) / box.height).toFixed(2)
      show()
    })
    x.addEventListener("input", show)
    y.addEventListener("input", show)
    show()
  }
}
